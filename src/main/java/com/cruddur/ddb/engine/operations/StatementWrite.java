package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Operand;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemWrite.Kind;
import com.cruddur.ddb.engine.operations.ItemWrite.Result;
import com.cruddur.ddb.engine.partiql.Statement;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;

/** INSERT, UPDATE, DELETE and EXISTS as writes of one item. */
final class StatementWrite {

  private StatementWrite() {}

  /**
   * The write that a statement asks for; its clause must name one item.
   *
   * @param member the request or the part of it that holds the statement
   */
  static WriteRequest of(Statement statement, Table table, Request member) {
    if (!(statement instanceof Statement.Insert)) {
      checkKey(StatementKey.branch(where(statement), table.key()));
    }
    return ofPart(statement, table, member);
  }

  private static void checkKey(StatementBranch branch) {
    for (String name : branch.key().names()) {
      if (branch.equal(name).size() > 1) {
        throw EngineException.validation(
            "Multiple conditions on same key %s. Only single item Update/Insert/Delete are"
                + " supported",
            name);
      }
    }
    if (!branch.key().attributes().stream().allMatch(each -> branch.names(each))) {
      throw EngineException.validation(
          "Where clause does not contain a mandatory equality on all key attributes");
    }
  }

  private static Condition where(Statement statement) {
    if (statement instanceof Statement.Change change) {
      return change.where();
    }
    return statement instanceof Statement.Delete delete
        ? delete.where()
        : ((Statement.Select) statement).where();
  }

  /** The same of a clause that may name none; the write is refused on its table then. */
  static WriteRequest ofPart(Statement statement, Table table, Request member) {
    String name = table.name();
    boolean old = WriteRequest.isOldWanted(member);
    if (statement instanceof Statement.Insert insert) {
      return new WriteRequest(Kind.INSERT, name, insert.item(), null, null, old);
    }
    Item key = StatementKey.branch(where(statement), table.key()).named();
    if (statement instanceof Statement.Change change) {
      return new WriteRequest(Kind.UPDATE, name, key, change.where(), change.update(), old);
    } else if (statement instanceof Statement.Delete delete) {
      StatementKey where = StatementKey.of(delete.where(), table.key());
      Condition condition = where.others() == 0 ? null : ifThere(delete.where(), table);
      return new WriteRequest(Kind.DELETE, name, key, condition, null, old);
    }
    Item checked = StatementKey.of(where(statement), table.key()).whole();
    return new WriteRequest(Kind.CHECK, name, checked, where(statement), null, old);
  }

  /** A condition on the item that is there; AWS asks nothing where there is none to delete. */
  private static Condition ifThere(Condition condition, Table table) {
    Operand key = new Operand.At(Path.of(table.key().names().get(0)));
    return new Condition.Or(
        new Condition.Function("attribute_not_exists", List.of(key)), condition);
  }

  /** The RETURNING clause of a statement, or null. */
  static String returning(Statement statement) {
    if (statement instanceof Statement.Change change) {
      return change.returning();
    }
    return statement instanceof Statement.Delete delete ? delete.returning() : null;
  }

  /** Does the write by itself. */
  static Result run(Context context, ItemWrite write, Capacity capacity) {
    return context
        .database()
        .write(
            transaction -> {
              Result result = write.apply(transaction);
              capacity.write(write.table(), result.old(), result.now());
              context.consume(write.table(), true, capacity.total());
              return result;
            });
  }

  /** What the statement answers with: null for nothing. */
  static Item returned(Statement statement, Result result) {
    String returning = returning(statement);
    if (returning == null) {
      return null;
    }
    Item item = returning.endsWith("OLD") ? result.old() : result.now();
    if (item != null && returning.startsWith("MODIFIED")) {
      item = new Projection(((Statement.Change) statement).update().paths()).apply(item);
    }
    return item == null || item.attributes().isEmpty() ? null : item;
  }
}
