package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** BatchGetItem: up to 100 items of any tables and 16 MB by their keys. */
final class BatchGetItem implements Operation {

  private static final int MOST = 100;
  private static final long MOST_BYTES = 16L << 20;

  private static final Shape SHAPE =
      Shape.structure()
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
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
                  .size(0, MOST))
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
    }

    private void resolve(Context context, String name) {
      table = context.table(name);
      read.on(table);
      capacity = new Capacity(table, false);
      Set<ByteBuffer> seen = new HashSet<>();
      for (Item key : keys) {
        if (!seen.add(ByteBuffer.wrap(KeyChecks.key(table, key)))) {
          throw BatchChecks.duplicate();
        }
      }
    }
  }

  @Override
  public void answer(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = SHAPE.request(body);
    Map<String, Wanted> all = wanted(request.map("RequestItems"));
    all.forEach((name, wanted) -> wanted.resolve(context, name));
    read(all, context);
    out.writeStartObject();
    out.writeObjectFieldStart("Responses");
    for (Map.Entry<String, Wanted> each : all.entrySet()) {
      out.writeArrayFieldStart(each.getKey());
      for (Item item : each.getValue().found) {
        ItemJson.write(out, item);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    writeUnprocessed(out, all);
    Capacity.write(out, request, all.values().stream().map(each -> each.capacity).toList());
    out.writeEndObject();
  }

  private static Map<String, Wanted> wanted(Map<String, Request> items) {
    BatchChecks.notEmpty(items, "BatchGetItem");
    BatchChecks.tableNames(items);
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

  private static void writeUnprocessed(JsonGenerator out, Map<String, Wanted> all)
      throws IOException {
    out.writeObjectFieldStart("UnprocessedKeys");
    for (Map.Entry<String, Wanted> each : all.entrySet()) {
      if (!each.getValue().left.isEmpty()) {
        out.writeObjectFieldStart(each.getKey());
        writeLeft(out, each.getValue());
        out.writeEndObject();
      }
    }
    out.writeEndObject();
  }

  private static void writeLeft(JsonGenerator out, Wanted wanted) throws IOException {
    out.writeArrayFieldStart("Keys");
    for (Item key : wanted.left) {
      ItemJson.write(out, key);
    }
    out.writeEndArray();
    Request request = wanted.request;
    if (request.has("ConsistentRead")) {
      out.writeBooleanField("ConsistentRead", request.flag("ConsistentRead"));
    }
    if (request.has("ProjectionExpression")) {
      out.writeStringField("ProjectionExpression", request.text("ProjectionExpression"));
    }
    if (request.has("AttributesToGet")) {
      out.writeFieldName("AttributesToGet");
      String[] names = request.texts("AttributesToGet").toArray(new String[0]);
      out.writeArray(names, 0, names.length);
    }
    Map<String, String> names = request.map("ExpressionAttributeNames");
    if (names != null) {
      out.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : names.entrySet()) {
        out.writeStringField(name.getKey(), name.getValue());
      }
      out.writeEndObject();
    }
  }
}
