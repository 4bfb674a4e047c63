package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** GetItem: one item by its key. */
final class GetItem implements Operation {

  private static final Shape SHAPE =
      Shape.structure()
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member("TableName", Shape.tableName())
          .member("Key", Shape.item().required())
          .member("AttributesToGet", Members.attributesToGet())
          .member("ConsistentRead", Shape.bool())
          .member("ProjectionExpression", Shape.string())
          .member("ExpressionAttributeNames", Members.names())
          .modern();

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    KeyRead read = KeyRead.of(request);
    Item key = request.item("Key");
    Table table = context.table(request.text("TableName"));
    read.on(table);
    Item item = table.get(KeyChecks.key(table, key));
    Capacity capacity = new Capacity(table, false);
    capacity.read(null, item == null ? 0 : item.size(), request.flag("ConsistentRead"));
    context.consume(table, false, capacity.total());
    return Reply.of("Item", item == null ? null : read.apply(item))
        .with("ConsumedCapacity", Capacity.shown(request, capacity));
  }
}
