package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemWrite.Kind;
import com.cruddur.ddb.engine.operations.ItemWrite.Result;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Transaction;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** BatchWriteItem: up to 25 puts and deletes, each by itself. */
final class BatchWriteItem implements Operation {

  private static final int MOST = 25;

  private static final Shape REQUEST =
      Shape.structure()
          .member(
              "PutRequest",
              Shape.structure()
                  .named("PutRequest")
                  .member("Item", Shape.item().required())
                  .member("workloadProfileName", Shape.string()))
          .member(
              "DeleteRequest",
              Shape.structure().named("DeleteRequest").member("Key", Shape.item().required()))
          .named("WriteRequest");

  private static final Shape ITEMS = Shape.map(Shape.list(REQUEST)).required();

  private static final Shape SHAPE =
      Shape.structure()
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member("ReturnItemCollectionMetrics", Members.returnItemCollectionMetrics())
          .member("RequestItems", ITEMS);

  /** A put or a delete: the item, or the key. */
  private record Entry(String tableName, Kind kind, Item item) {}

  /** What the batch did to one table. */
  private record Done(Table table, Capacity capacity, List<Item> items) {}

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    List<Entry> entries = entries(request.map("RequestItems"));
    List<ItemWrite> writes = writes(entries, context);
    Map<String, Done> done = new LinkedHashMap<>();
    List<Entry> left = new ArrayList<>();
    context
        .database()
        .write(
            transaction -> {
              for (int i = 0; i < writes.size(); i++) {
                if (!write(writes.get(i), transaction, context, done)) {
                  left.add(entries.get(i));
                }
              }
              return null;
            });
    if (left.size() == entries.size()) {
      throw Context.exceeded();
    }
    return Reply.of("UnprocessedItems", unprocessed(left))
        .with(
            "ConsumedCapacity",
            Capacity.shown(request, done.values().stream().map(Done::capacity).toList()))
        .with("ItemCollectionMetrics", collections(request, done));
  }

  private static List<Entry> entries(Map<String, List<Request>> items) {
    BatchChecks.notEmpty(items, "BatchWriteItem");
    if (!items.keySet().stream().allMatch(TableNames::isOne)) {
      throw constraint(items, TableNames.CONSTRAINT);
    }
    if (!items.values().stream().allMatch(each -> !each.isEmpty() && each.size() <= MOST)) {
      throw constraint(
          items,
          "Map value must satisfy constraint: [Member must have length less than or equal to 25,"
              + " Member must have length greater than or equal to 1]");
    }
    List<Entry> entries = new ArrayList<>();
    items.forEach((table, requests) -> requests.forEach(each -> entries.add(entry(table, each))));
    if (entries.size() > MOST) {
      throw EngineException.validation("Too many items requested for the BatchWriteItem call");
    }
    return entries;
  }

  /** Told after violations of other members: its map is checked by hand at AWS. */
  private static EngineException constraint(Map<String, ?> items, String constraint) {
    return EngineException.validation(
        "1 validation error detected: Value '%s' at 'requestItems' failed to satisfy"
            + " constraint: %s",
        ITEMS.shown(items), constraint);
  }

  private static Entry entry(String table, Request write) {
    if (write.has("PutRequest") == write.has("DeleteRequest")) {
      throw EngineException.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (write.has("DeleteRequest")) {
      return new Entry(table, Kind.DELETE, write.structure("DeleteRequest").item("Key"));
    }
    return new Entry(table, Kind.PUT, write.structure("PutRequest").item("Item"));
  }

  private static List<ItemWrite> writes(List<Entry> entries, Context context) {
    List<ItemWrite> writes = new ArrayList<>(entries.size());
    Map<String, Table> tables = new LinkedHashMap<>();
    Map<String, Set<ByteBuffer>> seen = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Table table = tables.computeIfAbsent(entry.tableName(), context::table);
      byte[] key =
          entry.kind() == Kind.PUT
              ? BatchChecks.item(table, entry.item())
              : KeyChecks.key(table, entry.item());
      if (!seen.computeIfAbsent(table.name(), name -> new HashSet<>()).add(ByteBuffer.wrap(key))) {
        throw BatchChecks.duplicate();
      }
      writes.add(new ItemWrite(entry.kind(), table, key, entry.item(), null, null, false));
    }
    return writes;
  }

  /** Writes unless the table has no capacity left. */
  private static boolean write(
      ItemWrite write, Transaction transaction, Context context, Map<String, Done> all) {
    Table table = write.table();
    Item old = write.old(transaction);
    Capacity one = new Capacity(table, false);
    one.write(table, old, write.kind() == Kind.PUT ? write.item() : null);
    if (!context.throttle().take(table.name(), true, one.total())) {
      return false;
    }
    Result result = write.over(transaction, old);
    Done done =
        all.computeIfAbsent(
            table.name(), name -> new Done(table, new Capacity(table, false), new ArrayList<>()));
    done.capacity().add(one);
    done.items().add(result.now() == null ? write.item() : result.now());
    return true;
  }

  private static Map<String, List<Reply>> unprocessed(List<Entry> left) {
    Map<String, List<Reply>> byTable = new LinkedHashMap<>();
    for (Entry entry : left) {
      boolean put = entry.kind() == Kind.PUT;
      byTable
          .computeIfAbsent(entry.tableName(), name -> new ArrayList<>())
          .add(
              Reply.of(
                  put ? "PutRequest" : "DeleteRequest",
                  Reply.of(put ? "Item" : "Key", entry.item())));
    }
    return byTable;
  }

  private static Reply collections(Request request, Map<String, Done> done) {
    if (!"SIZE".equals(request.text("ReturnItemCollectionMetrics"))) {
      return null;
    }
    Reply collections = Reply.empty();
    for (Done each : done.values()) {
      if (ItemCollection.isWanted(request, each.table())) {
        collections.with(each.table().name(), ItemCollection.each(each.table(), each.items()));
      }
    }
    return collections;
  }
}
