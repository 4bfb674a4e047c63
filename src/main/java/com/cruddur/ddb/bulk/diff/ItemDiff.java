package com.cruddur.ddb.bulk.diff;

import com.cruddur.ddb.bulk.ItemKey;
import com.cruddur.ddb.bulk.SameItem;
import com.cruddur.ddb.bulk.diff.Difference.Kind;
import com.cruddur.ddb.bulk.diff.Difference.Values;
import com.cruddur.ddb.dynamo.ItemJson;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.file.SortedRuns;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What differs between two sets of items. The sides are for any number of threads. */
public final class ItemDiff implements Closeable {
  /** What is held of a side before it goes to disk, in bytes. */
  private static final long MEMORY = 32L << 20;

  private static final int EVERY = 10_000;

  private final Side left = new Side();
  private final Side right = new Side();

  /** The items of one side. */
  public static final class Side {
    private final SortedRuns runs = new SortedRuns(MEMORY);
    private final AtomicLong items = new AtomicLong();
    private long doubled;

    /** Adds an item; of two with one key the one that was added last counts. */
    public void add(Map<String, AttributeValue> item) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = ItemJson.FACTORY.createGenerator(bytes)) {
          // Sorted, so that the bytes of equal items are nearly always equal.
          ItemJson.write(json, new TreeMap<>(item));
        }
        runs.add(ItemKey.of(item), bytes.toByteArray());
        items.incrementAndGet();
      } catch (IOException e) {
        throw new UncheckedIOException("the items cannot be sorted on disk", e);
      }
    }

    /** How many keys were added more than once; known when all is compared. */
    public long doubled() {
      return doubled;
    }

    /** How many were added. */
    public long items() {
      return items.get();
    }
  }

  /** One side's entries; of those with one key the last. */
  private static final class Walk {
    private final Side side;
    private final SortedRuns.Cursor cursor;
    private SortedRuns.Entry ahead;

    Walk(Side side) throws IOException {
      this.side = side;
      cursor = side.runs.sorted();
      ahead = cursor.next();
    }

    byte[] key() {
      return ahead == null ? null : ahead.key();
    }

    byte[] take() throws IOException {
      SortedRuns.Entry last = ahead;
      ahead = cursor.next();
      side.doubled += ahead != null && Arrays.equals(ahead.key(), last.key()) ? 1 : 0;
      while (ahead != null && Arrays.equals(ahead.key(), last.key())) {
        last = ahead;
        ahead = cursor.next();
      }
      return last.value();
    }
  }

  public Side left() {
    return left;
  }

  public Side right() {
    return right;
  }

  /**
   * Compares, once all items are there.
   *
   * @param differences told each difference, in order of the keys
   * @param progress told how many keys are compared so far
   */
  public void compare(Consumer<Difference> differences, LongConsumer progress) {
    try {
      Walk lefts = new Walk(left);
      Walk rights = new Walk(right);
      for (long keys = 1; lefts.key() != null || rights.key() != null; keys++) {
        int order = order(lefts.key(), rights.key());
        byte[] one = order <= 0 ? lefts.take() : null;
        byte[] other = order >= 0 ? rights.take() : null;
        Difference difference = difference(one, other);
        if (difference != null) {
          differences.accept(difference);
        }
        if (keys % EVERY == 0) {
          progress.accept(keys);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sorted items cannot be read", e);
    }
  }

  private static int order(byte[] left, byte[] right) {
    if (left == null || right == null) {
      return left == null ? 1 : -1;
    }
    return Integer.signum(Arrays.compareUnsigned(left, right));
  }

  private static Difference difference(byte[] left, byte[] right) throws IOException {
    if (left == null) {
      return of(Kind.ADDED, item(right), Map.of());
    } else if (right == null) {
      return of(Kind.REMOVED, item(left), Map.of());
    } else if (Arrays.equals(left, right)) {
      return null;
    }
    Map<String, AttributeValue> one = item(left);
    Map<String, AttributeValue> other = item(right);
    Map<String, Values> changed = new TreeMap<>();
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    for (String name : names) {
      AttributeValue before = one.get(name);
      AttributeValue after = other.get(name);
      if (before == null || after == null || !same(name, before, after)) {
        changed.put(name, new Values(before, after));
      }
    }
    return changed.isEmpty() ? null : of(Kind.CHANGED, one, changed);
  }

  /** Sets have no order, and numbers many forms. */
  private static boolean same(String name, AttributeValue one, AttributeValue other) {
    return SameItem.same(Map.of(name, one), Map.of(name, other));
  }

  private static Difference of(
      Kind kind, Map<String, AttributeValue> item, Map<String, Values> attributes) {
    return new Difference(kind, item.get(Keys.PK).s(), item.get(Keys.SK).s(), attributes);
  }

  private static Map<String, AttributeValue> item(byte[] bytes) throws IOException {
    try (JsonParser json = ItemJson.FACTORY.createParser(bytes)) {
      json.nextToken();
      return ItemJson.read(json);
    }
  }

  @Override
  public void close() throws IOException {
    left.runs.close();
    right.runs.close();
  }
}
