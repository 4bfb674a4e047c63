package com.cruddur.ddb.engine.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** A journal on the heap, in segments that are dropped whole. */
final class HeapJournal implements Journal {
  private static final int SEGMENT = 1024;

  private final ConcurrentSkipListMap<Long, byte[][]> segments = new ConcurrentSkipListMap<>();
  private volatile long next;
  private volatile long first;

  void append(byte[] record) {
    long number = next;
    segments
            .computeIfAbsent(number - number % SEGMENT, absent -> new byte[SEGMENT][])[
            (int) (number % SEGMENT)] =
        record;
    next = number + 1;
  }

  @Override
  public List<Entry> read(long from, int count, int bytes) {
    List<Entry> entries = new ArrayList<>();
    long end = next;
    int size = 0;
    for (long number = Math.max(from, first());
        number < end && entries.size() < count && size < bytes;
        number++) {
      byte[][] segment = segments.get(number - number % SEGMENT);
      if (segment != null) {
        byte[] record = segment[(int) (number % SEGMENT)];
        entries.add(new Entry(number, record));
        size += record.length;
      }
    }
    return entries;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long next() {
    return next;
  }

  @Override
  public void trim(long before) {
    first = Math.max(first, Math.min(before, next));
    segments.headMap(first - first % SEGMENT, false).clear();
  }
}
