package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
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
  }

  /** What is read: the table, or an index of it. */
  String name() {
    return table.name() + (index == null ? "" : "/" + index.name());
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
    checkFilter(plan);
    Projection projection = select.parts() == null ? null : new Projection(select.parts());
    Selection selection = Selection.of(null, projection, table, index).flattened();
    KeyRange range = StatementKey.of(select.where(), key).range();
    boolean forward = !select.descending();
    if (start != null) {
      range = range.after(StartKey.bytes(table, index, start, true), forward);
    }
    Page page = new Page(table, index, select.where(), selection);
    page.read(range, forward, limit, consistent);
    return page;
  }

  /** A clause that names partitions may only look at what the index holds. */
  private void checkFilter(StatementPlan plan) {
    if (index == null || index.projectsAll()) {
      return;
    }
    Set<String> missing = plan.missing(index.projected(table.key()));
    if (!missing.isEmpty()) {
      throw EngineException.invalid(
          "Secondary index "
              + index.name()
              + " does not project one or more filter attributes: "
              + missing);
    }
  }
}
