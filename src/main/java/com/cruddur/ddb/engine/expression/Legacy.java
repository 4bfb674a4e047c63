package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Update.Action;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters that expressions replaced, as the trees that expressions become. */
public final class Legacy {

  private Legacy() {}

  /** An entry of {@code AttributeUpdates}; members that the request leaves out are null. */
  public record LegacyUpdate(String action, AttributeValue value) {}

  /**
   * All conditions, or with {@code OR} one of them; null where there are none. {@code operator} is
   * null, AND or OR.
   */
  public static Condition condition(Map<String, LegacyCondition> conditions, String operator) {
    if (operator != null && (conditions == null || conditions.isEmpty())) {
      throw EngineException.validation(
          "ConditionalOperator cannot be used without Filter or Expected");
    }
    if (operator != null && conditions.size() == 1) {
      throw EngineException.validation(
          "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }
    Condition all = null;
    if (conditions != null) {
      for (Map.Entry<String, LegacyCondition> entry : conditions.entrySet()) {
        Condition next = entry.getValue().on(entry.getKey());
        all =
            all == null
                ? next
                : "OR".equals(operator)
                    ? new Condition.Or(all, next)
                    : new Condition.And(all, next);
      }
    }
    return all;
  }

  /** {@code KeyConditions} as the condition of a query. */
  public static KeyCondition keyCondition(Map<String, LegacyCondition> conditions) {
    Map<String, KeyCondition.KeyTest> tests = new LinkedHashMap<>();
    conditions.forEach(
        (attribute, condition) -> tests.put(attribute, condition.keyTest(attribute)));
    return new KeyCondition(tests);
  }

  /** {@code AttributeUpdates} as an update. */
  public static Update update(Map<String, LegacyUpdate> updates) {
    List<Action> actions = new ArrayList<>();
    updates.forEach(
        (attribute, update) -> {
          Path path = Path.of(attribute);
          actions.add(new Action(path, operand(path, update)));
        });
    return new Update(actions);
  }

  private static Operand operand(Path path, LegacyUpdate update) {
    AttributeValue value = update.value();
    String action = update.action() == null ? "PUT" : update.action();
    boolean delete = action.equals("DELETE");
    if (value == null && !delete) {
      throw EngineException.invalid(
          "Only DELETE action is allowed when no attribute value is specified");
    }
    if (value == null) {
      return null;
    }
    if (delete) {
      if (!(value instanceof SetValue)) {
        throw EngineException.invalid(
            "DELETE action with value is not supported for the type %s", value.type());
      }
      return new UpdateOperand.Deleted(path, value, true);
    }
    if (action.equals("PUT")) {
      return new Operand.Literal(value);
    }
    if (!(value instanceof SetValue || value instanceof N || value instanceof L)) {
      throw EngineException.invalid("ADD action is not supported for the type %s", value.type());
    }
    return new UpdateOperand.Added(path, value, true);
  }
}
