package com.cruddur.ddb;

/** What a {@link FaultyProxy} does to a request or its answer. */
public enum Fault {
  /** Nothing: the database's own answer. */
  NONE,
  /** Throttled, nothing is done. */
  THROTTLE,
  /** The service fails, nothing is done. */
  ERROR_500,
  /** The credentials have expired, nothing is done. */
  EXPIRED,
  /** The credentials are none of the service's, nothing is done. */
  UNRECOGNIZED,
  /** The table is being made or deleted, nothing is done. */
  IN_USE,
  /** There is no such table, nothing is done. */
  NO_TABLE,
  /** A query of an index that is still being filled is refused. */
  BACKFILLING,
  /** The table is described as one that is being made, with its index. */
  TABLE_CREATING,
  /** The table's index is described as one that is being made. */
  INDEX_CREATING,
  /** The table is described as one that is being deleted. */
  TABLE_DELETING,
  /** The connection ends without an answer, nothing is done. */
  CUT_BEFORE,
  /** The connection ends without an answer, although the work was done. */
  CUT_AFTER,
  /** The work is done, and the connection ends in the middle of the answer. */
  CUT_MIDDLE,
  /** No answer ever comes, nothing is done. */
  HANG_BEFORE,
  /** The work is done, but no answer ever comes. */
  HANG_AFTER,
  /** The work is done, and the answer comes a byte every 50 ms. */
  DRIP,
  /** The work is done, and half of the JSON comes, as if it were all of it. */
  TRUNCATE,
  /** The work is done, and a page of some other server comes instead of the answer. */
  GARBAGE,
  /** The work is done, and an answer without a body comes. */
  EMPTY,
  /** Half of a batch of writes is done, the rest is handed back; nothing else changes. */
  HALF_BATCH
}
