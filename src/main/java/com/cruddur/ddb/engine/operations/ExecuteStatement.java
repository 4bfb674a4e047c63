package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import com.cruddur.ddb.engine.partiql.PartiqlParser;
import com.cruddur.ddb.engine.partiql.Statement;
import com.cruddur.ddb.engine.partiql.Statement.Select;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** ExecuteStatement: one statement of PartiQL. */
final class ExecuteStatement implements Operation {

  private static final Shape SHAPE =
      Shape.structure()
          .member("Statement", statement())
          .member("Parameters", Shape.list(Shape.value()).size(1, Integer.MAX_VALUE))
          .member("ConsistentRead", Shape.bool())
          .member("NextToken", Shape.string().size(1, 32768))
          .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
          .member("Limit", Shape.integer().range(1, Integer.MAX_VALUE))
          .member("ReturnValuesOnConditionCheckFailure", Members.returnValuesOnFailure());

  static Shape statement() {
    return Shape.string().required().size(1, 8192);
  }

  /** The statement of a request or a part of one, with its parameters. */
  static Statement parse(Request request) {
    return PartiqlParser.parse(request.text("Statement"), parameters(request));
  }

  static List<AttributeValue> parameters(Request request) {
    List<Object> read = request.list("Parameters");
    return read == null
        ? List.of()
        : read.stream().map(each -> (AttributeValue) Request.valid(each)).toList();
  }

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    Statement statement = parse(request);
    Table table = context.table(statement.table());
    if (statement instanceof Select select) {
      refuseExists(select);
      return read(request, select, table, context);
    }
    return write(request, statement, table, context);
  }

  private static Reply read(Request request, Select select, Table table, Context context) {
    byte[] origin = origin(request);
    Page page =
        new StatementRead(table, select)
            .page(
                start(request.text("NextToken"), origin),
                request.integer("Limit"),
                request.flag("ConsistentRead"));
    context.consume(table, false, page.capacity().total());
    Item last = page.lastKey();
    return Reply.of("Items", page.items())
        .with("NextToken", last == null ? null : token(origin, last))
        .with("LastEvaluatedKey", last)
        .with("ConsumedCapacity", Capacity.shown(request, page.capacity()));
  }

  private static String token(byte[] origin, Item last) {
    byte[] key = ItemBytes.encode(last);
    byte[] token = Arrays.copyOf(origin, origin.length + key.length);
    System.arraycopy(key, 0, token, origin.length, key.length);
    return Base64.getUrlEncoder().encodeToString(token);
  }

  /** A token is the key that the page before ended at, behind what tells its statement. */
  private static Item start(String token, byte[] origin) {
    if (token == null) {
      return null;
    }
    byte[] bytes;
    Item start;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
      start = ItemBytes.decode(Arrays.copyOfRange(bytes, origin.length, bytes.length));
    } catch (RuntimeException e) {
      throw EngineException.validation("Invalid NextToken");
    }
    if (!Arrays.equals(bytes, 0, origin.length, origin, 0, origin.length)) {
      throw EngineException.validation("NextToken does not match request");
    }
    return start;
  }

  /** Tells a statement with its parameters from others. */
  private static byte[] origin(Request request) {
    String text = request.text("Statement") + parameters(request);
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A check of EXISTS stands in a writing transaction only. */
  static void refuseExists(Select select) {
    if (select.exists()) {
      throw EngineException.validation(
          "EXISTS can only be used in ExecuteTransaction write requests.");
    }
  }

  private static Reply write(Request request, Statement statement, Table table, Context context) {
    ItemWrite write = StatementWrite.of(statement, table, request).on(table);
    Capacity capacity = new Capacity(table, false);
    Item returned =
        StatementWrite.returned(statement, StatementWrite.run(context, write, capacity));
    return Reply.of("Items", returned == null ? List.of() : List.of(returned))
        .with("ConsumedCapacity", Capacity.shown(request, capacity));
  }
}
