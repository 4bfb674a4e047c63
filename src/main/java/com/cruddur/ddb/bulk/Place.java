package com.cruddur.ddb.bulk;

import java.util.function.Supplier;

/**
 * Where a record begins, and what it is.
 *
 * @param record gives it as a line that can be mended and fed again, or null when it is too long;
 *     null when there is no record, as of a file that is broken
 */
public record Place(String file, long line, Supplier<String> record) {
  public Place(String file, long line) {
    this(file, line, null);
  }

  /** The same place of a record. */
  public Place of(Supplier<String> record) {
    return new Place(file, line, record);
  }

  public Reject reject(String reason) {
    return new Reject(file, line, reason, text());
  }

  /** The record; null when there is none. */
  public String text() {
    return record == null ? null : record.get();
  }
}
