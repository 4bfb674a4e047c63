package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Condition.Between;
import com.cruddur.ddb.engine.expression.Condition.Compare;
import com.cruddur.ddb.engine.expression.Condition.Function;
import com.cruddur.ddb.engine.expression.Operand.At;
import com.cruddur.ddb.engine.expression.Operand.Literal;
import com.cruddur.ddb.engine.item.AttributeOrder;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry of {@code Expected}, {@code QueryFilter}, {@code ScanFilter} or {@code KeyConditions}:
 * what one attribute must be. Members that the request leaves out are null.
 */
public record LegacyCondition(
    String operator, List<AttributeValue> values, Boolean exists, AttributeValue value) {

  private static final Map<String, String> COMPARATORS =
      Map.of("EQ", "=", "NE", "<>", "LT", "<", "LE", "<=", "GT", ">", "GE", ">=");
  private static final Set<String> SCALAR = Set.of("LT", "LE", "GT", "GE", "IN", "BETWEEN");
  private static final Set<String> UNORDERED = Set.of("BOOL", "NULL", "SS", "NS", "BS", "L", "M");

  /** This entry as a condition on the attribute, checked as AWS checks it. */
  Condition on(String attribute) {
    if (values != null && value != null) {
      throw invalid("Value and AttributeValueList cannot be used together", attribute);
    }
    if (operator == null) {
      return equality(attribute);
    }
    if (exists != null) {
      throw invalid("Exists and ComparisonOperator cannot be used together", attribute);
    }
    List<AttributeValue> arguments =
        values != null ? values : value != null ? List.of(value) : List.of();
    check(attribute, arguments);
    return condition(new At(Path.of(attribute)), arguments);
  }

  /** This entry as the test of a key attribute, which may be one that no query can ask for. */
  KeyCondition.KeyTest keyTest(String attribute) {
    on(attribute);
    String sign = COMPARATORS.getOrDefault(operator, operator);
    return new KeyCondition.KeyTest(operator.equals("BEGINS_WITH") ? "begins_with" : sign, values);
  }

  private Condition equality(String attribute) {
    if (values != null) {
      throw invalid("AttributeValueList can only be used with a ComparisonOperator", attribute);
    }
    At at = new At(Path.of(attribute));
    if (Boolean.FALSE.equals(exists)) {
      if (value != null) {
        throw invalid("Value cannot be used when Exists is false", attribute);
      }
      return new Function("attribute_not_exists", List.of(at));
    }
    if (value == null) {
      throw invalid("Value must be provided when Exists is " + exists, attribute);
    }
    return new Compare("=", at, new Literal(value));
  }

  private static EngineException invalid(String rule, String attribute) {
    return EngineException.invalid(rule + " for Attribute: " + attribute);
  }

  private void check(String attribute, List<AttributeValue> arguments) {
    int count = arguments.size();
    boolean wanted =
        switch (operator) {
          case "NULL", "NOT_NULL" -> count == 0;
          case "BETWEEN" -> count == 2;
          case "IN" -> count > 0;
          default -> count == 1;
        };
    if (!wanted && values == null && value == null) {
      throw invalid(
          "Value or AttributeValueList must be used with ComparisonOperator: " + operator,
          attribute);
    }
    if (!wanted) {
      throw EngineException.invalid(
          "Invalid number of argument(s) for the %s ComparisonOperator", operator);
    }
    arguments.forEach(this::checkType);
    if (operator.equals("BETWEEN")) {
      checkBounds(arguments.get(0), arguments.get(1));
    }
    if (operator.equals("IN")
        && arguments.stream().map(AttributeValue::type).distinct().count() > 1) {
      throw EngineException.invalid(
          "AttributeValues inside AttributeValueList must be of same type");
    }
  }

  private void checkType(AttributeValue argument) {
    String type = argument.type();
    boolean refused =
        SCALAR.contains(operator) && UNORDERED.contains(type)
            || operator.equals("BEGINS_WITH") && !type.equals("S") && !type.equals("B")
            || operator.endsWith("CONTAINS")
                && UNORDERED.contains(type)
                && type.length() < 3
                && !type.equals("BOOL");
    if (refused) {
      throw EngineException.invalid(
          "ComparisonOperator %s is not valid for %s AttributeValue type", operator, type);
    }
  }

  private static void checkBounds(AttributeValue low, AttributeValue high) {
    if (!low.type().equals(high.type())) {
      throw EngineException.invalid(
          "AttributeValues inside AttributeValueList must be of same type");
    }
    if (AttributeOrder.compare(low, high) > 0) {
      throw EngineException.validation(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  private Condition condition(At at, List<AttributeValue> arguments) {
    List<Operand> literals = arguments.stream().<Operand>map(Literal::new).toList();
    return switch (operator) {
      case "NULL" -> new Function("attribute_not_exists", List.of(at));
      case "NOT_NULL" -> new Function("attribute_exists", List.of(at));
      case "BETWEEN" -> new Between(at, literals.get(0), literals.get(1));
      case "IN" -> new Condition.In(at, literals);
      case "BEGINS_WITH" -> new Function("begins_with", List.of(at, literals.get(0)));
      case "CONTAINS" -> new Function("contains", List.of(at, literals.get(0)));
      case "NOT_CONTAINS" ->
          new Condition.And(
              new Function("attribute_exists", List.of(at)),
              new Condition.Not(new Function("contains", List.of(at, literals.get(0)))));
      default -> new Compare(COMPARATORS.get(operator), at, literals.get(0));
    };
  }
}
