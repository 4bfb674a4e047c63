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
    return or(and(not()));
  }

  private Object or(Object first) {
    Object left = first;
    while (in.takeKeyword("OR")) {
      in.countOperator();
      left = new Condition.Or(condition(left), condition(and(not())));
    }
    return left;
  }

  private Object and(Object first) {
    Object left = first;
    while (in.takeKeyword("AND")) {
      in.countOperator();
      left = new Condition.And(condition(left), condition(not()));
    }
    return left;
  }

  private Object not() {
    int negations = 0;
    while (in.takeKeyword("NOT")) {
      in.countOperator();
      negations++;
    }
    Object parsed = clause(primary());
    for (; negations > 0; negations--) {
      parsed = new Condition.Not(condition(parsed));
    }
    return parsed;
  }

  private Object clause(Object left) {
    Object parsed = comparison(left);
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
      return group();
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

  /**
   * Takes parentheses that open together at once, so that no number of them ends the stack. One
   * around nothing but another is refused.
   */
  private Object group() {
    int open = 0;
    while (in.take("(")) {
      open++;
    }
    in.enter();
    Object inner = or();
    in.leave();
    in.expect(")");
    for (; open > 1; open--) {
      if (in.peek().is(")")) {
        in.problems.note(Rank.PARENTHESES, "The expression has redundant parentheses;");
      } else {
        inner = or(and(clause(onward(inner))));
      }
      in.expect(")");
    }
    return onward(inner);
  }

  /** A path in parentheses may go on behind them. */
  private Object onward(Object inner) {
    return inner instanceof Operand.At at ? new Operand.At(in.path(at.path())) : inner;
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
    in.enter();
    List<Operand> arguments = arguments();
    in.leave();
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
