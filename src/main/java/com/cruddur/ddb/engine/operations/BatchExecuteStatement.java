package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.partiql.Statement;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    List<Reply> responses = new ArrayList<>();
    for (Request member : request.structures("Statements")) {
      responses.add(answer(member, context, capacities));
    }
    return Reply.of("Responses", responses)
        .with("ConsumedCapacity", Capacity.shown(request, capacities.values()));
  }

  private static Reply answer(Request member, Context context, Map<String, Capacity> capacities) {
    Reply reply = Reply.empty();
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
        ItemWrite write = StatementWrite.of(statement, table, member).on(table);
        ran = table.name();
        item = StatementWrite.returned(statement, StatementWrite.run(context, write, capacity));
      }
      capacities.computeIfAbsent(table.name(), name -> new Capacity(table, false)).add(capacity);
      reply.with("Item", item);
    } catch (EngineException refused) {
      reply.with(
          "Error",
          Reply.of("Code", code(refused.type()))
              .with("Item", refused.fields().get("Item"))
              .with("Message", refused.getMessage()));
    }
    return reply.with("TableName", ran);
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
