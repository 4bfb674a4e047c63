package com.cruddur.ddb.dynamo.batch;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Takes items that are to be written, many at once. Puts are unconditional: the caller has made
 * sure that the keys are free or hold the same. No two items under way have the same key. Puts are
 * safe for several threads.
 */
public interface ItemSink extends AutoCloseable {
  /** As {@link #put(Map, PendingPuts)}, to be waited for by {@link #flush}. */
  void put(Map<String, AttributeValue> item);

  /**
   * Puts an item soon, together with others; blocks while enough wait or are under way.
   *
   * @throws RuntimeException what an earlier one failed with
   */
  void put(Map<String, AttributeValue> item, PendingPuts group);

  /** Deletes the item of a key, as {@link #put(Map)} puts one; nothing when there is none. */
  void delete(Map<String, AttributeValue> key);

  /** As {@link #await}, for the items that were put without a group. */
  void flush();

  /**
   * Waits until every item of a group is stored.
   *
   * @throws RuntimeException what one failed with
   */
  void await(PendingPuts group);

  @Override
  void close();
}
