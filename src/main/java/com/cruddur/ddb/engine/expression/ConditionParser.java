package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Problems.Rank;
import com.cruddur.ddb.engine.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses condition, filter and key condition expressions.
 *
 * <p>A parenthesis can open a condition or an operand, which only shows later; so the steps return
 * an {@code Object} that is either, and the place that needs one of them asks.
 */
final class ConditionParser {

  private static final Set<String> COMPARATORS = Set.of("=", "<>", "<", "<=", ">", ">=");

  private final ExpressionReader in;
  private final OperandChecks checks;

  /** Where the last parenthesis stood that was closed, and what follows it. */
  private int groupStart = -1;

  private int groupEnd = -1;

  private ConditionParser(ExpressionReader in) {
    this.in = in;
    this.checks = new OperandChecks(in.problems);
  }

  static Condition parse(String kind, String text, Placeholders placeholders) {
    ExpressionReader in = new ExpressionReader(kind, text, placeholders);
    ConditionParser parser = new ConditionParser(in);
    Condition condition = parser.condition(parser.or());
    in.end();
    return condition;
  }

  private Object or() {
    Object left = and();
    while (in.takeKeyword("OR")) {
      in.countOperator();
      left = new Condition.Or(condition(left), condition(and()));
    }
    return left;
  }

  private Object and() {
    Object left = not();
    while (in.takeKeyword("AND")) {
      in.countOperator();
      left = new Condition.And(condition(left), condition(not()));
    }
    return left;
  }

  private Object not() {
    if (in.takeKeyword("NOT")) {
      in.countOperator();
      in.enter();
      Condition condition = condition(not());
      in.leave();
      return new Condition.Not(condition);
    }
    return comparison();
  }

  private Object comparison() {
    Object parsed = comparison(primary());
    in.problems.nextClause();
    return parsed;
  }

  private Object comparison(Object left) {
    Token token = in.peek();
    if (token.kind() == Kind.SIGN && COMPARATORS.contains(token.text())) {
      in.next();
      in.countOperator();
      Operand a = operand(left);
      Operand b = operand(primary());
      checks.comparison(token.text(), a, b);
      return new Condition.Compare(token.text(), a, b);
    } else if (in.takeKeyword("BETWEEN")) {
      in.countOperator();
      Operand value = operand(left);
      Operand low = operand(primary());
      if (!in.takeKeyword("AND")) {
        throw in.syntaxError();
      }
      Operand high = operand(primary());
      checks.between(value, low, high);
      return new Condition.Between(value, low, high);
    } else if (in.takeKeyword("IN")) {
      in.countOperator();
      Operand value = operand(left);
      List<Operand> choices = arguments();
      checks.choices(choices);
      return new Condition.In(value, choices);
    }
    return left;
  }

  private Object primary() {
    Token token = in.peek();
    if (token.is("(")) {
      Object inner = group();
      return inner instanceof Operand.At at ? new Operand.At(in.path(at.path())) : inner;
    }
    if (token.kind() == Kind.VALUE) {
      return in.literal();
    }
    if (!in.atPath() || isOperatorWord(token)) {
      throw in.syntaxError();
    }
    return token.kind() == Kind.WORD && in.peekSecond().is("(")
        ? function()
        : new Operand.At(in.path());
  }

  private static boolean isOperatorWord(Token token) {
    return token.isKeyword("AND")
        || token.isKeyword("OR")
        || token.isKeyword("NOT")
        || token.isKeyword("BETWEEN")
        || token.isKeyword("IN");
  }

  /** A parenthesis around nothing but another parenthesis is refused. */
  private Object group() {
    int start = in.position();
    in.expect("(");
    in.enter();
    int innerStart = in.position();
    Object inner = or();
    if (groupStart == innerStart && groupEnd == in.position()) {
      in.problems.note(Rank.PARENTHESES, "The expression has redundant parentheses;");
    }
    in.leave();
    in.expect(")");
    groupStart = start;
    groupEnd = in.position();
    return inner;
  }

  private List<Operand> arguments() {
    in.expect("(");
    List<Operand> arguments = new ArrayList<>();
    do {
      arguments.add(operand(primary()));
    } while (in.take(","));
    in.expect(")");
    return arguments;
  }

  private Object function() {
    String name = in.next().text();
    in.countOperator();
    List<Operand> arguments = arguments();
    checks.function(name, arguments);
    return name.equals("size")
        ? new Operand.Size(arguments.get(0))
        : new Condition.Function(name, arguments);
  }

  private Condition condition(Object parsed) {
    if (parsed instanceof Condition condition) {
      return condition;
    }
    if (!(parsed instanceof Operand.Size)) {
      throw in.syntaxError();
    }
    in.problems.misplaced("size");
    return new Condition.Function("attribute_exists", List.of((Operand) parsed));
  }

  private Operand operand(Object parsed) {
    if (parsed instanceof Operand operand) {
      return operand;
    }
    if (!(parsed instanceof Condition.Function function)) {
      throw in.syntaxError();
    }
    in.problems.misplaced(function.name());
    return new Operand.Literal(null);
  }
}
