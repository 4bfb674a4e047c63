package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.cruddur.ddb.engine.partiql.Statement;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
  public void answer(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = SHAPE.request(body);
    List<Request> members = request.structures("TransactStatements");
    List<Statement> statements = members.stream().map(ExecuteStatement::parse).toList();
    for (int i = 0; i < statements.size(); i++) {
      check(statements.get(i), i, context);
    }
    long reads = statements.stream().filter(ExecuteTransaction::isRead).count();
    if (reads == statements.size()) {
      read(request, statements, context, out);
    } else if (reads == 0) {
      write(request, members, statements, context, out);
    } else {
      throw EngineException.validation(
          "Transaction statements must be either all reads or all writes");
    }
  }

  private static boolean isRead(Statement statement) {
    return statement instanceof Select select && !select.exists();
  }

  private static void check(Statement statement, int position, Context context) {
    String fault = null;
    if (StatementWrite.returning(statement) != null) {
      fault = "RETURNING clause is not supported in ExecuteTransaction.";
    } else if (statement instanceof Select select && select.index() != null) {
      fault = "Reads on indices are not supported within transactions.";
    } else if (statement instanceof Select select) {
      Table table = context.table(select.table());
      StatementKey where = StatementKey.of(select.where(), table.key());
      if (select.exists() && (where.whole() == null || where.others() == 0)) {
        fault = "EXISTS() must contain a single item read with additional condition";
      } else if (!select.exists() && StatementKey.ofOneItem(select.where(), table.key()) == null) {
        fault =
            "Select statements within ExecuteTransaction must specify the primary key in the where"
                + " clause.";
      }
    }
    if (fault != null) {
      throw EngineException.validation(
          "Validation failed in TransactStatements[" + position + "]: " + fault);
    }
  }

  private static void read(
      Request request, List<Statement> statements, Context context, JsonGenerator out)
      throws IOException {
    List<Table> tables = statements.stream().map(each -> context.table(each.table())).toList();
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    List<Item> items = context.database().read(() -> items(statements, tables, capacities));
    capacities.forEach((name, capacity) -> context.consume(name, false, capacity.total()));
    out.writeStartObject();
    out.writeArrayFieldStart("Responses");
    for (Item item : items) {
      out.writeStartObject();
      if (item != null) {
        out.writeFieldName("Item");
        ItemJson.write(out, item);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    Capacity.write(out, request, capacities.values());
    out.writeEndObject();
  }

  private static List<Item> items(
      List<Statement> statements, List<Table> tables, Map<String, Capacity> capacities) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      Select select = (Select) statements.get(i);
      Table table = tables.get(i);
      Item key = StatementKey.of(select.where(), table.key()).whole();
      List<Item> found = new StatementRead(table, select).page(null, null, true).items();
      Item item = table.get(KeyChecks.key(table, key));
      capacities
          .computeIfAbsent(table.name(), name -> new Capacity(table, true))
          .read(null, item == null ? 0 : item.size(), true);
      items.add(found.isEmpty() ? null : found.get(0));
    }
    return items;
  }

  private void write(
      Request request,
      List<Request> members,
      List<Statement> statements,
      Context context,
      JsonGenerator out)
      throws IOException {
    List<WriteRequest> actions = new ArrayList<>();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      boolean old = "ALL_OLD".equals(members.get(i).text("ReturnValuesOnConditionCheckFailure"));
      actions.add(StatementWrite.of(statement, context.table(statement.table())).tellingOld(old));
    }
    TransactionWrites writes = new TransactionWrites(context, actions);
    String token = request.text("ClientRequestToken");
    boolean repeated = tokens.once(token, members, context.clock().instant(), writes::run);
    out.writeStartObject();
    out.writeArrayFieldStart("Responses");
    out.writeEndArray();
    Capacity.write(out, request, writes.capacities(repeated));
    out.writeEndObject();
  }
}
