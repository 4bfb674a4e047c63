package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A refused part of a request as AWS shows it in the refusal. */
final class Echo {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String PACKAGE = "com.amazonaws.dynamodb.v20120810.";

  private Echo() {}

  /** As AWS's Java objects print themselves; attribute values print no more than a hash. */
  static String of(Object value, Shape shape) {
    if (value instanceof Item item) {
      return of(item.attributes(), shape);
    } else if (value instanceof AttributeValue) {
      return hash("AttributeValue", value);
    } else if (value instanceof List<?> list) {
      return list.stream()
          .map(each -> of(each, shape.element()))
          .collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + of(entry.getValue(), shape.element()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value instanceof Request request && shape.isHashed()) {
      return hash(shape.javaName(), request.members());
    } else if (value instanceof Request request && shape.javaName() != null) {
      return shape.members().entrySet().stream()
          .map(each -> member(each.getKey(), request, each.getValue()))
          .collect(Collectors.joining(", ", shape.javaName() + "(", ")"));
    }
    return String.valueOf(value);
  }

  private static String hash(String type, Object value) {
    return PACKAGE + type + "@" + Integer.toHexString(value.hashCode());
  }

  private static String member(String name, Request request, Shape shape) {
    return Character.toLowerCase(name.charAt(0))
        + name.substring(1)
        + "="
        + of(request.any(name), shape);
  }

  /** In JSON, as AWS's newer checks show maps. */
  static String json(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      Reply.write(out, plain(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What can be written: structures as maps, values that are refused as their refusal. */
  private static Object plain(Object value) {
    if (value instanceof Request request) {
      return plain(request.members());
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(key, plain(each)));
      return plain;
    } else if (value instanceof List<?> list) {
      return list.stream().map(Echo::plain).toList();
    }
    return value instanceof EngineException ? value.toString() : value;
  }
}
