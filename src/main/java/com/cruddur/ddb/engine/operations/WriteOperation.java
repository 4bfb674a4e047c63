package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemWrite.Result;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.function.Function;

/** PutItem, UpdateItem and DeleteItem: one write of one item. */
final class WriteOperation implements Operation {

  private static final Shape ATTRIBUTE_UPDATES =
      Shape.map(
          Shape.structure()
              .member("Value", Shape.value())
              .member("Action", Shape.string().oneOf("ADD", "PUT", "DELETE")));

  private final Shape shape;
  private final Function<Request, WriteRequest> reader;

  private WriteOperation(Shape shape, Function<Request, WriteRequest> reader) {
    this.shape = shape.fullExponents();
    this.reader = reader;
  }

  static WriteOperation put() {
    return new WriteOperation(
        Members.write().member("Item", Shape.item().required().together()), WriteRequest::put);
  }

  static WriteOperation delete() {
    return new WriteOperation(
        Members.write().member("Key", Shape.item().required().together()), WriteRequest::delete);
  }

  static WriteOperation update() {
    return new WriteOperation(
        Members.write()
            .member("Key", Shape.item().required().together())
            .member("UpdateExpression", Shape.string())
            .member("AttributeUpdates", ATTRIBUTE_UPDATES),
        WriteRequest::update);
  }

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = shape.request(body);
    WriteRequest write = reader.apply(request);
    String returned = request.text("ReturnValues", "NONE");
    Table table = context.table(write.tableName());
    ItemWrite bound = write.on(table);
    refuseCharge(request, write);
    Capacity capacity = new Capacity(table, false);
    Result result =
        context
            .database()
            .write(
                transaction -> {
                  Result applied = bound.apply(transaction);
                  capacity.write(table, applied.old(), applied.now());
                  context.consume(table, true, capacity.total());
                  return applied;
                });
    Item attributes = attributes(returned, write, result);
    boolean collection = ItemCollection.isWanted(request, table);
    return Reply.of(
            "Attributes",
            attributes == null || attributes.attributes().isEmpty() ? null : attributes)
        .with("ConsumedCapacity", Capacity.shown(request, capacity))
        .with(
            "ItemCollectionMetrics",
            collection ? ItemCollection.of(table, write.item()).shown() : null);
  }

  /** Only UpdateItem counts what its expression says, and does so before its condition. */
  private static void refuseCharge(Request request, WriteRequest write) {
    if (request.has("UpdateExpression") && write.update().charge() > Item.MAX_SIZE) {
      throw ItemWrite.tooLarge();
    }
  }

  private static Item attributes(String returned, WriteRequest write, Result result) {
    return switch (returned) {
      case "ALL_OLD" -> result.old();
      case "ALL_NEW" -> result.now();
      case "UPDATED_OLD" -> touched(write, result.old());
      case "UPDATED_NEW" -> touched(write, result.now());
      default -> null;
    };
  }

  /** What the item has at the paths that the update sets or removes. */
  private static Item touched(WriteRequest write, Item item) {
    return item == null || write.update() == null
        ? null
        : new Projection(write.update().paths()).apply(item);
  }
}
