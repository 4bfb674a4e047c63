package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TransactWriteItems: up to 100 writes and checks, all or none of them. */
final class TransactWriteItems implements Operation {

  private static final long MOST_BYTES = 4L << 20;

  private static final Shape SHAPE =
      Shape.structure()
          .member("ClientRequestToken", Shape.string().size(1, 36))
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member("ReturnItemCollectionMetrics", Members.returnItemCollectionMetrics())
          .member(
              "TransactItems",
              Shape.list(
                      Shape.structure()
                          .hashed("TransactWriteItem")
                          .member("Put", action().member("Item", Shape.item().required()))
                          .member("Delete", action().member("Key", Shape.item().required()))
                          .member(
                              "Update",
                              action()
                                  .member("Key", Shape.item().required())
                                  .member("UpdateExpression", Shape.string().required()))
                          .member(
                              "ConditionCheck",
                              action(Shape.string().required())
                                  .member("Key", Shape.item().required())))
                  .required()
                  .size(1, 100));

  private final ClientTokens tokens = new ClientTokens();

  private static Shape action() {
    return action(Shape.string());
  }

  private static Shape action(Shape condition) {
    return Shape.structure()
        .member("TableName", Shape.tableName())
        .member("ConditionExpression", condition)
        .member("ExpressionAttributeNames", Members.names())
        .member("ExpressionAttributeValues", Members.values())
        .member("ReturnValuesOnConditionCheckFailure", Members.returnValuesOnFailure());
  }

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    List<WriteRequest> actions =
        request.structures("TransactItems").stream().map(TransactWriteItems::action).toList();
    checkSize(actions);
    String token = request.text("ClientRequestToken");
    List<Request> items = request.structures("TransactItems");
    TransactionWrites writes = new TransactionWrites(context, actions, false);
    boolean repeated = tokens.once(token, items, context.clock().instant(), writes::run);
    return Reply.of("ConsumedCapacity", Capacity.shown(request, writes.capacities(repeated)))
        .with("ItemCollectionMetrics", collections(request, writes));
  }

  private static WriteRequest action(Request item) {
    Set<String> names = item.names();
    if (names.size() != 1) {
      throw EngineException.validation(
          names.isEmpty()
              ? "Invalid Request: TransactWriteRequest should contain Delete or Put or Update"
                  + " request"
              : "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    String name = names.iterator().next();
    Request action = Parameters.ofTransaction(item.structure(name));
    return switch (name) {
      case "Put" -> WriteRequest.put(action);
      case "Delete" -> WriteRequest.delete(action);
      case "Update" -> WriteRequest.update(action);
      default -> WriteRequest.check(action);
    };
  }

  private static void checkSize(List<WriteRequest> actions) {
    if (actions.stream().mapToLong(action -> action.item().size()).sum() > MOST_BYTES) {
      throw EngineException.validation(
          "Collection size of items in transaction exceeded the maximum limit of 4MB");
    }
  }

  private static Reply collections(Request request, TransactionWrites writes) {
    Map<Table, List<Item>> byTable = writes.items();
    byTable.keySet().removeIf(table -> !ItemCollection.isWanted(request, table));
    Reply collections = Reply.empty();
    byTable.forEach(
        (table, items) -> collections.with(table.name(), ItemCollection.each(table, items)));
    return byTable.isEmpty() ? null : collections;
  }
}
