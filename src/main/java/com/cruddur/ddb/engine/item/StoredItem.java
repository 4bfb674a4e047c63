package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * What is asked of an item while it is still bytes of {@link ItemBytes}: its size, and its JSON. A
 * page holds thousands of items that nobody looks into; they are copied from bytes to bytes.
 */
final class StoredItem {

  /** A name and a type as they stand in many items, and what JSON has for both. */
  private record Opening(byte[] stored, byte[] json) {}

  private static final Opening[] OPENINGS = new Opening[1024];
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private final byte[] bytes;
  private int at;

  StoredItem(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /** Bytes of names and values by AWS's rule. */
  int size() {
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
      case 'S', 'P', 'B' -> {
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
  void write(ByteSink out) {
    int entries = length();
    out.put('{');
    for (int i = 0; i < entries; i++) {
      if (i > 0) {
        out.put(',');
      }
      Opening opening = opening();
      out.put(opening.json);
      writeContent(out, opening.stored[opening.stored.length - 1]);
      out.put('}');
    }
    out.put('}');
  }

  private void writeContent(ByteSink out, byte type) {
    switch (type) {
      case 'P', 'N' -> writePlain(out);
      case 'S' -> writeText(out);
      case 'B' -> writeBinary(out);
      case 'M' -> write(out);
      case 'L', 's', 'n', 'b' -> writeList(out, type == 'L');
      default -> out.put(type == 'f' ? FALSE : TRUE);
    }
  }

  private void writeList(ByteSink out, boolean ofValues) {
    int elements = length();
    out.put('[');
    for (int i = 0; i < elements; i++) {
      if (i > 0) {
        out.put(',');
      }
      byte type = bytes[at++];
      if (ofValues) {
        out.put(ascii("{\"" + typeName(type) + "\":"));
        writeContent(out, type);
        out.put('}');
      } else {
        writeContent(out, type);
      }
    }
    out.put(']');
  }

  private void writePlain(ByteSink out) {
    int length = length();
    out.put('"');
    out.write(bytes, at, length);
    out.put('"');
    at += length;
  }

  private void writeText(ByteSink out) {
    out.put('"');
    out.put(ENCODER.quoteAsUTF8(text()));
    out.put('"');
  }

  private void writeBinary(ByteSink out) {
    int length = length();
    out.put('"');
    out.put(Base64.getEncoder().encode(Arrays.copyOfRange(bytes, at, at + length)));
    out.put('"');
    at += length;
  }

  /** The name that stands here and the type behind it. */
  private Opening opening() {
    int length = length() + 1;
    int from = at;
    at += length;
    int hash = bytes[from] + 31 * bytes[from + length / 2] + 961 * bytes[at - 2] + bytes[at - 1];
    int slot = (hash ^ hash >>> 10 ^ length * 37) & OPENINGS.length - 1;
    Opening opening = OPENINGS[slot];
    if (opening == null
        || !Arrays.equals(opening.stored, 0, opening.stored.length, bytes, from, at)) {
      opening = openingOf(Arrays.copyOfRange(bytes, from, at));
      OPENINGS[slot] = opening;
    }
    return opening;
  }

  private static Opening openingOf(byte[] stored) {
    int length = stored.length - 1;
    ByteSink json = new ByteSink(2 * stored.length + 12);
    json.put('"');
    json.put(ENCODER.quoteAsUTF8(new String(stored, 0, length, StandardCharsets.UTF_8)));
    json.put(ascii("\":{\"" + typeName(stored[length]) + "\":"));
    return new Opening(stored, json.toBytes());
  }

  private static String typeName(byte type) {
    return switch (type) {
      case 't', 'f' -> "BOOL";
      case '0' -> "NULL";
      case 's' -> "SS";
      case 'n' -> "NS";
      case 'b' -> "BS";
      case 'P' -> "S";
      default -> Character.toString(type);
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
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
