package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.SeedAccount.Counts;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Counts records by kind. One thread. */
final class Tally {
  private final Map<Kind, long[]> counts = new EnumMap<>(Kind.class);

  /** The kinds of records: the first three of a seed, messages, rows and others of an import. */
  enum Kind {
    USER,
    CONVERSATION,
    MESSAGE,
    ROW,
    OTHER,
    /** Not to be told: a broken line, the rest of a broken document. */
    UNREADABLE
  }

  /** What became of a record. */
  enum Fate {
    READ,
    WRITTEN,
    UNCHANGED,
    REJECTED
  }

  void add(Kind kind, Fate fate, long number) {
    counts.computeIfAbsent(kind, k -> new long[Fate.values().length])[fate.ordinal()] += number;
  }

  void add(Tally other) {
    other.counts.forEach(
        (kind, of) -> {
          for (Fate fate : Fate.values()) {
            add(kind, fate, of[fate.ordinal()]);
          }
        });
  }

  SeedProgress progress(String file) {
    long[] sums = new long[Fate.values().length];
    for (long[] of : counts.values()) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += of[i];
      }
    }
    return new SeedProgress(file, sums[0], sums[1], sums[2], sums[3]);
  }

  /** The account: these kinds, and whichever others there were. */
  SeedAccount account(Set<Kind> always) {
    Map<String, Counts> kinds = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      long[] of = counts.getOrDefault(kind, new long[Fate.values().length]);
      if (always.contains(kind) || LongStream.of(of).sum() > 0) {
        kinds.put(kind.name().toLowerCase(Locale.ROOT), new Counts(of[0], of[1], of[2], of[3]));
      }
    }
    return new SeedAccount(kinds);
  }
}
