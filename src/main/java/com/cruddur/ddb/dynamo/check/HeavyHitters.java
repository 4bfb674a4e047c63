package com.cruddur.ddb.dynamo.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent names of a stream of any length, in memory that does not grow: at most so many
 * counters. Exact while there are no more names than counters. Beyond that the median count is
 * taken from every counter, and those that are used up make room (Misra and Gries, in batches): a
 * count is then too low by at most {@link #missing}, and no name with more than that is lost.
 */
final class HeavyHitters {
  private static final int LONGEST = 256;
  private final int most;
  private final Map<String, Counter> counters = new HashMap<>();
  private long missing;

  HeavyHitters(int most) {
    this.most = most;
  }

  private static final class Counter {
    private String label;
    private long items;
    private long bytes;
  }

  /** Counts one item; the last label of a name stays with it. Both are cut to 256 characters. */
  void add(String name, String label, long bytes) {
    Counter counter = counters.computeIfAbsent(cut(name), n -> new Counter());
    counter.label = cut(label);
    counter.items++;
    counter.bytes += bytes;
    if (counters.size() > most) {
      long median =
          counters.values().stream()
              .mapToLong(c -> c.items)
              .sorted()
              .skip(most / 2)
              .findFirst()
              .orElse(1);
      counters.values().forEach(c -> c.items -= median);
      counters.values().removeIf(c -> c.items <= 0);
      missing += median;
    }
  }

  /** Takes a count as it is; its name comes once. */
  void put(Stats.Share share) {
    Counter counter = new Counter();
    counter.label = share.label();
    counter.items = share.items();
    counter.bytes = share.bytes();
    counters.put(share.name(), counter);
  }

  /** The first by items, then by name. */
  List<Stats.Share> top(int number) {
    return counters.entrySet().stream()
        .map(
            e ->
                new Stats.Share(
                    e.getKey(), e.getValue().label, e.getValue().items, e.getValue().bytes))
        .sorted(Stats.Share.MOST_FIRST)
        .limit(number)
        .toList();
  }

  /** How many items a count may be too low by, and its bytes those of as many items; 0: exact. */
  long missing() {
    return missing;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
