package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Operand;
import com.cruddur.ddb.engine.expression.OperandChecks;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Problems;
import com.cruddur.ddb.engine.expression.UpdateOperand;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads WHERE clauses and the right sides of SET, into the trees that expressions become. */
final class PartiqlConditions {

  private static final Set<String> COMPARATORS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=");

  private static final List<String> CONDITIONS =
      List.of(
          "begins_with", "contains", "attribute_type", "attribute_exists", "attribute_not_exists");
  private static final List<String> ASSIGNMENTS =
      List.of("list_append", "if_not_exists", "set_add", "set_delete");

  /** Stands for an argument that is missing, which the checks have noted. */
  private static final Operand NOTHING = new Operand.Literal(new S(""));

  /** What IS calls the types of attributes. */
  private static final Map<String, String> TYPES =
      Map.of(
          "NULL", "NULL",
          "BOOL", "BOOL",
          "BOOLEAN", "BOOL",
          "STRING", "S",
          "NUMBER", "N",
          "BINARY", "B",
          "LIST", "L",
          "STRUCT", "M",
          "MAP", "M");

  private final PartiqlReader in;
  private final OperandChecks checks;

  PartiqlConditions(PartiqlReader in, Problems problems) {
    this.in = in;
    this.checks = new OperandChecks(problems);
  }

  Condition condition() {
    return condition(or());
  }

  /** What was read as an operand must be a condition. */
  private Condition condition(Operand operand) {
    if (operand instanceof Operand.Truth truth) {
      return truth.condition();
    }
    throw in.unexpected();
  }

  private Operand or() {
    Operand left = and();
    while (in.takeKeyword("OR")) {
      in.expectRight();
      left = new Operand.Truth(new Condition.Or(condition(left), condition(and())));
    }
    return left;
  }

  private Operand and() {
    Operand left = not();
    while (in.takeKeyword("AND")) {
      in.expectRight();
      left = new Operand.Truth(new Condition.And(condition(left), condition(not())));
    }
    return left;
  }

  private Operand not() {
    in.enter();
    Operand operand =
        in.takeKeyword("NOT")
            ? new Operand.Truth(new Condition.Not(condition(not())))
            : comparison();
    in.leave();
    return operand;
  }

  private Operand comparison() {
    Operand left = term();
    Condition compared = compared(left);
    while (compared != null) {
      left = new Operand.Truth(compared);
      compared = compared(left);
    }
    return left;
  }

  private Operand term() {
    if (in.take("(")) {
      Operand inner = or();
      in.expect(")");
      return inner;
    }
    if (isFunction(CONDITIONS)) {
      String name = in.next().text().toLowerCase(Locale.ROOT);
      List<Operand> arguments = arguments();
      checks.function(name, arguments);
      return new Operand.Truth(new Condition.Function(name, arguments));
    }
    return operand();
  }

  private boolean isFunction(List<String> names) {
    Token token = in.peek();
    return token.kind() == Kind.WORD
        && in.peekSecond().is("(")
        && names.contains(token.text().toLowerCase(Locale.ROOT));
  }

  /** The comparison that an operand begins, or null. */
  private Condition compared(Operand left) {
    Token token = in.peek();
    if (token.kind() == Kind.SIGN && COMPARATORS.contains(token.text())) {
      String operator = in.next().text().equals("!=") ? "<>" : token.text();
      in.expectRight();
      Operand right = term();
      checks.comparison(operator, left, right);
      return new Condition.Compare(operator, left, right);
    } else if (in.takeKeyword("IS")) {
      boolean not = in.takeKeyword("NOT");
      Condition is = is(left);
      return not ? new Condition.Not(is) : is;
    } else if (token.isKeyword("NOT")
        && (in.peekSecond().isKeyword("IN") || in.peekSecond().isKeyword("BETWEEN"))) {
      in.next();
      return new Condition.Not(among(left));
    }
    return among(left);
  }

  private Condition among(Operand left) {
    if (in.takeKeyword("BETWEEN")) {
      in.expectRight();
      Operand low = term();
      in.expectKeyword("AND");
      Operand high = term();
      checks.between(left, low, high);
      return new Condition.Between(left, low, high);
    } else if (in.takeKeyword("IN")) {
      in.expectRight();
      return new Condition.In(left, choices());
    }
    return null;
  }

  private Condition is(Operand left) {
    if (in.peek().isKeyword("MISSING")) {
      in.next();
      return new Condition.Function("attribute_not_exists", List.of(left));
    }
    String type = TYPES.get(type());
    if (type == null) {
      throw EngineException.validation("Unsupported operation: IsType");
    }
    return new Condition.Function(
        "attribute_type", List.of(left, new Operand.Literal(new S(type))));
  }

  /** The name of a type, which may have two words. */
  String type() {
    String name = in.peek().text() + in.peekSecond().text();
    boolean two = PartiqlWords.isType(name) && in.peekSecond().kind() == Kind.WORD;
    if (in.peek().kind() != Kind.WORD || !two && !PartiqlWords.isType(in.peek().text())) {
      throw PartiqlParser.malformed("Expected type name");
    }
    String first = in.next().text();
    return (two ? first + in.next().text() : first).toUpperCase(Locale.ROOT);
  }

  private List<Operand> choices() {
    String end = in.take("[") ? "]" : ")";
    if (end.equals(")")) {
      in.expect("(");
    }
    List<Operand> choices = new ArrayList<>();
    do {
      choices.add(term());
    } while (in.take(","));
    in.expect(end);
    checks.choices(choices);
    return choices;
  }

  private List<Operand> arguments() {
    in.expect("(");
    List<Operand> arguments = new ArrayList<>();
    if (in.take(")")) {
      return arguments;
    }
    do {
      arguments.add(term());
    } while (in.take(","));
    in.expect(")");
    return arguments;
  }

  private Operand operand() {
    if (in.atValue()) {
      return new Operand.Literal(in.value());
    }
    if (isFunction(List.of("size"))) {
      in.next();
      List<Operand> arguments = arguments();
      checks.function("size", arguments);
      return new Operand.Size(arguments.isEmpty() ? NOTHING : arguments.get(0));
    }
    if (in.atFunction()) {
      String name = in.peek().text().toLowerCase(Locale.ROOT);
      throw in.refused("Unrecognized function: " + name, in.peek());
    }
    return new Operand.At(in.path());
  }

  /** The right side of an assignment to a path. */
  Operand assigned(Path path) {
    Operand left = term(path);
    boolean minus = in.peek().is("-");
    if (!minus && !in.peek().is("+")) {
      return left;
    }
    in.next();
    in.expectRight();
    Operand right = term(path);
    checks.sum(minus ? "-" : "+", left, right);
    return new UpdateOperand.Sum(left, right, minus);
  }

  private Operand term(Path path) {
    if (!isFunction(ASSIGNMENTS)) {
      return operand();
    }
    Token function = in.next();
    String name = function.text().toLowerCase(Locale.ROOT);
    Token argument = in.peekSecond();
    List<Operand> arguments = arguments();
    if (name.startsWith("set_")) {
      return set(path, function, argument, arguments);
    }
    if (arguments.size() != 2) {
      throw EngineException.validation(
          "Incorrect number of operands for operator or function; operator or function: %s,"
              + " number of operands: %s",
          name, arguments.size());
    }
    Operand first = arguments.get(0);
    Operand second = arguments.get(1);
    checks.updateFunction(name, arguments);
    return name.equals("list_append")
        ? new UpdateOperand.ListAppend(first, second)
        : new UpdateOperand.IfNotExists(first, second);
  }

  /** A function that adds to or takes from the set at the path that it is assigned to. */
  private Operand set(Path path, Token function, Token argument, List<Operand> arguments) {
    String name = function.text().toUpperCase(Locale.ROOT);
    if (arguments.size() != 2) {
      throw in.refused(name + " must have exactly two arguments", function);
    }
    if (!arguments.get(0).equals(new Operand.At(path))) {
      throw in.refused(
          "The first argument to " + name + " must equal the assignment value", function);
    }
    if (arguments.get(1) instanceof Operand.Literal literal
        && literal.literal() instanceof SetValue members) {
      return name.equals("SET_ADD")
          ? new UpdateOperand.Added(path, members, false)
          : new UpdateOperand.Deleted(path, members, false);
    }
    throw in.refused("The second argument to " + name + " must be a value with type SET", argument);
  }
}
