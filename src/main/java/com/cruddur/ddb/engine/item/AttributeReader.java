package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads attribute values from JSON as it streams by.
 *
 * <p>JSON of the wrong shape is refused at once, as AWS does before it looks at anything else. A
 * value of the right shape that AWS refuses later, such as an empty set, becomes the first {@link
 * #problem}; what was read is then of no use, but the parser stands where it should.
 */
public final class AttributeReader {

  private static final AttributeValue NULL = new Null();
  private static final int MAX_JSON_DEPTH = 2 * AttributeValue.MAX_DEPTH + 64;

  private final JsonParser parser;
  private final boolean modern;
  private final boolean fullExponents;
  private EngineException noName;
  private EngineException problem;
  private EngineException noNestedName;
  private int depth;

  /** A reader that refuses in AWS's older words. */
  public AttributeReader(JsonParser parser) {
    this(parser, false, true);
  }

  /**
   * @param modern whether to refuse in AWS's newer words
   * @param fullExponents whether a number's exponent is read in full, as AWS's newer checks do
   */
  public AttributeReader(JsonParser parser, boolean modern, boolean fullExponents) {
    this.parser = parser;
    this.modern = modern;
    this.fullExponents = fullExponents;
  }

  /** What AWS would refuse first, or null. */
  public EngineException problem() {
    if (noName != null) {
      return noName;
    }
    return problem == null ? noNestedName : problem;
  }

  /** Throws the problem if there is one. */
  public void complain() {
    if (problem() != null) {
      throw problem();
    }
  }

  /** Reads the object of names and values that the parser stands on. */
  public Map<String, AttributeValue> map() throws IOException {
    JsonShapes.startObject(parser, "java.util.Map");
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Item.checkName(name);
      if (name.isEmpty() && depth == 0) {
        noName = EngineException.validation("Empty attribute name");
      } else if (name.isEmpty()) {
        noNestedName = EngineException.validation("Empty attribute name");
      }
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        note(empty());
      } else {
        map.put(name, value());
      }
    }
    return map;
  }

  /** Reads the value that the parser stands on; null together with a problem. */
  public AttributeValue value() throws IOException {
    JsonShapes.startObject(parser, "AttributeValue");
    AttributeValue value = null;
    boolean several = false;
    for (String type = parser.nextFieldName(); type != null; type = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      AttributeValue next = read(type);
      several |= value != null && next != null;
      value = next == null ? value : next;
    }
    if (several) {
      note(
          EngineException.validation(
              "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                  + " the supported datatypes"));
    } else if (value == null) {
      note(empty());
    }
    return value;
  }

  private static EngineException empty() {
    return EngineException.validation(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }

  private void note(EngineException found) {
    if (problem == null) {
      problem = found;
    }
  }

  private AttributeValue read(String type) throws IOException {
    return switch (type) {
      case "S" -> new S(JsonShapes.text(parser));
      case "N" -> number(JsonShapes.text(parser));
      case "B" -> new B(JsonShapes.bytes(parser));
      case "BOOL" -> new Bool(JsonShapes.bool(parser));
      case "NULL" -> nullValue();
      case "SS", "NS", "BS" -> set(type);
      case "L" -> list();
      case "M" -> nestedMap();
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private AttributeValue nullValue() throws IOException {
    if (!JsonShapes.bool(parser)) {
      note(EngineException.invalid("Null attribute value types must have the value of true"));
    }
    return NULL;
  }

  private N number(String text) {
    try {
      if (!fullExponents) {
        Decimal.refuseLongExponent(text);
      }
      return new N(text);
    } catch (EngineException refused) {
      note(
          modern && text.isEmpty()
              ? EngineException.validation(refused.getMessage() + ": ")
              : refused);
      return new N("0");
    }
  }

  private AttributeValue set(String type) throws IOException {
    JsonShapes.startArray(parser);
    List<AttributeValue> members = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        note(SetRefusals.nullMember(type));
        continue;
      }
      members.add(
          switch (type) {
            case "SS" -> new S(JsonShapes.text(parser));
            case "NS" -> number(JsonShapes.text(parser));
            default -> new B(JsonShapes.bytes(parser));
          });
    }
    if (members.isEmpty()) {
      note(SetRefusals.empty(type));
    } else if (!distinct(members)) {
      note(SetRefusals.duplicates(type, members, modern));
    }
    return SetValue.of(type, members);
  }

  private static boolean distinct(List<AttributeValue> members) {
    Set<AttributeValue> seen = new HashSet<>();
    return members.stream().allMatch(seen::add);
  }

  private AttributeValue list() throws IOException {
    JsonShapes.startArray(parser);
    List<AttributeValue> elements = new ArrayList<>();
    enter();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      AttributeValue element = parser.currentToken() == JsonToken.VALUE_NULL ? null : value();
      if (element == null) {
        note(empty());
      } else {
        elements.add(element);
      }
    }
    depth--;
    return new L(elements);
  }

  private AttributeValue nestedMap() throws IOException {
    enter();
    Map<String, AttributeValue> entries = map();
    depth--;
    return new M(entries);
  }

  private void enter() {
    depth++;
    if (depth > MAX_JSON_DEPTH) {
      throw tooDeep();
    }
    if (depth >= AttributeValue.MAX_DEPTH) {
      note(tooDeep());
    }
  }

  private static EngineException tooDeep() {
    return EngineException.validation(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
            + " beyond supported limit");
  }
}
