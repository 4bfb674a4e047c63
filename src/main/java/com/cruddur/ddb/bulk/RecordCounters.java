package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.SeedAccount.Counts;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Counts records by kind. One thread. */
public final class RecordCounters {
  private final long[][] counts = new long[Kind.values().length][RecordStatus.values().length];

  /** The kinds of records: the first three of a seed, messages, rows and others of an import. */
  public enum Kind {
    USER,
    CONVERSATION,
    MESSAGE,
    ROW,
    OTHER,
    /** Fields of a record that are not ours; the record itself is counted under its own kind. */
    FIELD,
    /** Not to be told: a broken line, the rest of a broken document. */
    UNREADABLE
  }

  /** What became of a record. */
  public enum RecordStatus {
    READ,
    WRITTEN,
    UNCHANGED,
    REJECTED
  }

  public void add(Kind kind, RecordStatus status, long number) {
    counts[kind.ordinal()][status.ordinal()] += number;
  }

  public void add(RecordCounters other) {
    for (int kind = 0; kind < counts.length; kind++) {
      for (int status = 0; status < counts[kind].length; status++) {
        counts[kind][status] += other.counts[kind][status];
      }
    }
  }

  /** For a checkpoint: each kind's counts in the order of the statuses. */
  public Map<String, Object> saved() {
    Map<String, Object> saved = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      saved.put(kind.name(), counts[kind.ordinal()].clone());
    }
    return saved;
  }

  /** Takes over what a checkpoint has kept; what is missing or no count is 0. */
  public void restore(JsonNode saved) {
    for (Kind kind : Kind.values()) {
      for (int status = 0; status < counts[kind.ordinal()].length; status++) {
        counts[kind.ordinal()][status] = Math.max(0, saved.path(kind.name()).path(status).asLong());
      }
    }
  }

  /** The records of all kinds that were read. */
  public long read() {
    return Arrays.stream(counts).mapToLong(of -> of[RecordStatus.READ.ordinal()]).sum();
  }

  public SeedProgress progress(String file) {
    long[] sums = new long[RecordStatus.values().length];
    for (long[] of : counts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += of[i];
      }
    }
    return new SeedProgress(file, sums[0], sums[1], sums[2], sums[3]);
  }

  /** The account: these kinds, and whichever others there were. */
  public SeedAccount account(Set<Kind> always) {
    Map<String, Counts> kinds = new LinkedHashMap<>();
    for (Kind kind : Kind.values()) {
      long[] of = counts[kind.ordinal()];
      if (always.contains(kind) || LongStream.of(of).sum() > 0) {
        kinds.put(kind.name().toLowerCase(Locale.ROOT), new Counts(of[0], of[1], of[2], of[3]));
      }
    }
    return new SeedAccount(kinds);
  }
}
