package com.cruddur.ddb.bulk;

import java.util.function.Supplier;

/**
 * Where a record begins, and what it is.
 *
 * @param pointer its JSON pointer (RFC 6901), where the line alone does not tell it from others;
 *     else null
 * @param record gives it as a line that can be repaired and fed again, or null when it is too long;
 *     null when there is no record, as of a file that is broken
 */
public record Place(String file, long line, String pointer, Supplier<String> record) {
  public Place(String file, long line, Supplier<String> record) {
    this(file, line, null, record);
  }

  public Place(String file, long line) {
    this(file, line, null, null);
  }

  /** The same place of a record. */
  public Place of(Supplier<String> record) {
    return new Place(file, line, pointer, record);
  }

  public Reject reject(String reason) {
    String where = pointer == null ? "" : pointer + ": ";
    return new Reject(file, line, where + reason, text());
  }

  /** The record; null when there is none. */
  public String text() {
    return record == null ? null : record.get();
  }
}
