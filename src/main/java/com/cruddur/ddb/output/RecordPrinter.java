package com.cruddur.ddb.output;

import java.util.Map;

/**
 * A list of records on its way to a Writer, in memory that does not grow with the list. Every
 * method throws {@link BrokenPipeException} when the reader has gone away. For one thread at a
 * time.
 */
public interface RecordPrinter extends AutoCloseable {
  /**
   * Prints one record.
   *
   * @param record field name to String, Number (every digit is kept), Boolean, null, or a Map or
   *     Iterable of these
   */
  void print(Map<String, ?> record);

  /**
   * Notes where the list goes on; null when it is complete, which is also the default. JSON prints
   * it as {@code next_token}; the other formats have no place for it.
   *
   * @throws IllegalStateException when called twice
   */
  void nextToken(String token);

  /**
   * Makes every record printed so far visible to the reader. Called after each page: a table
   * measures its columns over what it holds at that moment, so a flush after each record costs it
   * its alignment.
   */
  void flush();

  /** Ends the document and flushes. The Writer stays open; a second call does nothing. */
  @Override
  void close();
}
