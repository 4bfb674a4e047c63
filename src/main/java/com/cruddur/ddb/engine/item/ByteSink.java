package com.cruddur.ddb.engine.item;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow, without the locks of {@code ByteArrayOutputStream}. Answers are written into
 * one, so that stored items reach it without a detour.
 */
public final class ByteSink extends OutputStream {

  private byte[] bytes;
  private int size;

  public ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  void put(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void put(byte[] more) {
    write(more, 0, more.length);
  }

  @Override
  public void write(int value) {
    put(value);
  }

  @Override
  public void write(byte[] more, int from, int length) {
    ensure(length);
    System.arraycopy(more, from, bytes, size, length);
    size += length;
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

  /** Exactly what was written. */
  byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** What was written, followed by room for more. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** Forgets what was written and keeps the room. */
  public void clear() {
    size = 0;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
