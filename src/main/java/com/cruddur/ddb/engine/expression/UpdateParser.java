package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Problems.Rank;
import com.cruddur.ddb.engine.expression.Token.Kind;
import com.cruddur.ddb.engine.expression.Update.Action;
import com.cruddur.ddb.engine.item.AttributeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Parses update expressions. */
final class UpdateParser {

  private static final Map<String, String> TYPE_NAMES =
      Map.of(
          "S", "STRING",
          "N", "NUMBER",
          "B", "BINARY",
          "NULL", "NULL",
          "BOOL", "BOOLEAN",
          "L", "LIST",
          "M", "MAP");

  private final ExpressionReader in;
  private final OperandChecks checks;
  private final PathSet paths;
  private final Set<String> sections = new HashSet<>();
  private final List<Action> actions = new ArrayList<>();

  private UpdateParser(ExpressionReader in) {
    this.in = in;
    this.checks = new OperandChecks(in.problems);
    this.paths = new PathSet(in.problems);
  }

  static Update parse(String text, Placeholders placeholders) {
    ExpressionReader in = new ExpressionReader("UpdateExpression", text, placeholders);
    UpdateParser parser = new UpdateParser(in);
    do {
      parser.section();
    } while (in.peek().kind() != Kind.END);
    in.end();
    return new Update(parser.actions);
  }

  private void section() {
    String section = in.peek().kind() == Kind.WORD ? in.peek().text() : "";
    switch (section.toUpperCase(Locale.ROOT)) {
      case "SET" -> actions("SET", this::set);
      case "REMOVE" -> actions("REMOVE", path -> null);
      case "ADD" -> actions("ADD", path -> new UpdateOperand.Added(path, operand("ADD"), false));
      case "DELETE" ->
          actions("DELETE", path -> new UpdateOperand.Deleted(path, operand("DELETE"), false));
      default -> throw in.syntaxError();
    }
  }

  /** What stands behind the path of an action. */
  private interface RightSide {
    Operand read(Path path);
  }

  private void actions(String section, RightSide rightSide) {
    in.next();
    if (!sections.add(section)) {
      in.problems.note(
          Rank.SECTION,
          "The \"" + section + "\" section can only be used once in an update expression;");
    }
    do {
      in.countOperator();
      Path path = in.path();
      paths.add(path);
      actions.add(new Action(path, rightSide.read(path)));
    } while (in.take(","));
  }

  private AttributeValue operand(String operator) {
    AttributeValue value = in.literal().literal();
    String type = value == null ? null : TYPE_NAMES.get(value.type());
    if (type != null && !(operator.equals("ADD") && type.equals("NUMBER"))) {
      in.problems.note(
          Rank.ADDED_TYPE,
          "Incorrect operand type for operator or function; operator: "
              + operator
              + ", operand type: "
              + type
              + ", typeSet: ALLOWED_FOR_"
              + operator
              + "_OPERAND");
    }
    return value;
  }

  private Operand set(Path path) {
    in.expect("=");
    return value();
  }

  private Operand value() {
    Operand left = operand();
    String operator = in.peek().text();
    if (!in.take("+") && !in.take("-")) {
      return left;
    }
    in.countOperator();
    Operand right = operand();
    checks.sum(operator, left, right);
    return new UpdateOperand.Sum(left, right, operator.equals("-"));
  }

  private Operand operand() {
    if (in.take("(")) {
      in.enter();
      Operand inner = value();
      in.leave();
      in.expect(")");
      return inner;
    }
    if (in.peek().kind() == Kind.VALUE) {
      return in.literal();
    }
    return in.peek().kind() == Kind.WORD && in.peekSecond().is("(")
        ? function()
        : new Operand.At(in.path());
  }

  private Operand function() {
    String name = in.next().text();
    in.countOperator();
    in.enter();
    List<Operand> arguments = new ArrayList<>();
    in.expect("(");
    do {
      arguments.add(operand());
    } while (in.take(","));
    in.expect(")");
    in.leave();
    if (!name.equals("if_not_exists") && !name.equals("list_append")) {
      in.problems.note(
          Rank.FUNCTION_NAME,
          OperandChecks.isOfConditions(name)
              ? "The function is not allowed in an update expression; function: " + name
              : "Invalid function name; function: " + name);
      return arguments.get(0);
    }
    if (arguments.size() != 2) {
      checks.count(name, arguments);
      return arguments.get(0);
    }
    checks.updateFunction(name, arguments);
    if (name.equals("list_append")) {
      if (arguments.stream().anyMatch(UpdateOperand.ListAppend.class::isInstance)) {
        in.problems.misplaced(name);
      }
      return new UpdateOperand.ListAppend(arguments.get(0), arguments.get(1));
    }
    return new UpdateOperand.IfNotExists(arguments.get(0), arguments.get(1));
  }
}
