package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operation answers, or a structure in it: members in their order. A value is a text, a
 * number, a flag, an {@link Item}, an {@link AttributeValue}, a tree, or a reply, a map or a list
 * of those.
 */
public final class Reply {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Loaded for the first tree: most answers have none. */
  private static final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();
  }

  /** One without members. */
  public static Reply empty() {
    return new Reply();
  }

  /** One with a member; null leaves it out. */
  public static Reply of(String name, Object value) {
    return new Reply().with(name, value);
  }

  /** The same with another member; null leaves it out. */
  public Reply with(String name, Object value) {
    if (value != null) {
      members.put(name, value);
    }
    return this;
  }

  /** Writes it as one object. */
  public void write(JsonGenerator out) throws IOException {
    write(out, members);
  }

  /** Writes a value that a reply can have. */
  public static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Reply reply) {
      write(out, reply.members);
    } else if (value instanceof Item item) {
      ItemJson.write(out, item);
    } else if (value instanceof AttributeValue attribute) {
      ItemJson.writeValue(out, attribute);
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName((String) entry.getKey());
        write(out, entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof JsonNode tree) {
      Trees.JSON.writeTree(out, tree);
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      for (Object each : list) {
        write(out, each);
      }
      out.writeEndArray();
    } else {
      out.writeObject(value);
    }
  }
}
