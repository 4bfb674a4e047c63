package com.cruddur.ddb.engine.partiql;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads values as statements write them, and puts parameters in the place of question marks. */
final class PartiqlValues {

  private final PartiqlReader in;
  private final List<AttributeValue> parameters;
  private int parameter;

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
        || token.is("[")
        || token.is("{")
        || token.is("<<")
        || token.isKeyword("TRUE")
        || token.isKeyword("FALSE")
        || token.isKeyword("NULL");
  }

  AttributeValue read() {
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
      case "?" -> parameter();
      case "-" -> number("-" + in.next().text());
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
    in.enter();
    while (!in.take(end)) {
      if (!values.isEmpty()) {
        in.expect(",");
      }
      values.add(read());
    }
    in.leave();
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
    in.enter();
    while (!in.take("}")) {
      if (!entries.isEmpty()) {
        in.expect(",");
      }
      if (in.peek().kind() != Kind.TEXT && in.peek().kind() != Kind.QUOTED) {
        throw in.unexpected();
      }
      String name = in.next().text();
      in.expect(":");
      entries.put(name, read());
    }
    in.leave();
    return entries;
  }
}
