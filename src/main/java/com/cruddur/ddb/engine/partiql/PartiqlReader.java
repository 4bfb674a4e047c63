package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads what all statements are made of: keywords, names, paths and values. */
final class PartiqlReader {

  private static final int MAX_NESTING = 200;

  /** What AWS calls signs that it misses. */
  private static final Map<String, String> SIGNS =
      Map.of(
          "(", "LEFT_PAREN",
          ")", "RIGHT_PAREN",
          "]", "RIGHT_BRACKET",
          "}", "RIGHT_CURLY",
          ">>", "RIGHT_DOUBLE_ANGLE_BRACKET",
          ":", "COLON");

  private final String text;
  private final List<Token> tokens;
  private final PartiqlValues values;
  private int at;
  private int nesting;

  PartiqlReader(String text, List<AttributeValue> parameters) {
    this.text = text;
    this.tokens = PartiqlLexer.tokens(text);
    this.values = new PartiqlValues(this, parameters);
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** Steps over the next token, unless it is the end. */
  Token next() {
    Token token = peek();
    at += token.kind() == Kind.END ? 0 : 1;
    return token;
  }

  boolean take(String sign) {
    boolean is = peek().is(sign);
    at += is ? 1 : 0;
    return is;
  }

  boolean takeKeyword(String keyword) {
    boolean is = peek().isKeyword(keyword);
    at += is ? 1 : 0;
    return is;
  }

  void expect(String sign) {
    if (!take(sign)) {
      throw PartiqlParser.malformed("Expected " + SIGNS.getOrDefault(sign, "'" + sign + "'"));
    }
  }

  /** Something must stand behind an operator. */
  void expectRight() {
    if (peek().kind() == Kind.END) {
      throw PartiqlParser.malformed("Missing right-hand side expression of infix operator");
    }
  }

  void expectKeyword(String keyword) {
    if (!takeKeyword(keyword)) {
      throw unexpected();
    }
  }

  /** Whether a name with an opening bracket behind it stands next. */
  boolean atFunction() {
    return peek().kind() == Kind.WORD && peekSecond().is("(");
  }

  /** Reads over a column of a SELECT, whatever it is. */
  void skipColumn() {
    int open = 0;
    while (peek().kind() != Kind.END
        && (open > 0 || !(peek().is(",") || peek().isKeyword("FROM")))) {
      Token token = next();
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
  }

  /** The refusal of a token, with its line, column and length. */
  EngineException refused(String message, Token token) {
    String before = text.substring(0, token.start());
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = token.start() - before.lastIndexOf('\n');
    return EngineException.validation(
        message + " at " + line + ":" + column + ":" + token.length());
  }

  EngineException unexpected() {
    return PartiqlParser.malformed("Unexpected term");
  }

  /** The refusal of what stands where a value, a path or a condition should. */
  private EngineException noTerm() {
    if (PartiqlWords.isOperator(peek())) {
      return PartiqlParser.malformed("Unexpected operator");
    }
    return PartiqlWords.isKeyword(peek())
        ? PartiqlParser.malformed("Unexpected keyword")
        : unexpected();
  }

  String word() {
    if (peek().kind() != Kind.WORD) {
      throw unexpected();
    }
    return next().text();
  }

  /** The whole statement and all parameters must have been read. */
  void end() {
    boolean closed = take(";");
    if (peek().kind() != Kind.END) {
      throw PartiqlParser.malformed(
          closed
              ? "Unexpected token after semicolon. (Only one query is allowed.)"
              : "Unexpected token after expression");
    }
    values.end();
  }

  /** Goes one level deeper, as deep as no sensible statement does. */
  void enter() {
    nesting++;
    if (nesting > MAX_NESTING) {
      throw unexpected();
    }
  }

  void leave() {
    nesting--;
  }

  /**
   * The table that a statement changes, which may have no index behind it.
   *
   * @param refusal what is said of an index
   */
  String changed(String refusal) {
    if (!atName()) {
      throw PartiqlParser.malformed("Expected identifier for simple path");
    }
    List<String> names = table();
    if (names.size() > 1) {
      throw EngineException.validation(refusal);
    }
    return names.get(0);
  }

  /** A table, and an index behind a dot. */
  List<String> table() {
    List<String> names = new ArrayList<>();
    names.add(first());
    while (take(".")) {
      names.add(afterDot());
    }
    if (names.size() > 2) {
      throw EngineException.validation(
          "A path may contain at most 2 components in the FROM clause");
    }
    return names;
  }

  /** Refuses an alias: a name which is none of the words that may follow. */
  void refuseAlias(String... follow) {
    boolean follows = Arrays.stream(follow).anyMatch(peek()::isKeyword);
    boolean alias = peek().isKeyword("AS") || peek().isKeyword("AT") || peek().isKeyword("BY");
    if (alias || !follows && atName()) {
      throw EngineException.validation("Aliasing is not supported");
    }
  }

  /** Whether a name stands next. */
  boolean atName() {
    return peek().kind() == Kind.QUOTED || PartiqlWords.isName(peek());
  }

  private String first() {
    if (!atName()) {
      throw noTerm();
    }
    return component();
  }

  private String afterDot() {
    if (!atName()) {
      throw PartiqlParser.malformed("Invalid path dot component");
    }
    return component();
  }

  /** One name of a path, in whatever quotes. */
  private String component() {
    String name = next().text();
    if (name.isEmpty()) {
      throw EngineException.validation("Path component cannot be an empty string");
    }
    return name;
  }

  /** The path of what an UPDATE changes. */
  Path target() {
    if (!atName()) {
      throw PartiqlParser.malformed("Expected identifier for simple path");
    }
    return path();
  }

  Path path() {
    List<Object> steps = new ArrayList<>();
    steps.add(first());
    while (true) {
      if (take(".")) {
        steps.add(afterDot());
      } else if (take("[")) {
        steps.add(step());
        expect("]");
      } else {
        return new Path(steps);
      }
    }
  }

  private Object step() {
    if (peek().kind() == Kind.TEXT) {
      return component();
    }
    String sign = take("-") ? "-" : "";
    Token token = next();
    if (token.kind() != Kind.NUMBER) {
      throw unexpected();
    }
    int index = -1;
    try {
      index = Integer.parseInt(sign + token.text());
    } catch (NumberFormatException e) {
      // It is refused below.
    }
    if (index < 0) {
      String written = sign + token.text();
      throw refused(
          "List index is not within the allowable range; index: [" + written + "]", token);
    }
    return index;
  }

  /** Whether a value, not a path, stands next. */
  boolean atValue() {
    return values.isNext();
  }

  /** The item that stands next, which an INSERT writes. */
  AttributeValue item() {
    return values.item();
  }

  /** The value that stands next. */
  AttributeValue value() {
    return values.read();
  }
}
