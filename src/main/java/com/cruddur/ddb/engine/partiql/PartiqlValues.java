package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.Decimal;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Kind;
import com.cruddur.ddb.engine.partiql.PartiqlLexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values as statements write them, and puts parameters in the place of question marks. */
final class PartiqlValues {

  private static final int MAX_DEPTH = 31;

  private final PartiqlReader in;
  private final List<AttributeValue> parameters;
  private int parameter;

  /** The numbers that were read, as the statement has them. */
  private final List<String> written = new ArrayList<>();

  /** How deep in the value of an attribute the next value stands. */
  private int depth;

  /** Where in the value of an attribute the next value stands, as AWS's messages tell it. */
  private String where = "root";

  PartiqlValues(PartiqlReader in, List<AttributeValue> parameters) {
    this.in = in;
    this.parameters = parameters;
  }

  /** Refuses parameters that no question mark stood for. */
  void end() {
    if (parameter != parameters.size()) {
      throw wrongParameters();
    }
  }

  private static EngineException wrongParameters() {
    return EngineException.validation("Number of parameters in request and statement don't match.");
  }

  /** Whether a value, not a path, stands next. */
  boolean isNext() {
    Token token = in.peek();
    return token.kind() == Kind.TEXT
        || token.kind() == Kind.NUMBER
        || token.is("?")
        || token.is("-")
        || token.is("+")
        || token.is("[")
        || token.is("{")
        || token.is("<<")
        || token.isKeyword("TRUE")
        || token.isKeyword("FALSE")
        || token.isKeyword("NULL");
  }

  /** An item: a tuple, each entry of which is the value of an attribute. */
  AttributeValue item() {
    return in.take("{") ? new M(tuple(true)) : read();
  }

  AttributeValue read() {
    if (in.atFunction()) {
      throw in.refused(
          "Unsupported data type: " + in.peek().text() + " under key " + where, in.peek());
    }
    if (!isNext()) {
      throw in.unexpected();
    }
    Token token = in.next();
    if (token.kind() == Kind.TEXT) {
      return new S(token.text());
    } else if (token.kind() == Kind.NUMBER) {
      return number(token.text());
    } else if (token.kind() == Kind.WORD) {
      return token.isKeyword("NULL") ? new Null() : new Bool(token.isKeyword("TRUE"));
    }
    return switch (token.text()) {
      case "?" -> parameter(token);
      case "-", "+" -> signed(token);
      case "[" -> new L(values("]"));
      case "<<" -> set();
      default -> new M(tuple(false));
    };
  }

  /** A number with one sign or several. */
  private N signed(Token sign) {
    boolean minus = false;
    Token token = sign;
    while (token.is("-") || token.is("+")) {
      minus ^= token.is("-");
      token = in.next();
    }
    if (token.kind() != Kind.NUMBER) {
      throw in.unexpected();
    }
    return number((minus ? "-" : "") + token.text());
  }

  private N number(String text) {
    written.add(text);
    try {
      Decimal.refuseLongExponent(text);
      return new N(text);
    } catch (EngineException refused) {
      throw isReadable(text)
          ? EngineException.validation(refused.getMessage() + " under " + where)
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

  private AttributeValue parameter(Token token) {
    if (!where.equals("root")) {
      throw in.refused("Unsupported data type: Parameter under key " + where, token);
    }
    if (parameter == parameters.size()) {
      throw wrongParameters();
    }
    return parameters.get(parameter++);
  }

  private List<AttributeValue> values(String end) {
    List<AttributeValue> values = new ArrayList<>();
    in.enter();
    while (!in.take(end)) {
      if (!values.isEmpty()) {
        in.expect(",");
      }
      values.add(within("[" + values.size() + "]"));
    }
    in.leave();
    return values;
  }

  private AttributeValue set() {
    int first = written.size();
    List<AttributeValue> members = values(">>");
    if (members.isEmpty()) {
      throw EngineException.validation("Empty bags are not supported");
    }
    String type = members.get(0).type();
    boolean same = members.stream().allMatch(member -> member.type().equals(type));
    if (!same || !"SN".contains(type)) {
      throw EngineException.validation(
          "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
    }
    if (new HashSet<>(members).size() < members.size()) {
      boolean numbers = type.equals("N");
      throw EngineException.invalid(
          "Input collection %s%s",
          numbers ? written.subList(first, written.size()) : texts(members),
          numbers ? " contains duplicates! under " + where : " contains duplicates.");
    }
    return SetValue.of(type + "S", members);
  }

  private static List<String> texts(List<AttributeValue> members) {
    return members.stream().map(each -> each instanceof S s ? s.value() : each.toString()).toList();
  }

  /** Reads a value that stands within another one. */
  private AttributeValue within(String step) {
    String outer = where;
    where = outer + step;
    depth++;
    if (depth > MAX_DEPTH) {
      throw EngineException.validation(
          "Nesting Levels have exceeded supported limits under %s", where);
    }
    AttributeValue value = read();
    depth--;
    where = outer;
    return value;
  }

  private Map<String, AttributeValue> tuple(boolean item) {
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    in.enter();
    while (!in.take("}")) {
      if (!entries.isEmpty()) {
        in.expect(",");
      }
      if (in.peek().kind() != Kind.TEXT && in.peek().kind() != Kind.QUOTED) {
        throw in.unexpected();
      }
      String name = in.next().text();
      if (name.isEmpty()) {
        throw EngineException.validation("Empty attribute name");
      }
      in.expect(":");
      entries.put(name, item ? read() : within("." + name));
    }
    in.leave();
    return entries;
  }
}
