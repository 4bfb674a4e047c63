package com.cruddur.ddb.bulk;

import java.util.function.Consumer;

/**
 * Whom a seed or an import tells what happens; called by the thread that runs it.
 *
 * @param rejects told each record that is not loaded
 * @param progress told from time to time, and at the end
 * @param changed told the partition key of each partition that items were stored in, once they are;
 *     a partition may be told several times
 * @param notes told what is no reject but must be known, a sentence each
 * @param behind told, in one line, each conversation row that could not be moved to the messages
 *     that were loaded
 */
public record BulkListener(
    Consumer<Reject> rejects,
    Consumer<SeedProgress> progress,
    Consumer<String> changed,
    Consumer<String> notes,
    Consumer<String> behind) {

  /** For those who load no rows. */
  public BulkListener(
      Consumer<Reject> rejects,
      Consumer<SeedProgress> progress,
      Consumer<String> changed,
      Consumer<String> notes) {
    this(rejects, progress, changed, notes, row -> {});
  }

  /** The same, for those who do. */
  public BulkListener withBehind(Consumer<String> rows) {
    return new BulkListener(rejects, progress, changed, notes, rows);
  }
}
