package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ordered map on disk: what was written last on the heap, the rest in runs. A checkpoint turns
 * the heap's part into a run; now and then runs are merged into one.
 */
final class RunMap implements OrderedMap {

  /**
   * @param active takes writes
   * @param frozen is being written to disk, or null
   * @param runs the newest first
   */
  record State(HeapMap active, HeapMap frozen, List<Run> runs) {}

  private volatile State state;

  RunMap(List<Run> runs) {
    state = new State(new HeapMap(), null, List.copyOf(runs));
  }

  State state() {
    return state;
  }

  @Override
  public byte[] get(byte[] key) {
    while (true) {
      try {
        byte[] value = find(state, key);
        return value == Run.REMOVED ? null : value;
      } catch (UncheckedIOException failure) {
        retryIfMerged(failure);
      }
    }
  }

  private static byte[] find(State state, byte[] key) {
    byte[] value = state.active.get(key);
    if (value == null && state.frozen != null) {
      value = state.frozen.get(key);
    }
    if (value == null && !state.runs.isEmpty()) {
      long hash = BloomFilter.hash(key);
      for (int i = 0; i < state.runs.size() && value == null; i++) {
        value = state.runs.get(i).get(key, hash);
      }
    }
    return value;
  }

  /** Runs that were merged are closed under their readers, who then look at the new one. */
  private static void retryIfMerged(UncheckedIOException failure) {
    if (!(failure.getCause() instanceof ClosedChannelException)) {
      throw failure;
    }
  }

  @Override
  public void put(byte[] key, byte[] value) {
    state.active.put(key, value);
  }

  @Override
  public void remove(byte[] key) {
    State now = state;
    if (now.frozen == null && now.runs.isEmpty()) {
      now.active.remove(key);
    } else {
      now.active.put(key, Run.REMOVED);
    }
  }

  @Override
  public RawCursor cursor(byte[] from, byte[] to, boolean forward) {
    return new Living(from, to, forward);
  }

  private static RawCursor merged(State state, byte[] from, byte[] to, boolean forward) {
    List<RawCursor> ranges = new ArrayList<>();
    ranges.add(state.active.cursor(from, to, forward));
    if (state.frozen != null) {
      ranges.add(state.frozen.cursor(from, to, forward));
    }
    state.runs.forEach(run -> ranges.add(run.cursor(from, to, forward)));
    return new MergeCursor(ranges, forward);
  }

  /** Sets the heap's part aside for {@link #frozenIn}; false if there is nothing in it. */
  synchronized boolean freeze() {
    State now = state;
    if (now.active.isEmpty()) {
      return now.frozen != null;
    }
    if (now.frozen != null) {
      throw new IllegalStateException("the last checkpoint is not over");
    }
    state = new State(new HeapMap(), now.active, now.runs);
    return true;
  }

  /**
   * What was set aside is in a run now.
   *
   * @param run null if nothing of it was worth keeping
   */
  synchronized void frozenIn(Run run) {
    State now = state;
    List<Run> runs = new ArrayList<>(now.runs);
    if (run != null) {
      runs.add(0, run);
    }
    state = new State(now.active, null, List.copyOf(runs));
  }

  /** Some neighbouring runs are one now, or none. */
  synchronized void merged(List<Run> old, Run run) {
    State now = state;
    List<Run> runs = new ArrayList<>(now.runs);
    int at = runs.indexOf(old.get(0));
    runs.removeAll(old);
    if (run != null) {
      runs.add(at, run);
    }
    state = new State(now.active, now.frozen, List.copyOf(runs));
  }

  void close() throws IOException {
    for (Run run : state.runs) {
      run.close();
    }
  }

  /** A cursor that outlives merges. */
  private final class Living implements RawCursor {
    private final byte[] to;
    private final boolean forward;
    private byte[] from;
    private RawCursor cursor;
    private byte[] key;

    private Living(byte[] from, byte[] to, boolean forward) {
      this.from = from;
      this.to = to;
      this.forward = forward;
    }

    @Override
    public boolean next() {
      while (true) {
        try {
          if (cursor == null) {
            cursor = reopen();
          }
          while (cursor.next()) {
            key = cursor.key();
            if (!cursor.isRemoved()) {
              return true;
            }
          }
          return false;
        } catch (UncheckedIOException failure) {
          retryIfMerged(failure);
          cursor = null;
        }
      }
    }

    private RawCursor reopen() {
      if (key == null) {
        return merged(state, from, to, forward);
      }
      return forward
          ? merged(state, Arrays.copyOf(key, key.length + 1), to, true)
          : merged(state, from, key, false);
    }

    @Override
    public byte[] key() {
      return key;
    }

    @Override
    public byte[] value() {
      return cursor.value();
    }

    @Override
    public Item item() {
      return cursor.item();
    }
  }
}
