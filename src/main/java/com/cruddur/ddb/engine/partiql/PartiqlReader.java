package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what all statements are made of: keywords, names, paths and values. */
final class PartiqlReader {

  private static final int MAX_NESTING = 200;

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
      throw unexpected();
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

  String word() {
    if (peek().kind() != Kind.WORD) {
      throw unexpected();
    }
    return next().text();
  }

  /** The whole statement and all parameters must have been read. */
  void end() {
    take(";");
    if (peek().kind() != Kind.END) {
      throw PartiqlParser.malformed("Unexpected token after expression");
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

  /** A table, and an index behind a dot. */
  List<String> table() {
    List<String> names = new ArrayList<>();
    do {
      names.add(name());
    } while (take("."));
    if (names.contains("")) {
      throw EngineException.validation("Path component cannot be an empty string");
    }
    if (names.size() > 2) {
      throw EngineException.validation(
          "A path may contain at most 2 components in the FROM clause");
    }
    return names;
  }

  /** Refuses an alias of a table, which is whatever is none of the keywords that may follow. */
  void refuseAlias(String... keywords) {
    Token token = peek();
    boolean follows = Arrays.stream(keywords).anyMatch(token::isKeyword);
    if (!follows && (token.kind() == Kind.WORD || token.kind() == Kind.QUOTED)) {
      throw EngineException.validation("Aliasing is not supported");
    }
  }

  private String name() {
    if (peek().kind() != Kind.WORD && peek().kind() != Kind.QUOTED) {
      throw unexpected();
    }
    return next().text();
  }

  Path path() {
    List<Object> steps = new ArrayList<>();
    steps.add(name());
    while (true) {
      if (take(".")) {
        steps.add(name());
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
      return next().text();
    }
    if (peek().kind() != Kind.NUMBER) {
      throw unexpected();
    }
    try {
      return Integer.parseInt(next().text());
    } catch (NumberFormatException e) {
      throw EngineException.validation("List index is not within the allowable range");
    }
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
