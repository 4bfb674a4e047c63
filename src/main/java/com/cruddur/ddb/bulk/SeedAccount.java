package com.cruddur.ddb.bulk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of every record of a seed or an import.
 *
 * @param kinds of a seed {@code user}, {@code conversation} and {@code message} in this order, of
 *     an import {@code message}, {@code row} and, if there were any, {@code other} items; then
 *     {@code unreadable} if there was anything that could not be told to be one of them
 * @param behind conversation rows that could not be moved
 */
public record SeedAccount(Map<String, Counts> kinds, long behind) {
  public SeedAccount {
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
  }

  SeedAccount(Map<String, Counts> kinds) {
    this(kinds, 0);
  }

  /** The same, with rows that could not be moved. */
  public SeedAccount withBehind(long rows) {
    return new SeedAccount(kinds, rows);
  }

  /** Whether everything is as the input says. */
  public boolean clean() {
    return rejected() == 0 && behind == 0;
  }

  /** Of one kind: read = written + unchanged + rejected. */
  public record Counts(long read, long written, long unchanged, long rejected) {
    boolean balanced() {
      return read == written + unchanged + rejected;
    }
  }

  /** Whether every record that was read was written, unchanged or rejected. */
  public boolean balanced() {
    return kinds.values().stream().allMatch(Counts::balanced);
  }

  /** The rejected records of all kinds. */
  public long rejected() {
    return kinds.values().stream().mapToLong(Counts::rejected).sum();
  }
}
