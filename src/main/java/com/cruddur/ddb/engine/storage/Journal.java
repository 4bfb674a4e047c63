package com.cruddur.ddb.engine.storage;

import java.util.List;

/**
 * Records in the order in which they were appended, each with a number that is one more than the
 * last one's: a shard of a stream. Old ones are dropped from the front, many at a time.
 */
public interface Journal {

  /** A record and its number. */
  record Entry(long number, byte[] record) {}

  /** Records from a number on; stops after {@code count}, or after about {@code bytes} bytes. */
  List<Entry> read(long from, int count, int bytes);

  /** The number of the oldest record that is still there; that of the next one if there is none. */
  long first();

  /** The number that the next record will have. */
  long next();

  /** May forget records below a number; those that it keeps can still be read. */
  void trim(long before);
}
