package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.partiql.PartiqlParser;
import com.cruddur.ddb.engine.partiql.Statement;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ExecuteTransaction: up to 100 statements that read, or that write, all or none of them. */
final class ExecuteTransaction implements Operation {

  private static final Shape SHAPE =
      Shape.structure()
          .member("ClientRequestToken", Shape.string().size(1, 36))
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member(
              "TransactStatements",
              Shape.list(
                      Shape.structure()
                          .member("Statement", ExecuteStatement.statement())
                          .member("Parameters", Shape.list(Shape.value()))
                          .member(
                              "ReturnValuesOnConditionCheckFailure",
                              Members.returnValuesOnFailure()))
                  .required()
                  .size(1, 100));

  private final ClientTokens tokens = new ClientTokens();

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    List<Request> members = request.structures("TransactStatements");
    List<Statement> statements = statements(members);
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Optional<Table> table = context.find(statement.table());
      if (table.isPresent()) {
        telling(() -> check(statement, table.get()), i);
      }
    }
    checkTables(statements, context);
    long reads = statements.stream().filter(ExecuteTransaction::isRead).count();
    if (reads == statements.size()) {
      return read(request, statements, context);
    } else if (reads == 0) {
      return write(request, members, statements, context);
    }
    throw EngineException.validation(
        "ExecuteTransaction API does not support both read and write operations in the same"
            + " request.");
  }

  private static boolean isRead(Statement statement) {
    return statement instanceof Select select && !select.exists();
  }

  private static List<Statement> statements(List<Request> members) {
    List<List<AttributeValue>> parameters =
        members.stream().map(ExecuteStatement::parameters).toList();
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      String text = members.get(i).text("Statement");
      List<AttributeValue> values = parameters.get(i);
      telling(() -> statements.add(PartiqlParser.parse(text, values)), i);
    }
    return statements;
  }

  /** Does something, and tells which statement it refused. */
  private static void telling(Runnable work, int position) {
    try {
      work.run();
    } catch (EngineException refused) {
      throw EngineException.validation(
          "Validation failed in TransactStatements[%s]: %s", position, refused.getMessage());
    }
  }

  private static void checkTables(List<Statement> statements, Context context) {
    Cancellation cancellation = new Cancellation();
    statements.forEach(each -> cancellation.next(() -> context.table(each.table())));
    cancellation.complain();
  }

  private static void check(Statement statement, Table table) {
    String fault = null;
    if (StatementWrite.returning(statement) != null) {
      fault = "RETURNING clause is not supported in ExecuteTransaction.";
    } else if (statement instanceof Select select && select.index() != null) {
      fault = "Reads on indices are not supported within transactions.";
    } else if (statement instanceof Select select) {
      StatementKey where = StatementKey.of(select.where(), table.key());
      StatementPlan plan = StatementPlan.of(select.where(), table.key());
      plan.check();
      if (select.exists() && (where.whole() == null || where.others() == 0)) {
        fault = "EXISTS() must contain a single item read with additional condition";
      } else if (!select.exists() && plan.item() == null) {
        fault =
            "Select statements within ExecuteTransaction must specify the primary key in the where"
                + " clause.";
      }
    }
    if (fault != null) {
      throw EngineException.validation(fault);
    }
  }

  private static Reply read(Request request, List<Statement> statements, Context context) {
    List<Table> tables = statements.stream().map(each -> context.table(each.table())).toList();
    List<byte[]> keys = keys(statements, tables);
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    List<Item> items = context.database().read(() -> items(statements, tables, keys, capacities));
    capacities.forEach((name, capacity) -> context.consume(name, false, capacity.total()));
    return Reply.of("Responses", items.stream().map(TransactGetItems::response).toList())
        .with("ConsumedCapacity", Capacity.shown(request, capacities.values()));
  }

  private static List<byte[]> keys(List<Statement> statements, List<Table> tables) {
    List<byte[]> keys = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      Item key = StatementPlan.of(((Select) statements.get(i)).where(), table.key()).item();
      cancellation.next(() -> keys.add(KeyChecks.key(table, key)));
    }
    cancellation.complain();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < tables.size(); i++) {
      if (!seen.add(List.of(tables.get(i).name(), ByteBuffer.wrap(keys.get(i))))) {
        throw EngineException.validation(
            "Transaction request cannot include multiple operations on one item");
      }
    }
    return keys;
  }

  private static List<Item> items(
      List<Statement> statements,
      List<Table> tables,
      List<byte[]> keys,
      Map<String, Capacity> capacities) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      Select select = (Select) statements.get(i);
      Table table = tables.get(i);
      List<Item> found = new StatementRead(table, select).page(null, null, true).items();
      Item item = table.get(keys.get(i));
      capacities
          .computeIfAbsent(table.name(), name -> new Capacity(table, true))
          .read(null, item == null ? 0 : item.size(), true);
      items.add(found.isEmpty() ? null : found.get(0));
    }
    return items;
  }

  private Reply write(
      Request request, List<Request> members, List<Statement> statements, Context context) {
    List<WriteRequest> actions = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Table table = context.table(statement.table());
      actions.add(StatementWrite.ofPart(statement, table, members.get(i)));
    }
    TransactionWrites writes = new TransactionWrites(context, actions, true);
    String token = request.text("ClientRequestToken");
    boolean repeated = tokens.once(token, members, context.clock().instant(), writes::run);
    return Reply.of("Responses", List.of())
        .with("ConsumedCapacity", Capacity.shown(request, writes.capacities(repeated)));
  }
}
