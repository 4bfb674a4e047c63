package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
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
import java.util.Set;

/** BatchGetItem: up to 100 items of any tables and 16 MB by their keys. */
final class BatchGetItem implements Operation {

  private static final int MOST = 100;
  private static final long MOST_BYTES = 16L << 20;

  /** What is said again of keys that are left. */
  private static final List<String> ASKED =
      List.of(
          "ConsistentRead", "ProjectionExpression", "AttributesToGet", "ExpressionAttributeNames");

  private static final Shape SHAPE =
      Shape.structure()
          .member(
              "RequestItems",
              Shape.map(
                      Shape.structure()
                          .member("Keys", Shape.list(Shape.item()).required().size(1, MOST))
                          .member("ConsistentRead", Shape.bool())
                          .member("AttributesToGet", Members.attributesToGet())
                          .member("ProjectionExpression", Shape.string())
                          .member("ExpressionAttributeNames", Members.names()))
                  .required()
                  .ofTables()
                  .size(0, MOST))
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .modern();

  /** What is asked of one table. */
  private static final class Wanted {
    private final Request request;
    private final KeyRead read;
    private final List<Item> keys = new ArrayList<>();
    private final List<Item> left = new ArrayList<>();
    private final List<Item> found = new ArrayList<>();
    private Table table;
    private Capacity capacity;

    private Wanted(Request request) {
      this.request = request;
      this.read = KeyRead.of(request);
      request.list("Keys").forEach(key -> keys.add((Item) Request.valid(key)));
      if (Set.copyOf(keys).size() < keys.size()) {
        throw BatchChecks.duplicate();
      }
    }

    private void resolve(Context context, String name) {
      table = context.table(name);
      read.on(table);
      capacity = new Capacity(table, false);
      keys.forEach(key -> KeyChecks.key(table, key));
    }
  }

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    Map<String, Wanted> all = wanted(request.map("RequestItems"));
    all.forEach((name, wanted) -> wanted.resolve(context, name));
    read(all, context);
    Reply responses = Reply.empty();
    Reply unprocessed = Reply.empty();
    all.forEach(
        (name, each) -> {
          responses.with(name, each.found);
          unprocessed.with(name, each.left.isEmpty() ? null : left(each));
        });
    return Reply.of("Responses", responses)
        .with("UnprocessedKeys", unprocessed)
        .with(
            "ConsumedCapacity",
            Capacity.shown(request, all.values().stream().map(each -> each.capacity).toList()));
  }

  private static Map<String, Wanted> wanted(Map<String, Request> items) {
    BatchChecks.notEmpty(items, "BatchGetItem");
    refuseMixture(items);
    Map<String, Wanted> all = new LinkedHashMap<>();
    items.forEach((name, each) -> all.put(name, new Wanted(each)));
    if (all.values().stream().mapToInt(each -> each.keys.size()).sum() > MOST) {
      throw EngineException.validation("Too many items requested for the BatchGetItem call");
    }
    return all;
  }

  /** Expressions and what they replaced may not stand in one request, not even for two tables. */
  private static void refuseMixture(Map<String, Request> items) {
    if (items.values().stream().anyMatch(each -> each.has("ProjectionExpression"))
        && items.values().stream().anyMatch(each -> each.has("AttributesToGet"))) {
      throw EngineException.validation(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {AttributesToGet} Expression parameters:"
              + " {ProjectionExpression}");
    }
  }

  private static void read(Map<String, Wanted> all, Context context) {
    long bytes = 0;
    boolean none = true;
    for (Wanted wanted : all.values()) {
      for (Item key : wanted.keys) {
        Item item = bytes > MOST_BYTES ? null : wanted.table.get(wanted.table.key().bytes(key));
        int size = item == null ? 0 : item.size();
        Capacity one = new Capacity(wanted.table, false);
        one.read(null, size, wanted.request.flag("ConsistentRead"));
        bytes += size;
        if (bytes > MOST_BYTES
            || !context.throttle().take(wanted.table.name(), false, one.total())) {
          wanted.left.add(key);
          continue;
        }
        none = false;
        wanted.capacity.add(one);
        if (item != null) {
          wanted.found.add(wanted.read.apply(item));
        }
      }
    }
    if (none) {
      throw Context.exceeded();
    }
  }

  private static Reply left(Wanted wanted) {
    Reply left = Reply.of("Keys", wanted.left);
    ASKED.forEach(name -> left.with(name, wanted.request.any(name)));
    return left;
  }
}
