package com.cruddur.ddb.dynamo.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a message uuid was seen before in its conversation: a Bloom filter, six bytes a message.
 * It never overlooks a second one; of a million single ones it suspects one or two. For one thread.
 */
final class UuidFilter {
  private static final int HASHES = 8;
  private static final int BITS_EACH = 48;

  /** Bits of the first layer, and of the largest: the next one is four times as large. */
  private static final int FIRST = 1 << 20;

  private static final int LARGEST = 1 << 30;

  private final List<long[]> layers = new ArrayList<>(List.of(new long[FIRST / Long.SIZE]));
  private long free = FIRST / BITS_EACH;

  /** Stands for a uuid in a conversation; FNV-1a. */
  static long hash(String groupUuid, String messageUuid) {
    return mix(mix(0xcbf29ce484222325L, groupUuid), messageUuid);
  }

  private static long mix(long from, String text) {
    long hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ Character.toLowerCase(text.charAt(i))) * 0x100000001b3L;
    }
    return hash;
  }

  /** Notes a hash; true when it may have been there before. */
  boolean seen(long hash) {
    for (long[] layer : layers) {
      if (holds(layer, hash)) {
        return true;
      }
    }
    long[] last = layers.get(layers.size() - 1);
    if (free-- == 0) {
      int bits = (int) Math.min(LARGEST, 4L * last.length * Long.SIZE);
      last = new long[bits / Long.SIZE];
      layers.add(last);
      free = bits / BITS_EACH;
    }
    for (int i = 0; i < HASHES; i++) {
      int bit = bit(last, hash, i);
      last[bit / Long.SIZE] |= 1L << (bit % Long.SIZE);
    }
    return false;
  }

  private static boolean holds(long[] layer, long hash) {
    for (int i = 0; i < HASHES; i++) {
      int bit = bit(layer, hash, i);
      if ((layer[bit / Long.SIZE] & (1L << (bit % Long.SIZE))) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(long[] layer, long hash, int number) {
    long step = ((hash * 0x9e3779b97f4a7c15L) >>> 17) | 1;
    return (int) (((hash + number * step) >>> 3) & (layer.length * (long) Long.SIZE - 1));
  }
}
