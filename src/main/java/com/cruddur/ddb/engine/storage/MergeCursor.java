package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.util.Arrays;
import java.util.List;

/** Several ranges as one; of entries with the same key only that of the first range is shown. */
final class MergeCursor implements RawCursor {
  private static final int NONE = -1;

  private final RawCursor[] ranges;
  private final byte[][] keys;
  private final int sign;

  /** The range that stands first, and the one that is first when that has passed it. */
  private int current = NONE;

  private int second = NONE;

  /**
   * @param ranges the newest first
   */
  MergeCursor(List<RawCursor> ranges, boolean forward) {
    this.ranges = ranges.toArray(RawCursor[]::new);
    this.sign = forward ? 1 : -1;
    keys = new byte[this.ranges.length][];
    for (int i = 0; i < keys.length; i++) {
      step(i);
    }
  }

  private void step(int i) {
    keys[i] = ranges[i].next() ? ranges[i].key() : null;
  }

  @Override
  public boolean next() {
    if (current != NONE) {
      step(current);
      // Neighbours were mostly written together: the same range goes on.
      if (keys[current] != null && (second == NONE || compare(current, second) < 0)) {
        return true;
      }
    }
    current = first(NONE);
    for (int i = current + 1; i < keys.length; i++) {
      if (keys[i] != null && Arrays.equals(keys[i], keys[current])) {
        step(i);
      }
    }
    second = first(current);
    return current != NONE;
  }

  /** The first of the ranges but one; of two with the same key the newer. */
  private int first(int but) {
    int first = NONE;
    for (int i = 0; i < keys.length; i++) {
      if (i != but && keys[i] != null && (first == NONE || compare(i, first) < 0)) {
        first = i;
      }
    }
    return first;
  }

  private int compare(int one, int other) {
    return sign * Arrays.compareUnsigned(keys[one], keys[other]);
  }

  @Override
  public byte[] key() {
    return keys[current];
  }

  @Override
  public byte[] value() {
    return ranges[current].value();
  }

  @Override
  public Item item() {
    return ranges[current].item();
  }

  @Override
  public boolean isRemoved() {
    return ranges[current].isRemoved();
  }
}
