package com.cruddur.ddb.engine.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** An ordered map on the heap. */
final class HeapMap implements OrderedMap {
  private final ConcurrentNavigableMap<byte[], byte[]> entries =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  @Override
  public byte[] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void remove(byte[] key) {
    entries.remove(key);
  }

  @Override
  public RawCursor cursor(byte[] from, byte[] to, boolean forward) {
    return new HeapCursor(range(from, to, forward).entrySet().iterator());
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  private ConcurrentNavigableMap<byte[], byte[]> range(byte[] from, byte[] to, boolean forward) {
    ConcurrentNavigableMap<byte[], byte[]> range = entries;
    if (from != null && to != null) {
      // An empty range is legal here and not in a map.
      range =
          Arrays.compareUnsigned(from, to) > 0
              ? range.subMap(from, from)
              : range.subMap(from, true, to, false);
    } else if (from != null) {
      range = range.tailMap(from, true);
    } else if (to != null) {
      range = range.headMap(to, false);
    }
    return forward ? range : range.descendingMap();
  }

  private static final class HeapCursor implements RawCursor {
    private final Iterator<Map.Entry<byte[], byte[]>> iterator;
    private Map.Entry<byte[], byte[]> entry;

    private HeapCursor(Iterator<Map.Entry<byte[], byte[]>> iterator) {
      this.iterator = iterator;
    }

    @Override
    public boolean next() {
      if (!iterator.hasNext()) {
        return false;
      }
      entry = iterator.next();
      return true;
    }

    @Override
    public byte[] key() {
      return entry.getKey();
    }

    @Override
    public byte[] value() {
      return entry.getValue();
    }
  }
}
