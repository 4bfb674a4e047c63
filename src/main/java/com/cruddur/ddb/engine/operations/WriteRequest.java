package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Expressions;
import com.cruddur.ddb.engine.expression.Legacy;
import com.cruddur.ddb.engine.expression.Legacy.LegacyUpdate;
import com.cruddur.ddb.engine.expression.Paths;
import com.cruddur.ddb.engine.expression.Update;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemWrite.Kind;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The write of one item as a request asks for it, checked as far as it can be without its table.
 */
record WriteRequest(
    Kind kind,
    String tableName,
    Item item,
    Condition condition,
    Update update,
    boolean oldOnFailure) {

  private static final List<String> CONDITION = List.of("ConditionExpression");
  private static final List<String> UPDATE = List.of("UpdateExpression", "ConditionExpression");
  private static final List<String> EXPECTED = List.of("Expected", "ConditionalOperator");
  private static final List<String> OLDER_UPDATE =
      List.of("AttributeUpdates", "Expected", "ConditionalOperator");

  static WriteRequest put(Request request) {
    Parameters parameters = Parameters.of(request, CONDITION, EXPECTED);
    Item item = request.item("Item");
    refuseNewValues(request);
    return of(Kind.PUT, request, item, conditionOnly(parameters, request), null);
  }

  static WriteRequest delete(Request request) {
    return keyed(Kind.DELETE, request);
  }

  static WriteRequest check(Request request) {
    return keyed(Kind.CHECK, request);
  }

  private static WriteRequest keyed(Kind kind, Request request) {
    Parameters parameters = Parameters.of(request, CONDITION, EXPECTED);
    refuseNewValues(request);
    Condition condition = conditionOnly(parameters, request);
    return of(kind, request, request.item("Key"), condition, null);
  }

  static WriteRequest update(Request request) {
    Parameters parameters = Parameters.of(request, UPDATE, OLDER_UPDATE);
    Item key = request.item("Key");
    Map<String, LegacyUpdate> older = attributeUpdates(request);
    Condition expected = parameters.legacyCondition("Expected");
    Expressions expressions = parameters.expressions();
    Update update = expressions.update(request.text("UpdateExpression"));
    Condition condition = expressions.condition(request.text("ConditionExpression"));
    expressions.end();
    return of(
        Kind.UPDATE,
        request,
        key,
        expected == null ? condition : expected,
        older == null ? update : Legacy.update(older));
  }

  private static WriteRequest of(
      Kind kind, Request request, Item item, Condition condition, Update update) {
    return new WriteRequest(
        kind, request.text("TableName"), item, condition, update, isOldWanted(request));
  }

  /** Whether a failed condition is to be told with the item that is there. */
  static boolean isOldWanted(Request request) {
    return "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure"));
  }

  private static Condition conditionOnly(Parameters parameters, Request request) {
    Condition expected = parameters.legacyCondition("Expected");
    Expressions expressions = parameters.expressions();
    Condition condition = expressions.condition(request.text("ConditionExpression"));
    expressions.end();
    return expected == null ? condition : expected;
  }

  private static Map<String, LegacyUpdate> attributeUpdates(Request request) {
    Map<String, Request> updates = request.map("AttributeUpdates");
    if (updates == null) {
      return null;
    }
    Map<String, LegacyUpdate> read = new LinkedHashMap<>();
    updates.forEach(
        (name, update) -> {
          if (name.isEmpty()) {
            throw EngineException.validation("Empty attribute name");
          }
          Item.checkName(name);
          read.put(name, new LegacyUpdate(update.text("Action"), update.value("Value")));
        });
    return read;
  }

  /** Only an update has new values to return. */
  private static void refuseNewValues(Request request) {
    String returned = request.text("ReturnValues", "NONE");
    if (!returned.equals("NONE") && !returned.equals("ALL_OLD")) {
      throw EngineException.validation("ReturnValues can only be ALL_OLD or NONE");
    }
  }

  /** Refuses an item that is larger than AWS stores. */
  static void checkSize(Item item) {
    if (item.size() > Item.MAX_SIZE) {
      throw EngineException.validation("Item size has exceeded the maximum allowed size");
    }
  }

  /**
   * What the request puts into attributes of the item, as far as it is known before the item is.
   */
  Item assigned() {
    return update == null ? item : update.assigned();
  }

  /** Refuses to put an item that is too large; what an update makes is known only later. */
  void checkSize() {
    if (kind == Kind.PUT || kind == Kind.INSERT) {
      checkSize(item);
    }
  }

  /** The write on its table, after the item and its keys were checked against it. */
  ItemWrite on(Table table) {
    byte[] key;
    if (kind == Kind.PUT || kind == Kind.INSERT) {
      key = ItemOperations.checkedKey(table, item);
    } else {
      key = KeyChecks.key(table, item);
      if (update != null) {
        update.keepAway(table.key().names());
        KeyChecks.indexes(table, update);
        KeyChecks.scalars(table, Paths.of(update));
      }
    }
    if (condition != null) {
      KeyChecks.scalars(table, Paths.of(condition));
    }
    return new ItemWrite(kind, table, key, item, condition, update, oldOnFailure);
  }
}
