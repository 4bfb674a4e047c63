package com.cruddur.ddb.engine.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;

/** A store that ends with its process. */
final class HeapStore implements Store {
  private final Map<Integer, OrderedMap> maps = new ConcurrentHashMap<>();
  private final Map<Integer, HeapJournal> journals = new ConcurrentHashMap<>();

  @Override
  public OrderedMap map(int number) {
    return maps.computeIfAbsent(number, absent -> new HeapMap());
  }

  @Override
  public HeapJournal journal(int number) {
    return journals.computeIfAbsent(number, absent -> new HeapJournal());
  }

  @Override
  public void write(Changes changes, Lock showing) {
    showing.lock();
    try {
      apply(changes);
    } finally {
      showing.unlock();
    }
  }

  private void apply(Changes changes) {
    for (Changes.Change change : changes.list()) {
      switch (change.kind()) {
        case PUT -> map(change.target()).put(change.key(), change.value());
        case REMOVE -> map(change.target()).remove(change.key());
        case APPEND -> journal(change.target()).append(change.value());
        case DROP_MAP -> maps.remove(change.target());
        case DROP_JOURNAL -> journals.remove(change.target());
      }
    }
  }

  @Override
  public boolean reclaim() {
    return false;
  }

  @Override
  public void close() {
    maps.clear();
    journals.clear();
  }
}
