package com.cruddur.ddb.bulk;

/**
 * How far a seed has come, over all kinds of records.
 *
 * @param file the input that is read
 * @param read records read
 * @param written records that changed the table
 * @param unchanged records that the table held already
 * @param rejected records that were not loaded
 * @param settling how many conversations had no settled rows when all records were read; 0 before
 * @param settled of these, those whose rows are settled
 */
public record SeedProgress(
    String file,
    long read,
    long written,
    long unchanged,
    long rejected,
    long settling,
    long settled) {
  /** While records are read. */
  public SeedProgress(String file, long read, long written, long unchanged, long rejected) {
    this(file, read, written, unchanged, rejected, 0, 0);
  }

  /** At the end, when the rows of conversations are settled. */
  public SeedProgress settling(long all, long done) {
    return new SeedProgress(file, read, written, unchanged, rejected, all, done);
  }
}
