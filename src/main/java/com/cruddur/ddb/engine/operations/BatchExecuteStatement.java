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
import java.util.LinkedHashMap;
import java.util.Map;

/** BatchExecuteStatement: up to 25 statements, each about one item and by itself. */
final class BatchExecuteStatement implements Operation {

  private static final Shape SHAPE =
      Shape.structure()
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member(
              "Statements",
              Shape.list(
                      Shape.structure()
                          .member("Statement", ExecuteStatement.statement())
                          .member("Parameters", Shape.list(Shape.value()))
                          .member("ConsistentRead", Shape.bool())
                          .member(
                              "ReturnValuesOnConditionCheckFailure",
                              Members.returnValuesOnFailure()))
                  .required()
                  .size(1, 25));

  @Override
  public void answer(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = SHAPE.request(body);
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    out.writeStartObject();
    out.writeArrayFieldStart("Responses");
    for (Request member : request.structures("Statements")) {
      out.writeStartObject();
      answer(member, context, capacities, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    Capacity.write(out, request, capacities.values());
    out.writeEndObject();
  }

  private static void answer(
      Request member, Context context, Map<String, Capacity> capacities, JsonGenerator out)
      throws IOException {
    String ran = null;
    try {
      Statement statement = ExecuteStatement.parse(member);
      Table table = context.table(statement.table());
      Capacity capacity = new Capacity(table, false);
      Item item;
      if (statement instanceof Select select) {
        ExecuteStatement.refuseExists(select);
        item = read(select, table, member, context, capacity);
        ran = table.name();
      } else {
        ItemWrite write = StatementWrite.of(statement, table).on(table);
        ran = table.name();
        item = StatementWrite.returned(statement, StatementWrite.run(context, write, capacity));
      }
      capacities.computeIfAbsent(table.name(), name -> new Capacity(table, false)).add(capacity);
      if (item != null) {
        out.writeFieldName("Item");
        ItemJson.write(out, item);
      }
    } catch (EngineException refused) {
      out.writeObjectFieldStart("Error");
      out.writeStringField("Code", code(refused.type()));
      out.writeStringField("Message", refused.getMessage());
      out.writeEndObject();
    }
    if (ran != null) {
      out.writeStringField("TableName", ran);
    }
  }

  private static Item read(
      Select select, Table table, Request member, Context context, Capacity capacity) {
    StatementRead read = new StatementRead(table, select);
    StatementPlan plan = StatementPlan.of(select.where(), table.key());
    plan.check();
    if (select.index() != null || plan.item() == null) {
      throw EngineException.validation(
          "Select statements within BatchExecuteStatement must specify the primary key in the where"
              + " clause.");
    }
    Page page = read.page(null, null, member.flag("ConsistentRead"));
    context.consume(table, false, page.capacity().total());
    capacity.add(page.capacity());
    return page.items().isEmpty() ? null : page.items().get(0);
  }

  private static String code(String type) {
    return type.equals("ValidationException")
        ? "ValidationError"
        : type.substring(0, type.length() - "Exception".length());
  }
}
