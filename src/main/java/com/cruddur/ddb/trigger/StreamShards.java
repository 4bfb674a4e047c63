package com.cruddur.ddb.trigger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The shards of a stream at one moment.
 *
 * @param byId in the order in which DynamoDB lists them
 * @param off whether the stream was turned off: no more records will come
 */
record StreamShards(Map<String, Shard> byId, boolean off) {

  /** Asks for all of them, page after page. */
  static StreamShards of(DynamoDbStreamsClient streams, String streamArn) {
    Map<String, Shard> shards = new LinkedHashMap<>();
    boolean off;
    String last = null;
    do {
      String after = last;
      StreamDescription page =
          streams
              .describeStream(r -> r.streamArn(streamArn).exclusiveStartShardId(after))
              .streamDescription();
      page.shards().forEach(shard -> shards.put(shard.shardId(), shard));
      off = page.streamStatus() == StreamStatus.DISABLED;
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return new StreamShards(shards, off);
  }

  Set<String> ids() {
    return byId.keySet();
  }

  /** Whether a shard takes no more records; its children do. */
  boolean closed(String id) {
    Shard shard = byId.get(id);
    return shard.sequenceNumberRange() != null
        && shard.sequenceNumberRange().endingSequenceNumber() != null;
  }

  /** Whether a shard is still to be read, and its parent was read to its end or is gone. */
  boolean canBeOpened(String id, Checkpoints checkpoints) {
    String parent = byId.get(id).parentShardId();
    boolean orphan = parent == null || !byId.containsKey(parent);
    return !checkpoints.ended(id) && (orphan || checkpoints.ended(parent));
  }
}
