package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Problems.Rank;
import com.cruddur.ddb.engine.expression.Token.Kind;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the tokens of one expression: what all kinds of expressions have in common. */
final class ExpressionReader {

  private static final int MAX_BYTES = 4096;
  private static final int MAX_OPERATORS = 300;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NESTING = 500;
  private static final List<String> SECTIONS = List.of("SET", "REMOVE", "ADD", "DELETE");

  /** Only of these AWS tells how large they are. */
  private static final Set<String> TELL_SIZE = Set.of("ConditionExpression", "FilterExpression");

  final Problems problems;
  private final String text;
  private final boolean updates;
  private final Placeholders placeholders;
  private final List<Token> tokens;
  private int at;
  private int operators;
  private int nesting;

  ExpressionReader(String kind, String text, Placeholders placeholders) {
    this.problems = new Problems(kind);
    this.text = text;
    this.updates = kind.equals("UpdateExpression");
    this.placeholders = placeholders;
    if (text.isEmpty()) {
      throw problems.refusal("The expression can not be empty;");
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_BYTES) {
      throw problems.refusal(
          "Expression size has exceeded the maximum allowed size;"
              + (TELL_SIZE.contains(kind) ? " expression size: " + size : ""));
    }
    tokens = Lexer.tokens(text);
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    return tokens.get(at++);
  }

  /** Takes the sign if it is next. */
  boolean take(String sign) {
    boolean is = peek().is(sign);
    at += is ? 1 : 0;
    return is;
  }

  /** Takes the keyword if it is next. */
  boolean takeKeyword(String keyword) {
    boolean is = peek().isKeyword(keyword);
    at += is ? 1 : 0;
    return is;
  }

  void expect(String sign) {
    if (!take(sign)) {
      throw syntaxError();
    }
  }

  /** Ends the expression: nothing may follow, and nothing may be wrong with it. */
  void end() {
    if (peek().kind() != Kind.END) {
      throw syntaxError();
    }
    problems.complain();
  }

  /** The refusal of the next token, shown with its neighbours. */
  EngineException syntaxError() {
    Token token = tokens.get(at);
    int from = at == 0 ? token.start() : tokens.get(at - 1).start();
    int to = tokens.get(Math.min(at + 1, tokens.size() - 1)).end();
    return problems.refusal(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + text.substring(from, to).strip()
            + "\"");
  }

  /** Counts an operator or function; AWS allows 300 in one expression. */
  void countOperator() {
    operators++;
    if (operators > MAX_OPERATORS) {
      throw problems.refusal(
          "The expression contains too many operators; operator count: " + operators);
    }
  }

  /** Goes one parenthesis or function deeper, and refuses what would end the stack. */
  void enter() {
    nesting++;
    if (nesting > MAX_NESTING) {
      throw syntaxError();
    }
  }

  void leave() {
    nesting--;
  }

  /** Whether a document path can begin here. */
  boolean atPath() {
    return peek().kind() == Kind.WORD || peek().kind() == Kind.NAME;
  }

  Path path() {
    List<Object> steps = new ArrayList<>();
    steps.add(name());
    return path(steps);
  }

  /** The path that goes on from another one, which stood in parentheses. */
  Path path(Path from) {
    return path(new ArrayList<>(from.steps()));
  }

  private Path path(List<Object> steps) {
    while (true) {
      if (take(".")) {
        steps.add(name());
      } else if (take("[")) {
        steps.add(index());
        expect("]");
      } else {
        break;
      }
    }
    if (steps.size() > MAX_DEPTH) {
      throw problems.refusal(
          "The document path has too many nesting levels; nesting levels: " + steps.size());
    }
    return new Path(steps);
  }

  private String name() {
    if (!atPath() || isSection(peek())) {
      throw syntaxError();
    }
    Token token = next();
    if (token.kind() == Kind.WORD) {
      if (ReservedWords.contains(token.text())) {
        problems.note(
            Rank.RESERVED_WORD,
            "Attribute name is a reserved keyword; reserved keyword: " + token.text());
      }
      return token.text();
    }
    String name = placeholders.name(token.text());
    if (name == null) {
      problems.note(
          Rank.NAME,
          "An expression attribute name used in the document path is not defined; attribute name: "
              + token.text());
      return token.text();
    }
    return name;
  }

  /** Whether the token begins a section of an update, and can be no name there. */
  private boolean isSection(Token token) {
    return updates && SECTIONS.stream().anyMatch(token::isKeyword);
  }

  private int index() {
    Token token = peek();
    if (token.kind() != Kind.NUMBER) {
      throw syntaxError();
    }
    at++;
    try {
      return Integer.parseInt(token.text());
    } catch (NumberFormatException e) {
      throw problems.refusal(
          "List index is not within the allowable range; index: [" + token.text() + "]");
    }
  }

  /** The value of the placeholder that is next. */
  Operand.Literal literal() {
    if (peek().kind() != Kind.VALUE) {
      throw syntaxError();
    }
    String placeholder = next().text();
    AttributeValue value = placeholders.value(placeholder);
    if (value == null) {
      problems.note(
          Rank.VALUE,
          "An expression attribute value used in expression is not defined; attribute value: "
              + placeholder);
    }
    return new Operand.Literal(value);
  }
}
