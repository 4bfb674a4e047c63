package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A journal on disk: a map of numbers, whose runs are not merged but dropped, the oldest first. */
final class RunJournal implements Journal {
  private final RunMap map;
  private volatile long next;
  private volatile long first;

  RunJournal(RunMap map, long first, long next) {
    this.map = map;
    this.first = first;
    this.next = next;
  }

  RunMap map() {
    return map;
  }

  static byte[] key(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  /** Adds a record whose number is in its key, maybe once more. */
  void put(byte[] key, byte[] record) {
    map.put(key, record);
    next = Math.max(next, number(key) + 1);
  }

  @Override
  public List<Entry> read(long from, int count, int bytes) {
    List<Entry> entries = new ArrayList<>();
    int size = 0;
    RawCursor cursor = map.cursor(key(Math.max(from, first)), key(next), true);
    while (entries.size() < count && size < bytes && cursor.next()) {
      byte[] record = cursor.value();
      entries.add(new Entry(number(cursor.key()), record));
      size += record.length;
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
  }

  /** Runs that hold nothing that is still read. */
  List<Run> over() {
    List<Run> runs = map.state().runs();
    if (first == next) {
      return runs;
    }
    for (int younger = 0; younger < runs.size() - 1; younger++) {
      // A run ends before the younger one begins; what both hold is read from the younger.
      if (number(runs.get(younger).firstKey()) <= first) {
        return runs.subList(younger + 1, runs.size());
      }
    }
    return List.of();
  }
}
