package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.Bs;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Ns;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.AttributeValue.Ss;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Items in bytes, for the store and its log: a type, a length, the content, nothing between. A
 * string that JSON would not escape is of a type of its own, P; older stores have S for all.
 */
public final class ItemBytes {

  private static final AttributeValue NULL = new Null();
  private static final AttributeValue TRUE = new Bool(true);
  private static final AttributeValue FALSE = new Bool(false);

  private ItemBytes() {}

  /** The item in bytes. */
  public static byte[] encode(Item item) {
    byte[] stored = item.stored();
    if (stored == null) {
      ByteSink sink = new ByteSink(512);
      encode(sink, item.attributes());
      stored = sink.toBytes();
      item.keep(stored);
    }
    return stored;
  }

  /** The item that {@link #encode} wrote. */
  public static Item decode(byte[] bytes) {
    return Item.of(decodeMap(ByteBuffer.wrap(bytes)));
  }

  /** The item that {@link #encode} wrote, decoded when somebody looks into it. */
  public static Item stored(byte[] bytes) {
    return Item.stored(bytes, 0, bytes.length);
  }

  /** The same, of bytes among others that nobody changes. */
  public static Item stored(byte[] bytes, int from, int length) {
    return Item.stored(bytes, from, length);
  }

  static Map<String, AttributeValue> attributes(byte[] bytes, int from) {
    return decodeMap(ByteBuffer.wrap(bytes).position(from));
  }

  private static void encode(ByteSink sink, Map<String, AttributeValue> attributes) {
    sink.putLength(attributes.size());
    for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
      sink.putText(entry.getKey());
      encode(sink, entry.getValue());
    }
  }

  private static void encode(ByteSink sink, AttributeValue value) {
    if (value instanceof S s) {
      byte[] text = s.value().getBytes(StandardCharsets.UTF_8);
      sink.put(isPlain(text) ? 'P' : 'S');
      sink.putBlock(text);
    } else if (value instanceof N n) {
      sink.put('N');
      sink.putText(n.text());
    } else if (value instanceof B b) {
      sink.put('B');
      sink.putBlock(b.bytes());
    } else if (value instanceof Bool b) {
      sink.put(b.value() ? 't' : 'f');
    } else if (value instanceof Null) {
      sink.put('0');
    } else if (value instanceof M m) {
      sink.put('M');
      encode(sink, m.entries());
    } else {
      List<? extends AttributeValue> values =
          value instanceof L l ? l.elements() : ((SetValue) value).members();
      sink.put(
          value instanceof Ss ? 's' : value instanceof Ns ? 'n' : value instanceof Bs ? 'b' : 'L');
      sink.putLength(values.size());
      values.forEach(each -> encode(sink, each));
    }
  }

  /** Whether a text stands in JSON as it is; told once here, it need not be at each reading. */
  private static boolean isPlain(byte[] text) {
    for (byte each : text) {
      if (each >= 0 && each < ' ' || each == '"' || each == '\\') {
        return false;
      }
    }
    return true;
  }

  private static Map<String, AttributeValue> decodeMap(ByteBuffer bytes) {
    int size = length(bytes);
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(size * 4 / 3 + 1);
    for (int i = 0; i < size; i++) {
      String name = text(bytes);
      attributes.put(name, decode(bytes));
    }
    return attributes;
  }

  private static AttributeValue decode(ByteBuffer bytes) {
    byte type = bytes.get();
    return switch (type) {
      case 'S', 'P' -> new S(text(bytes));
      case 'N' -> new N(text(bytes));
      case 'B' -> new B(block(bytes));
      case 't' -> TRUE;
      case 'f' -> FALSE;
      case '0' -> NULL;
      case 'M' -> new M(decodeMap(bytes));
      case 'L' -> new L(decodeList(bytes));
      case 's' -> SetValue.of("SS", decodeList(bytes));
      case 'n' -> SetValue.of("NS", decodeList(bytes));
      case 'b' -> SetValue.of("BS", decodeList(bytes));
      default -> throw new IllegalArgumentException("no type of an attribute: " + type);
    };
  }

  private static List<AttributeValue> decodeList(ByteBuffer bytes) {
    int size = length(bytes);
    List<AttributeValue> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(decode(bytes));
    }
    return list;
  }

  private static int length(ByteBuffer bytes) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static String text(ByteBuffer bytes) {
    int length = length(bytes);
    int start = bytes.position();
    bytes.position(start + length);
    return new String(bytes.array(), start, length, StandardCharsets.UTF_8);
  }

  private static byte[] block(ByteBuffer bytes) {
    byte[] block = new byte[length(bytes)];
    bytes.get(block);
    return block;
  }
}
