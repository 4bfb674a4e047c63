package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Changes.Change;
import com.cruddur.ddb.engine.storage.Changes.Kind;
import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows global indexes as they were a moment ago. What is written is written at once; what stood
 * there before is remembered for that moment, and readers see it instead.
 */
final class IndexLag {
  /** What an entry was until a moment. */
  private record Past(int map, byte[] key, byte[] value, long until) {}

  private final long millis;
  private final InstantSource clock;
  private final Store store;
  private final Deque<Past> order = new ArrayDeque<>();
  private final Map<Integer, HeapMap> seen = new ConcurrentHashMap<>();

  IndexLag(Duration lag, InstantSource clock, Store store) {
    this.millis = lag.toMillis();
    this.clock = clock;
    this.store = store;
  }

  /** Called by the writer before it changes the store. */
  synchronized void remember(Changes changes, Set<Integer> globalIndexes) {
    forget();
    long until = clock.millis() + millis;
    for (Change change : changes.list()) {
      boolean entry = change.kind() == Kind.PUT || change.kind() == Kind.REMOVE;
      if (entry && globalIndexes.contains(change.target())) {
        byte[] key = change.key();
        HeapMap past = seen.computeIfAbsent(change.target(), absent -> new HeapMap());
        byte[] value = store.map(change.target()).get(key);
        order.add(new Past(change.target(), key, value == null ? Run.REMOVED : value, until));
        if (past.get(key) == null) {
          past.put(key, value == null ? Run.REMOVED : value);
        }
      }
    }
  }

  /** What is over becomes what the next change of the same entry will replace, or the truth. */
  private void forget() {
    long now = clock.millis();
    while (!order.isEmpty() && order.peek().until <= now) {
      Past over = order.poll();
      HeapMap past = seen.get(over.map);
      byte[] next = next(over);
      if (next == null) {
        past.remove(over.key);
      } else {
        past.put(over.key, next);
      }
    }
  }

  private byte[] next(Past over) {
    for (Iterator<Past> later = order.iterator(); later.hasNext(); ) {
      Past each = later.next();
      if (each.map == over.map && Arrays.equals(each.key, over.key)) {
        return each.value;
      }
    }
    return null;
  }

  /** A range of an index as it was. */
  synchronized RawCursor cursor(int map, byte[] from, byte[] to, boolean forward) {
    forget();
    RawCursor now = store.map(map).cursor(from, to, forward);
    HeapMap past = seen.get(map);
    return past == null
        ? now
        : new Shown(new MergeCursor(List.of(past.cursor(from, to, forward), now), forward));
  }

  /** Without the entries that were not there. */
  private record Shown(RawCursor all) implements RawCursor {
    @Override
    public boolean next() {
      while (all.next()) {
        if (!all.isRemoved()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public byte[] key() {
      return all.key();
    }

    @Override
    public byte[] value() {
      return all.value();
    }

    @Override
    public Item item() {
      return all.item();
    }
  }
}
