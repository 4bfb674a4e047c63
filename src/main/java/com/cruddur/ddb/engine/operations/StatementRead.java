package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.partiql.Statement.Order;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a SELECT: a query where the clause names one partition, else a scan. */
final class StatementRead {

  private final Table table;
  private final Index index;
  private final Select select;

  StatementRead(Table table, Select select) {
    this.table = table;
    this.select = select;
    this.index = select.index() == null ? null : table.index(select.index());
    if (select.index() != null && index == null) {
      throw EngineException.validation("The table does not have the specified index");
    }
    if (index != null && (index.key().partition().size() > 1 || index.key().sort().size() > 1)) {
      throw EngineException.validation(
          "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
              + " multi-attribute RANGE keys.");
    }
    if (select.refused() != null) {
      throw select.refused();
    }
  }

  /** The page after a key, which may be null. */
  Page page(Item start, Long limit, boolean consistent) {
    if (index != null && index.global() && consistent) {
      throw EngineException.validation(
          "Strongly consistent read is not supported on Global Secondary Indexes");
    }
    KeySchema key = index == null ? table.key() : index.key();
    StatementPlan plan = StatementPlan.of(select.where(), key);
    plan.check();
    plan.checkTypes();
    checkOrder(plan);
    checkFilter(plan);
    Projection projection = select.parts() == null ? null : new Projection(select.parts());
    Selection selection = Selection.of(null, projection, table, index).flattened();
    boolean forward = isForward(key);
    List<KeyRange> ranges = plan.keyed() ? plan.ranges(forward, isRising(key)) : List.of();
    if (ranges.isEmpty()) {
      ranges = List.of(StatementKey.of(select.where(), key).range());
    }
    if (start != null) {
      ranges = rest(ranges, new StartKey(table, index, start).bytes(), forward);
    }
    Page page = new Page(table, index, select.where(), selection);
    for (KeyRange range : ranges) {
      if (!page.isFull()) {
        page.read(range, forward, limit, consistent);
      }
    }
    return page;
  }

  private static List<KeyRange> rest(List<KeyRange> ranges, byte[] start, boolean forward) {
    int first = 0;
    while (first < ranges.size() - 1 && !ranges.get(first).contains(start)) {
      first++;
    }
    List<KeyRange> rest = new ArrayList<>(ranges.subList(first, ranges.size()));
    rest.set(0, rest.get(0).after(start, forward));
    return rest;
  }

  /** Where ORDER BY does not name the sort key, AWS reads it backward. */
  private boolean isForward(KeySchema key) {
    String sort = key.sort().isEmpty() ? null : key.sort().get(0).name();
    return select.order().isEmpty()
        || select.order().stream()
            .anyMatch(each -> each.attribute().equals(sort) && !each.descending());
  }

  private boolean isRising(KeySchema key) {
    String partition = key.partition().get(0).name();
    return select.order().stream()
        .noneMatch(each -> each.attribute().equals(partition) && each.descending());
  }

  private void checkOrder(StatementPlan plan) {
    if (select.order().isEmpty()) {
      return;
    }
    if (select.where() == null) {
      throw EngineException.validation(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    for (Order each : select.order()) {
      if (!plan.key().names().contains(each.attribute())) {
        throw EngineException.validation(
            "Attribute %s in ORDER BY clause must be part of the primary key", each.attribute());
      }
    }
    if (!plan.keyed()) {
      throw EngineException.validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    String partition = plan.key().partition().get(0).name();
    if (plan.partitions() > 1
        && select.order().stream().noneMatch(each -> each.attribute().equals(partition))) {
      throw EngineException.validation(
          "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
              + " WHERE clause.");
    }
  }

  /** A clause that names partitions may only look at what the index holds. */
  private void checkFilter(StatementPlan plan) {
    if (index == null || index.projectsAll()) {
      return;
    }
    Set<String> missing = plan.missing(index.projected(table.key()));
    if (!missing.isEmpty()) {
      throw EngineException.invalid(
          "Secondary index %s does not project one or more filter attributes: %s",
          index.name(), missing);
    }
  }
}
