package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.util.Arrays;
import java.util.List;

/** Several ranges as one; of entries with the same key only that of the first range is shown. */
final class MergeCursor implements RawCursor {
  private final RawCursor[] ranges;
  private final byte[][] keys;
  private final int sign;
  private int current = -1;

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
    if (current >= 0) {
      byte[] last = keys[current];
      for (int i = current; i < keys.length; i++) {
        if (keys[i] != null && (i == current || Arrays.equals(keys[i], last))) {
          step(i);
        }
      }
    }
    current = -1;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null
          && (current < 0 || sign * Arrays.compareUnsigned(keys[i], keys[current]) < 0)) {
        current = i;
      }
    }
    return current >= 0;
  }

  @Override
  public byte[] key() {
    return keys[current];
  }

  @Override
  public byte[] value() {
    return ranges[current].value();
  }
}
