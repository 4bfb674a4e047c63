package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Paths;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.operations.ReadOperation.Asked;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;

/**
 * The read of one page by a query or a scan, which is checked against its table before any item is
 * looked at. AWS checks the same things of both, each in an order of its own.
 */
final class PageRead {
  private final Request request;
  private final Asked asked;
  private final Table table;
  private final Index index;
  private final KeySchema key;
  private final StartKey start;

  /**
   * @param index null for the table itself
   */
  PageRead(Request request, Asked asked, Table table, Index index) {
    this.request = request;
    this.asked = asked;
    this.table = table;
    this.index = index;
    this.key = index == null ? table.key() : index.key();
    this.start = asked.start() == null ? null : new StartKey(table, index, asked.start());
  }

  /** The page of a query. */
  Page query() {
    KeyRange range = queried();
    checkProjection();
    refuseKeysInFilter();
    Selection selection = selection();
    checkFilter();
    return page(range, selection);
  }

  /** The page of a scan. */
  Page scan() {
    KeyRange range = Segments.range(request);
    if (start != null && index != null) {
      start.checkCount();
      start.check(key.attributes());
    }
    Selection selection = selection();
    if (start != null) {
      start.checkWithin(range, request);
    }
    checkProjection();
    checkFilter();
    return page(range, selection);
  }

  private Page page(KeyRange range, Selection selection) {
    boolean forward = !Boolean.FALSE.equals(request.bool("ScanIndexForward"));
    KeyRange rest = start == null ? range : range.after(start.bytes(), forward);
    Page page = new Page(table, index, asked.filter(), selection);
    page.read(rest, forward, request.integer("Limit"), request.flag("ConsistentRead"));
    return page;
  }

  private Selection selection() {
    return Selection.of(request.text("Select"), asked.projection(), table, index);
  }

  /** The range of a query, with its start checked between the key's conditions, as AWS does. */
  private KeyRange queried() {
    if (start == null) {
      return KeyRange.of(asked.key(), key);
    }
    start.checkCount();
    start.check(key.partition());
    KeyRange range = KeyRange.of(asked.key(), key);
    start.check(key.sort());
    start.checkWithin(range, asked.key(), key);
    return range;
  }

  private void checkProjection() {
    if (asked.projection() != null) {
      KeyChecks.scalars(table, asked.projection().paths());
    }
  }

  private void checkFilter() {
    if (asked.filter() != null) {
      KeyChecks.scalars(table, Paths.of(asked.filter()));
    }
  }

  private void refuseKeysInFilter() {
    if (asked.filter() == null) {
      return;
    }
    List<String> names = key.names();
    for (Path path : Paths.of(asked.filter())) {
      if (names.contains(path.head())) {
        throw EngineException.validation(
            (request.has("QueryFilter") ? "QueryFilter" : "Filter Expression")
                + " can only contain non-primary key attributes: Primary key attribute: "
                + path.head());
      }
    }
  }
}
