package com.cruddur.ddb.engine.stream;

/**
 * A piece of a stream: a journal of records, taken up by one part of the keys.
 *
 * @param parent the shard that it goes on from, or null
 * @param journal number of the journal
 * @param base what is added to a record's number in the journal to get its sequence number
 * @param end the last sequence number once the shard is closed; -1 while it is open
 * @param fromHash the first hash of a partition that it takes, 0 to 65,535
 * @param toHash the first hash that it takes no more, up to 65,536
 * @param opened epoch milliseconds
 */
public record Shard(
    String id,
    String parent,
    int journal,
    long base,
    long end,
    int fromHash,
    int toHash,
    long opened) {
  static final int HASHES = 1 << 16;

  /** Whether records are still added. */
  public boolean isOpen() {
    return end < 0;
  }

  Shard closedAt(long last) {
    return new Shard(id, parent, journal, base, last, fromHash, toHash, opened);
  }

  boolean takes(int hash) {
    return isOpen() && fromHash <= hash && hash < toHash;
  }
}
