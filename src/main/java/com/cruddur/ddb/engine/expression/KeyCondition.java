package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A condition on the attributes of a key: for each, one test.
 *
 * <p>Which attributes a key has, only the query knows, which asks for their tests by name.
 */
public record KeyCondition(Map<String, KeyTest> tests) {

  /**
   * What a key attribute must be: an operator ({@code =}, {@code <}, BETWEEN, begins_with) and
   * values.
   */
  public record KeyTest(String operator, List<AttributeValue> values) {

    /** Whether the test asks for one value. */
    public boolean isEquality() {
      return operator.equals("=");
    }
  }

  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

  /** Operators that want the attribute before the values. */
  private static final Set<String> FIRST = Set.of("BETWEEN", "begins_with");

  /** Takes a parsed condition apart; refuses what a key condition cannot hold. */
  static KeyCondition of(Condition condition) {
    Map<String, KeyTest> tests = new LinkedHashMap<>();
    collect(condition, tests);
    return new KeyCondition(tests);
  }

  private static void collect(Condition condition, Map<String, KeyTest> tests) {
    if (condition instanceof Condition.And and) {
      collect(and.left(), tests);
      collect(and.right(), tests);
    } else if (condition instanceof Condition.Compare compare) {
      compare(compare, tests);
    } else if (condition instanceof Condition.Between between) {
      add("BETWEEN", List.of(between.operand(), between.low(), between.high()), tests);
    } else if (condition instanceof Condition.Function function
        && function.name().equals("begins_with")) {
      add("begins_with", function.arguments(), tests);
    } else {
      throw unsupported(operator(condition));
    }
  }

  private static void compare(Condition.Compare compare, Map<String, KeyTest> tests) {
    String operator = compare.operator();
    if (!MIRRORED.containsKey(operator)) {
      throw unsupported(operator);
    }
    if (compare.left() instanceof Operand.Literal && compare.right() instanceof Operand.At) {
      add(MIRRORED.get(operator), List.of(compare.right(), compare.left()), tests);
    } else {
      add(operator, List.of(compare.left(), compare.right()), tests);
    }
  }

  private static String operator(Condition condition) {
    if (condition instanceof Condition.Function function) {
      return function.name();
    }
    return condition instanceof Condition.Or
        ? "OR"
        : condition instanceof Condition.Not ? "NOT" : "IN";
  }

  private static EngineException unsupported(String operator) {
    return refused("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static EngineException refused(String fault) {
    return EngineException.validation("Invalid KeyConditionExpression: %s", fault);
  }

  private static EngineException condition(String fault) {
    return refused("Invalid condition in KeyConditionExpression: " + fault);
  }

  private static void add(String operator, List<Operand> operands, Map<String, KeyTest> tests) {
    Path path = null;
    if (FIRST.contains(operator) && !(operands.get(0) instanceof Operand.At)) {
      throw condition(operator + " operator must have the key attribute as its first operand");
    }
    for (Operand operand : operands) {
      if (operand instanceof Operand.Size) {
        throw refused("KeyConditionExpressions cannot contain nested operations");
      } else if (operand instanceof Operand.At at) {
        if (path != null) {
          throw condition("Multiple attribute names used in one condition");
        }
        path = at.path();
        if (path.isNested()) {
          throw refused("KeyConditionExpressions cannot have conditions on nested attributes");
        }
      }
    }
    if (path == null) {
      throw condition("No key attribute specified");
    }
    List<AttributeValue> values = new ArrayList<>();
    operands.stream().skip(1).forEach(each -> values.add(((Operand.Literal) each).literal()));
    if (tests.put(path.head(), new KeyTest(operator, values)) != null) {
      throw refused("KeyConditionExpressions must only contain one condition per key");
    }
  }
}
