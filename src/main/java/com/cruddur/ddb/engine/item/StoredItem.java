package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is asked of an item while it is still bytes of {@link ItemBytes}: its size, and its JSON. A
 * page holds thousands of items that nobody looks into; without values of their own they cost half.
 */
final class StoredItem {

  /** A name as it stands in many items: met once, it is neither decoded nor encoded again. */
  private record Name(byte[] bytes, SerializedString text) {}

  private static final Name[] NAMES = new Name[1024];
  private static final SerializedString S = new SerializedString("S");
  private static final SerializedString N = new SerializedString("N");

  private final byte[] bytes;
  private int at;

  StoredItem(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Bytes of names and values by AWS's rule. */
  int size() {
    at = 0;
    return sizeOfMap(length());
  }

  private int sizeOfMap(int entries) {
    int size = 0;
    for (int i = 0; i < entries; i++) {
      int name = length();
      at += name;
      size += name + sizeOfValue();
    }
    return size;
  }

  private int sizeOfValue() {
    switch (bytes[at++]) {
      case 'S', 'B' -> {
        int length = length();
        at += length;
        return length;
      }
      case 'N' -> {
        return new N(text()).size();
      }
      case 'M' -> {
        int entries = length();
        return 3 + entries + sizeOfMap(entries);
      }
      case 'L' -> {
        int elements = length();
        return 3 + elements + sizeOfList(elements);
      }
      case 's', 'n', 'b' -> {
        return sizeOfList(length());
      }
      default -> {
        return 1;
      }
    }
  }

  private int sizeOfList(int elements) {
    int size = 0;
    for (int i = 0; i < elements; i++) {
      size += sizeOfValue();
    }
    return size;
  }

  /** Writes the item as one object of AWS's JSON. */
  void write(JsonGenerator out) throws IOException {
    at = 0;
    writeMap(out, out.getOutputTarget() instanceof OutputStream);
  }

  private void writeMap(JsonGenerator out, boolean utf8) throws IOException {
    out.writeStartObject();
    for (int entries = length(); entries > 0; entries--) {
      out.writeFieldName(name());
      writeValue(out, utf8);
    }
    out.writeEndObject();
  }

  private void writeValue(JsonGenerator out, boolean utf8) throws IOException {
    byte type = bytes[at];
    if (type != 'S' && type != 'N' && type != 'M') {
      ItemBytes.Read read = ItemBytes.value(bytes, at);
      at = read.end();
      ItemJson.writeValue(out, read.value());
      return;
    }
    at++;
    out.writeStartObject();
    if (type == 'M') {
      out.writeFieldName("M");
      writeMap(out, utf8);
    } else {
      out.writeFieldName(type == 'S' ? S : N);
      writeText(out, utf8);
    }
    out.writeEndObject();
  }

  private void writeText(JsonGenerator out, boolean utf8) throws IOException {
    if (utf8) {
      int length = length();
      out.writeUTF8String(bytes, at, length);
      at += length;
    } else {
      out.writeString(text());
    }
  }

  private SerializedString name() {
    int length = length();
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & NAMES.length - 1;
    Name name = NAMES[slot];
    if (name == null || !Arrays.equals(name.bytes, 0, name.bytes.length, bytes, at, at + length)) {
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      name = new Name(Arrays.copyOfRange(bytes, at, at + length), new SerializedString(text));
      NAMES[slot] = name;
    }
    at += length;
    return name.text;
  }

  private String text() {
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  private int length() {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
