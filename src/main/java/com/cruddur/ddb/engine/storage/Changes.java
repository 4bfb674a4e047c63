package com.cruddur.ddb.engine.storage;

import java.util.ArrayList;
import java.util.List;

/** What one write changes, in bytes: all of it happens or nothing. */
final class Changes {

  /** What happens to a map or a journal. */
  enum Kind {
    PUT,
    REMOVE,
    APPEND,
    DROP_MAP,
    DROP_JOURNAL
  }

  /**
   * One step.
   *
   * @param target number of the map or journal
   * @param key of the entry; empty for a journal
   * @param value of the entry or the record; empty where there is none
   */
  record Change(Kind kind, int target, byte[] key, byte[] value) {}

  private static final byte[] NONE = {};

  private final List<Change> list = new ArrayList<>();

  void put(int map, byte[] key, byte[] value) {
    list.add(new Change(Kind.PUT, map, key, value));
  }

  void remove(int map, byte[] key) {
    list.add(new Change(Kind.REMOVE, map, key, NONE));
  }

  void append(int journal, byte[] record) {
    list.add(new Change(Kind.APPEND, journal, NONE, record));
  }

  void dropMap(int map) {
    list.add(new Change(Kind.DROP_MAP, map, NONE, NONE));
  }

  void dropJournal(int journal) {
    list.add(new Change(Kind.DROP_JOURNAL, journal, NONE, NONE));
  }

  void add(Change change) {
    list.add(change);
  }

  void addAll(Changes others) {
    list.addAll(others.list);
  }

  List<Change> list() {
    return list;
  }

  int appended(int journal) {
    int count = 0;
    for (Change change : list) {
      count += change.kind == Kind.APPEND && change.target == journal ? 1 : 0;
    }
    return count;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }
}
