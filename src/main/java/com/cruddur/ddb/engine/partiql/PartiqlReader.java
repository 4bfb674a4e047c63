package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what all statements are made of: keywords, names, paths and values. */
final class PartiqlReader {

  private static final int MAX_NESTING = 200;

  private final List<Token> tokens;
  private final List<AttributeValue> parameters;
  private int at;
  private int parameter;
  private int nesting;

  PartiqlReader(String text, List<AttributeValue> parameters) {
    this.tokens = PartiqlLexer.tokens(text);
    this.parameters = parameters;
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
    if (parameter != parameters.size()) {
      throw wrongParameters();
    }
  }

  private static EngineException wrongParameters() {
    return EngineException.validation("Number of parameters in request and statement don't match.");
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
    Token token = peek();
    return token.kind() == Kind.TEXT
        || token.kind() == Kind.NUMBER
        || token.is("?")
        || token.is("-")
        || token.is("[")
        || token.is("{")
        || token.is("<<")
        || token.isKeyword("TRUE")
        || token.isKeyword("FALSE")
        || token.isKeyword("NULL");
  }

  AttributeValue value() {
    if (!atValue()) {
      throw unexpected();
    }
    Token token = next();
    if (token.kind() == Kind.TEXT) {
      return new S(token.text());
    } else if (token.kind() == Kind.NUMBER) {
      return number(token.text());
    } else if (token.kind() == Kind.WORD) {
      return token.isKeyword("NULL") ? new Null() : new Bool(token.isKeyword("TRUE"));
    }
    return switch (token.text()) {
      case "?" -> parameter();
      case "-" -> number("-" + next().text());
      case "[" -> new L(values("]"));
      case "<<" -> set(values(">>"));
      default -> new M(tuple());
    };
  }

  /** AWS says where in a value a number stands; most are values by themselves. */
  private static N number(String text) {
    try {
      return new N(text);
    } catch (EngineException refused) {
      throw isReadable(text)
          ? EngineException.validation(refused.getMessage() + " under root")
          : PartiqlParser.malformed("");
    }
  }

  /** Whether AWS's parser can read the number at all: its exponent must fit into 32 bits. */
  private static boolean isReadable(String text) {
    try {
      return new BigDecimal(text).precision() > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private AttributeValue parameter() {
    if (parameter == parameters.size()) {
      throw wrongParameters();
    }
    return parameters.get(parameter++);
  }

  private List<AttributeValue> values(String end) {
    List<AttributeValue> values = new ArrayList<>();
    enter();
    while (!take(end)) {
      if (!values.isEmpty()) {
        expect(",");
      }
      values.add(value());
    }
    leave();
    return values;
  }

  private AttributeValue set(List<AttributeValue> members) {
    if (members.isEmpty()) {
      throw EngineException.validation("Empty bags are not supported");
    }
    String type = members.get(0).type();
    boolean same = members.stream().allMatch(member -> member.type().equals(type));
    if (!same || !"SNB".contains(type)) {
      throw EngineException.validation("Unsupported type of a set");
    }
    if (new HashSet<>(members).size() < members.size()) {
      throw EngineException.invalid("Input collection " + texts(members) + " contains duplicates.");
    }
    return SetValue.of(type + "S", members);
  }

  private static List<String> texts(List<AttributeValue> members) {
    return members.stream()
        .map(
            each ->
                each instanceof S s ? s.value() : each instanceof N n ? n.text() : each.toString())
        .toList();
  }

  private Map<String, AttributeValue> tuple() {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    enter();
    while (!take("}")) {
      if (!entries.isEmpty()) {
        expect(",");
      }
      if (peek().kind() != Kind.TEXT && peek().kind() != Kind.QUOTED) {
        throw unexpected();
      }
      String name = next().text();
      expect(":");
      entries.put(name, value());
    }
    leave();
    return entries;
  }
}
