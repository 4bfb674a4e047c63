package com.cruddur.ddb.engine.storage;

import java.util.concurrent.locks.Lock;

/**
 * Where bytes are kept: ordered maps and journals, each with a number, changed together by {@link
 * #write}. Numbers are never used again.
 */
interface Store extends AutoCloseable {

  /** The map of a number; a new one is empty. */
  OrderedMap map(int number);

  /** The journal of a number; a new one is empty. */
  Journal journal(int number);

  /**
   * Makes all changes or none, and returns when they would survive the end of this process. One
   * thread at a time calls this.
   *
   * @param showing held while changes that are kept become visible, so that who holds the other
   *     side of it sees all of them or none
   * @throws StorageException when they cannot be kept; then nothing has changed
   */
  void write(Changes changes, Lock showing);

  /**
   * Gives back the room of records that were trimmed, and tells whether there was any. Called as
   * {@link #write} is.
   */
  boolean reclaim();

  /** Waits for what runs in the background and lets go of all files. */
  @Override
  void close();
}
