package com.cruddur.ddb.engine.storage;

import java.nio.ByteBuffer;

/**
 * Tells of most keys that are not in a set that they are not: one in a hundred is taken for there.
 */
final class BloomFilter {
  private static final int BITS_A_KEY = 10;
  private static final int HASHES = 6;

  private final long[] bits;

  BloomFilter(long keys) {
    bits = new long[(int) Math.max(1, (keys * BITS_A_KEY + 63) / 64)];
  }

  private BloomFilter(long[] bits) {
    this.bits = bits;
  }

  static BloomFilter of(ByteBuffer bytes) {
    long[] bits = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(bits);
    return new BloomFilter(bits);
  }

  byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(bits.length * Long.BYTES);
    buffer.asLongBuffer().put(bits);
    return buffer.array();
  }

  /** What {@link #add} and {@link #mayHold} want of a key. */
  static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    return hash ^ hash >>> 32;
  }

  void add(long hash) {
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(hash, i);
      bits[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  boolean mayHold(long hash) {
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(hash, i);
      if ((bits[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private long bit(long hash, int i) {
    int mixed = (int) hash + i * (int) (hash >>> 32);
    return Integer.toUnsignedLong(mixed) * (bits.length * 64L) >>> 32;
  }
}
