package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Expressions;
import com.cruddur.ddb.engine.expression.Legacy;
import com.cruddur.ddb.engine.expression.LegacyCondition;
import com.cruddur.ddb.engine.expression.Placeholders;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Request;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters of a request that hold expressions, or what was there before expressions. */
final class Parameters {

  private final Request request;

  /** Those that read a list of names only. */
  static final List<String> PROJECTION = List.of("ProjectionExpression");

  /**
   * @param expressions names of the parameters that this operation takes expressions in
   * @param older names of the parameters that these replaced
   */
  static Parameters of(Request request, List<String> expressions, List<String> older) {
    List<String> used = expressions.stream().filter(request::has).toList();
    List<String> olderUsed = older.stream().filter(name -> isOlder(name, request)).toList();
    if (!used.isEmpty() && !olderUsed.isEmpty()) {
      throw EngineException.validation(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {%s} Expression parameters: {%s}",
          String.join(", ", olderUsed), String.join(", ", used));
    }
    if (used.isEmpty() && request.has("ExpressionAttributeNames")) {
      throw EngineException.validation(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    refuseValues(request, expressions);
    return new Parameters(request);
  }

  /** AWS takes {@code KeyConditions} beside a filter and a projection that are expressions. */
  private static boolean isOlder(String name, Request request) {
    return request.has(name)
        && (!name.equals("KeyConditions") || request.has("KeyConditionExpression"));
  }

  /** An action of a transaction; AWS lets one without expressions have names and values. */
  static Request ofTransaction(Request action) {
    return Stream.of("ConditionExpression", "UpdateExpression", "ProjectionExpression")
            .anyMatch(action::has)
        ? action
        : action.without("ExpressionAttributeNames", "ExpressionAttributeValues");
  }

  private Parameters(Request request) {
    this.request = request;
  }

  /** Values want an expression that can hold values, which a projection is not. */
  private static void refuseValues(Request request, List<String> expressions) {
    List<String> holders = expressions.stream().filter(name -> !PROJECTION.contains(name)).toList();
    if (request.has("ExpressionAttributeValues") && holders.stream().noneMatch(request::has)) {
      throw EngineException.validation(
          "ExpressionAttributeValues can only be specified when using expressions: %s%s",
          String.join(" and ", holders), holders.size() == 1 ? " is null" : " are null");
    }
  }

  /** The request's expressions, with its names and values checked. */
  Expressions expressions() {
    return expressions(true);
  }

  /**
   * @param named whether a value is refused together with its name, as in AWS's older words
   */
  Expressions expressions(boolean named) {
    Map<String, Object> read = request.map("ExpressionAttributeValues");
    return new Expressions(
        new Placeholders(
            request.map("ExpressionAttributeNames"), read == null ? null : values(read, named)));
  }

  private static Map<String, AttributeValue> values(Map<String, Object> read, boolean named) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    read.forEach(
        (key, value) -> {
          if (named && value instanceof EngineException refused) {
            throw EngineException.validation(
                "ExpressionAttributeValues contains invalid value: %s for key %s",
                refused.getMessage(), key);
          }
          values.put(key, (AttributeValue) Request.valid(value));
        });
    return values;
  }

  /** {@code Expected} and its like as one condition; null for none. */
  Condition legacyCondition(String parameter) {
    return Legacy.condition(legacyConditions(parameter), request.text("ConditionalOperator"));
  }

  /**
   * The entries of {@code Expected} and its like; null for none. Only in {@code Expected} may a
   * list of values be missing, since a single value may stand for it.
   */
  Map<String, LegacyCondition> legacyConditions(String parameter) {
    Map<String, Request> entries = request.map(parameter);
    if (entries == null) {
      return null;
    }
    Map<String, LegacyCondition> conditions = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          List<Object> read = entry.list("AttributeValueList");
          List<AttributeValue> values =
              read == null
                  ? parameter.equals("Expected") ? null : List.of()
                  : read.stream().map(each -> (AttributeValue) Request.valid(each)).toList();
          conditions.put(
              name,
              new LegacyCondition(
                  entry.text("ComparisonOperator"),
                  values,
                  entry.bool("Exists"),
                  entry.value("Value")));
        });
    return conditions;
  }

  /** {@code AttributesToGet} as a projection; null for none. */
  Projection attributesToGet() {
    List<String> names = request.texts("AttributesToGet");
    if (names == null) {
      return null;
    }
    names.forEach(Item::checkName);
    if (new HashSet<>(names).size() < names.size()) {
      throw EngineException.invalid("Duplicate value in attribute name: %s", duplicate(names));
    }
    return Projection.of(names);
  }

  private static String duplicate(List<String> names) {
    HashSet<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name)).findFirst().orElseThrow();
  }
}
