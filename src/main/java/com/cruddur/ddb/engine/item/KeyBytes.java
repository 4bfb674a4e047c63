package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Key values in bytes that sort as the values do and end by themselves, so that one can stand
 * behind another.
 *
 * <p>In strings and binaries a zero byte is followed by 0xFF, and two zeros end the value: a value
 * sorts before all that begin with it.
 */
public final class KeyBytes {

  private KeyBytes() {}

  static void append(ByteSink sink, AttributeValue value) {
    if (value instanceof N n) {
      n.decimal().appendSortable(sink);
    } else {
      appendEscaped(sink, raw(value));
      sink.put(0);
      sink.put(0);
    }
  }

  /** {@code start} followed by the value. */
  public static byte[] with(byte[] start, AttributeValue value) {
    ByteSink sink = new ByteSink(start.length + 24);
    sink.put(start);
    append(sink, value);
    return sink.toBytes();
  }

  /**
   * {@code start} followed by what every string or binary begins with that begins with the value.
   */
  public static byte[] withPrefix(byte[] start, AttributeValue value) {
    ByteSink sink = new ByteSink(start.length + 24);
    sink.put(start);
    appendEscaped(sink, raw(value));
    return sink.toBytes();
  }

  /** The first bytes after all that begin with these; null where nothing can follow them. */
  public static byte[] after(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }

  private static byte[] raw(AttributeValue value) {
    return value instanceof S s ? s.value().getBytes(StandardCharsets.UTF_8) : ((B) value).bytes();
  }

  private static void appendEscaped(ByteSink sink, byte[] raw) {
    int zero = 0;
    while (zero < raw.length && raw[zero] != 0) {
      zero++;
    }
    if (zero == raw.length) {
      sink.put(raw);
      return;
    }
    for (byte b : raw) {
      sink.put(b);
      if (b == 0) {
        sink.put(0xFF);
      }
    }
  }
}
