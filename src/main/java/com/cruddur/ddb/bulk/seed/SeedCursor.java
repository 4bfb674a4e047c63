package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Checkpoint;

/** How far a run has read its inputs, and how much of them an earlier run is done with. */
final class SeedCursor {
  private final DeferredRecords late;
  private String file = "";
  private int input;
  private long records;
  private long line;
  private long bytes;

  /** How many records of this input an earlier run is done with. */
  private long skip;

  SeedCursor(DeferredRecords late) {
    this.late = late;
  }

  /**
   * The input that is read from now on.
   *
   * @param from how far an earlier run has read it
   * @param again whether it is read from its start, and not from where the earlier run was
   */
  void reading(int number, String name, SeedPosition from, boolean again) {
    file = name;
    input = number;
    line = from.line();
    bytes = from.bytes();
    records = again ? 0 : from.records();
    skip = again ? from.records() : 0;
  }

  /** The line that is handed over next, and how many bytes stand to the end of it. */
  void at(long nextLine, long toItsEnd) {
    line = nextLine;
    bytes = toItsEnd;
  }

  /** Counts a record that was handed over; true when an earlier run is done with it. */
  boolean isDone() {
    records++;
    return records <= skip;
  }

  /** Whether the next record is one that an earlier run is not done with. */
  boolean isPast() {
    return records >= skip;
  }

  /** The input has as many records as an earlier run was done with. */
  void requireMet(Checkpoint checkpoint) {
    checkpoint.require(isPast(), "records");
  }

  String file() {
    return file;
  }

  SeedPosition position() {
    return new SeedPosition(input, records, line, bytes, late.count(), late.bytes());
  }
}
