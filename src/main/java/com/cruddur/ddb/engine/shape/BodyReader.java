package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeReader;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.JsonShapes;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as a shape says it is. */
final class BodyReader {

  private BodyReader() {}

  /** Reads what the parser stands on; null for JSON's null. */
  static Object read(Shape shape, JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (shape.type()) {
      case STRING -> JsonShapes.text(parser);
      case INTEGER -> JsonShapes.whole(parser);
      case DOUBLE -> JsonShapes.fraction(parser);
      case BOOLEAN -> JsonShapes.bool(parser);
      case LIST -> list(shape.element(), parser);
      case MAP -> map(shape.element(), parser);
      case STRUCTURE -> structure(shape.members(), parser);
      case VALUE -> {
        AttributeReader reader = shape.values(parser);
        Object value = reader.value();
        yield reader.problem() == null ? value : reader.problem();
      }
      case ITEM -> {
        AttributeReader reader = shape.values(parser);
        Item item = Item.of(reader.map());
        yield reader.problem() == null ? item : reader.problem();
      }
    };
  }

  private static List<Object> list(Shape element, JsonParser parser) throws IOException {
    JsonShapes.startArray(parser);
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(element, parser));
    }
    return list;
  }

  private static Map<String, Object> map(Shape element, JsonParser parser) throws IOException {
    JsonShapes.startObject(parser, "java.util.Map");
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      Object value = read(element, parser);
      if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  private static Request structure(Map<String, Shape> members, JsonParser parser)
      throws IOException {
    JsonShapes.startObject(parser, "structure");
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      Shape member = members.get(key);
      if (member == null) {
        parser.skipChildren();
      } else {
        Object value = read(member, parser);
        if (value != null) {
          map.put(key, value);
        }
      }
    }
    return new Request(map);
  }
}
