package com.cruddur.ddb.engine.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, without the locks of {@code ByteArrayOutputStream}. */
final class ByteSink {

  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  void put(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void put(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  /** A length in seven bits a byte, lowest first. */
  void putLength(int value) {
    int rest = value;
    for (; rest > 0x7F; rest >>>= 7) {
      put(rest | 0x80);
    }
    put(rest);
  }

  void putText(String text) {
    putBlock(text.getBytes(StandardCharsets.UTF_8));
  }

  void putBlock(byte[] block) {
    putLength(block.length);
    put(block);
  }

  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
