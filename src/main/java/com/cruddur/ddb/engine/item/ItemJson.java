package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;

/** Items in AWS's JSON, {@code {"name": {"S": "value"}}}, streamed. */
public final class ItemJson {

  private ItemJson() {}

  /** Reads the object that the parser stands on. */
  public static Item read(JsonParser parser) throws IOException {
    AttributeReader reader = new AttributeReader(parser);
    Item item = Item.of(reader.map());
    reader.complain();
    return item;
  }

  /** Reads the one value that the parser stands on. */
  public static AttributeValue readValue(JsonParser parser) throws IOException {
    AttributeReader reader = new AttributeReader(parser);
    AttributeValue value = reader.value();
    reader.complain();
    return value;
  }

  /** Writes the item as one object. */
  public static void write(JsonGenerator out, Item item) throws IOException {
    StoredItem stored = item.inBytes();
    if (stored != null && out.getOutputTarget() instanceof ByteSink sink) {
      // What the generator writes before a value, and then the value behind its back.
      out.writeRawValue("");
      out.flush();
      stored.write(sink);
    } else {
      write(out, item.attributes());
    }
  }

  /** Writes one value as an object with its type as the only member. */
  public static void writeValue(JsonGenerator out, AttributeValue value) throws IOException {
    out.writeStartObject();
    out.writeFieldName(value.type());
    if (value instanceof S s) {
      out.writeString(s.value());
    } else if (value instanceof N n) {
      out.writeString(n.text());
    } else if (value instanceof B b) {
      out.writeBinary(b.bytes());
    } else if (value instanceof Bool b) {
      out.writeBoolean(b.value());
    } else if (value instanceof Null) {
      out.writeBoolean(true);
    } else if (value instanceof M m) {
      write(out, m.entries());
    } else if (value instanceof L l) {
      out.writeStartArray();
      for (AttributeValue element : l.elements()) {
        writeValue(out, element);
      }
      out.writeEndArray();
    } else {
      writeSet(out, (SetValue) value);
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Map<String, AttributeValue> attributes)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
      out.writeFieldName(entry.getKey());
      writeValue(out, entry.getValue());
    }
    out.writeEndObject();
  }

  private static void writeSet(JsonGenerator out, SetValue set) throws IOException {
    out.writeStartArray();
    for (AttributeValue member : set.members()) {
      if (member instanceof S s) {
        out.writeString(s.value());
      } else if (member instanceof N n) {
        out.writeString(n.text());
      } else {
        out.writeBinary(((B) member).bytes());
      }
    }
    out.writeEndArray();
  }
}
