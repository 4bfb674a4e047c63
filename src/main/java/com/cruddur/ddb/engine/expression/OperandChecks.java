package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Problems.Rank;
import com.cruddur.ddb.engine.item.AttributeOrder;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What AWS checks of operands before it looks at any item: their number, types and bounds. */
public final class OperandChecks {

  private static final int MAX_CHOICES = 100;
  private static final Map<String, Integer> FUNCTIONS =
      Map.of(
          "attribute_exists", 1,
          "attribute_not_exists", 1,
          "attribute_type", 2,
          "begins_with", 2,
          "contains", 2,
          "size", 1);
  private static final Set<String> UPDATE_FUNCTIONS = Set.of("if_not_exists", "list_append");
  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M");
  private static final Set<String> ORDERED = Set.of("S", "N", "B");
  private static final Set<String> TEXTS = Set.of("S", "B");
  private static final Set<String> SIZED = Set.of("S", "B", "SS", "NS", "BS", "L", "M");

  private final Problems problems;

  /** Checks that note what they find. */
  public OperandChecks(Problems problems) {
    this.problems = problems;
  }

  /** Operands of a comparison. */
  public void comparison(String operator, Operand left, Operand right) {
    distinct(operator, left, right);
    if (!operator.equals("=") && !operator.equals("<>")) {
      allowOnly(ORDERED, operator, List.of(left, right));
    }
  }

  /** Operands of BETWEEN. */
  public void between(Operand value, Operand low, Operand high) {
    allowOnly(ORDERED, "BETWEEN", List.of(value, low, high));
    AttributeValue from = literal(low);
    AttributeValue to = literal(high);
    if (from == null || to == null) {
      return;
    }
    String bounds =
        "; lower bound operand: AttributeValue: "
            + describe(from)
            + ", upper bound operand: AttributeValue: "
            + describe(to);
    if (!from.type().equals(to.type())) {
      problems.note(
          Rank.OPERAND_TYPE,
          "The BETWEEN operator requires same data type for lower and upper bounds" + bounds);
    } else if (AttributeOrder.isOrdered(from) && AttributeOrder.compare(from, to) > 0) {
      problems.note(
          Rank.OPERAND_TYPE,
          "The BETWEEN operator requires upper bound to be greater than or equal to lower bound"
              + bounds);
    }
  }

  private static AttributeValue literal(Operand operand) {
    return operand instanceof Operand.Literal literal ? literal.literal() : null;
  }

  /** As AWS writes values in messages, for example {@code {S:text}}. */
  private static String describe(AttributeValue value) {
    String text =
        value instanceof S s
            ? s.value()
            : value instanceof N n ? n.text() : value instanceof B b ? b.toString() : "";
    return "{" + value.type() + ":" + text + "}";
  }

  /** Operands of a sum or a difference. */
  public void sum(String operator, Operand left, Operand right) {
    allowOnly(Set.of("N"), operator, List.of(left, right));
  }

  /** Operands of IN. */
  public void choices(List<Operand> choices) {
    if (choices.size() > MAX_CHOICES) {
      problems.note(
          Rank.OPERAND_COUNT,
          "The IN operator is provided with too many operands; number of operands: "
              + choices.size());
    }
  }

  /** Whether conditions have a function of this name. */
  static boolean isOfConditions(String name) {
    return FUNCTIONS.containsKey(name);
  }

  /** Name and operands of a function of conditions. */
  public void function(String name, List<Operand> arguments) {
    Integer count = FUNCTIONS.get(name);
    if (count == null) {
      problems.note(
          Rank.FUNCTION_NAME,
          UPDATE_FUNCTIONS.contains(name)
              ? "The function is not allowed in a condition expression; function: " + name
              : "Invalid function name; function: " + name);
    } else if (count != arguments.size()) {
      count(name, arguments);
    } else {
      types(name, arguments);
    }
  }

  /** Two operands of a function of updates. */
  public void updateFunction(String name, List<Operand> arguments) {
    if (name.equals("list_append")) {
      allowOnly(Set.of("L"), name, arguments);
    } else {
      path(name, arguments.get(0));
    }
  }

  void count(String name, List<Operand> arguments) {
    problems.note(
        Rank.OPERAND_COUNT,
        "Incorrect number of operands for operator or function; operator or function: "
            + name
            + ", number of operands: "
            + arguments.size());
  }

  private void types(String name, List<Operand> arguments) {
    if (arguments.size() == 2) {
      distinct(name, arguments.get(0), arguments.get(1));
    }
    switch (name) {
      case "attribute_exists", "attribute_not_exists" -> path(name, arguments.get(0));
      case "begins_with" -> allowOnly(TEXTS, name, arguments);
      case "size" -> allowOnly(SIZED, name, arguments);
      case "attribute_type" -> type(arguments.get(1));
      default -> {
        // contains takes operands of any type.
      }
    }
  }

  private void type(Operand operand) {
    AttributeValue literal = literal(operand);
    if (literal instanceof S s) {
      if (!TYPES.contains(s.value())) {
        problems.note(
            Rank.OPERAND_TYPE,
            "Invalid attribute type name found; type: "
                + s.value()
                + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
      }
    } else {
      String type = operand.staticType();
      wrongType("attribute_type", type == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : type);
    }
  }

  private void path(String name, Operand operand) {
    if (!(operand instanceof Operand.At)) {
      problems.note(
          Rank.OPERAND_TYPE,
          "Operator or function requires a document path; operator or function: " + name);
    }
  }

  private void allowOnly(Set<String> types, String operator, List<Operand> operands) {
    for (Operand operand : operands) {
      String type = operand.staticType();
      if (type != null && !types.contains(type)) {
        wrongType(operator, type);
        return;
      }
    }
  }

  private void wrongType(String operator, String type) {
    problems.note(
        Rank.OPERAND_TYPE,
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }

  private void distinct(String operator, Operand left, Operand right) {
    if (left instanceof Operand.At a && a.equals(right)) {
      problems.note(
          Rank.SAME_OPERANDS,
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + a.path());
    }
  }
}
