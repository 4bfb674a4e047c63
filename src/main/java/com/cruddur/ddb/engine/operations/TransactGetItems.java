package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
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
import java.util.Set;

/** TransactGetItems: up to 100 items as they are at one moment. */
final class TransactGetItems implements Operation {

  private static final long MOST_BYTES = 4L << 20;

  private static final Shape SHAPE =
      Shape.structure()
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member(
              "TransactItems",
              Shape.list(
                      Shape.structure()
                          .hashed("TransactGetItem")
                          .member(
                              "Get",
                              Shape.structure()
                                  .member("TableName", Shape.tableName())
                                  .member("Key", Shape.item().required())
                                  .member("ProjectionExpression", Shape.string())
                                  .member("ExpressionAttributeNames", Members.names())
                                  .required()))
                  .required()
                  .size(1, 100));

  private record Get(Table table, Item key, KeyRead read) {}

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    List<Get> gets = gets(request.structures("TransactItems"), context);
    List<byte[]> keys = keys(gets);
    List<Item> items =
        context
            .database()
            .read(
                () -> {
                  List<Item> read = new ArrayList<>();
                  for (int i = 0; i < gets.size(); i++) {
                    read.add(gets.get(i).table().get(keys.get(i)));
                  }
                  return read;
                });
    checkSize(items);
    Map<String, Capacity> capacities = new LinkedHashMap<>();
    for (int i = 0; i < gets.size(); i++) {
      Table table = gets.get(i).table();
      Item item = items.get(i);
      capacities
          .computeIfAbsent(table.name(), name -> new Capacity(table, true))
          .read(null, item == null ? 0 : item.size(), true);
    }
    capacities.forEach((name, capacity) -> context.consume(name, false, capacity.total()));
    List<Reply> responses = new ArrayList<>();
    for (int i = 0; i < gets.size(); i++) {
      Item item = items.get(i);
      responses.add(response(item == null ? null : gets.get(i).read().apply(item)));
    }
    return Reply.of("Responses", responses)
        .with("ConsumedCapacity", Capacity.shown(request, capacities.values()));
  }

  /** What a transaction tells of an item that it read: nothing where no part of it is wanted. */
  static Reply response(Item item) {
    return Reply.empty().with("Item", item == null || item.attributes().isEmpty() ? null : item);
  }

  private static void checkSize(List<Item> items) {
    if (items.stream().mapToLong(item -> item == null ? 0 : item.size()).sum() > MOST_BYTES) {
      throw EngineException.validation(
          "Collection size of items in transaction exceeded the maximum limit of 4MB");
    }
  }

  private static List<Get> gets(List<Request> items, Context context) {
    List<KeyRead> reads =
        items.stream()
            .map(each -> KeyRead.of(Parameters.ofTransaction(each.structure("Get"))))
            .toList();
    List<Item> keys = items.stream().map(each -> each.structure("Get").item("Key")).toList();
    List<Get> gets = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Table table = context.table(items.get(i).structure("Get").text("TableName"));
      gets.add(new Get(table, keys.get(i), reads.get(i).on(table)));
    }
    return gets;
  }

  private static List<byte[]> keys(List<Get> gets) {
    List<byte[]> keys = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    gets.forEach(
        get -> {
          KeyChecks.notEmpty(get.table().key(), get.key());
          cancellation.next(() -> keys.add(KeyChecks.key(get.table(), get.key())));
        });
    cancellation.complain();
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < gets.size(); i++) {
      if (!seen.add(List.of(gets.get(i).table().name(), ByteBuffer.wrap(keys.get(i))))) {
        throw EngineException.validation(
            "Transaction request cannot include multiple operations on one item");
      }
    }
    return keys;
  }
}
