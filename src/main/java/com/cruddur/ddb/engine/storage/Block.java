package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The entries of one block of a {@link Run}, in order. */
final class Block {
  private final ByteBuffer bytes;
  private int[] starts = new int[64];
  private int count;

  Block(ByteBuffer bytes) {
    this.bytes = bytes;
    while (bytes.hasRemaining()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = bytes.position();
      bytes.position(bytes.position() + Integer.BYTES + bytes.getInt(bytes.position()));
      int length = bytes.getInt();
      bytes.position(bytes.position() + Math.max(0, length));
    }
  }

  int count() {
    return count;
  }

  byte[] key(int i) {
    byte[] key = new byte[bytes.getInt(starts[i])];
    bytes.get(starts[i] + Integer.BYTES, key);
    return key;
  }

  /** The value; {@link Run#REMOVED} where there is none any more. */
  byte[] value(int i) {
    if (isRemoved(i)) {
      return Run.REMOVED;
    }
    int from = valueFrom(i);
    return Arrays.copyOfRange(bytes.array(), from, from + length(from));
  }

  /** The value as an item that stands in the bytes of this block. */
  Item item(int i) {
    int from = valueFrom(i);
    return ItemBytes.stored(bytes.array(), from, length(from));
  }

  boolean isRemoved(int i) {
    return length(valueFrom(i)) < 0;
  }

  private int valueFrom(int i) {
    return starts[i] + 2 * Integer.BYTES + bytes.getInt(starts[i]);
  }

  private int length(int from) {
    return bytes.getInt(from - Integer.BYTES);
  }

  int compare(int i, byte[] key) {
    int from = starts[i] + Integer.BYTES;
    return Arrays.compareUnsigned(
        bytes.array(), from, from + bytes.getInt(starts[i]), key, 0, key.length);
  }

  /** Where a key stands, or -1 - where it would. */
  int find(byte[] key) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, key);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** The first entry that is not before a key. */
  int ceiling(byte[] key) {
    int at = find(key);
    return at >= 0 ? at : -at - 1;
  }
}
