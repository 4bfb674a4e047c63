package com.cruddur.ddb.spark;

import java.io.Serializable;
import org.apache.spark.Partitioner;

/** Brings what belongs to one conversation into one partition, whatever file it is of. */
final class ByConversation extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int partitions;

  ByConversation(int partitions) {
    this.partitions = partitions;
  }

  /**
   * A conversation and a place in the order of reading.
   *
   * @param item within the file
   */
  record Key(String conversation, int file, long item) implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      int order = conversation.compareTo(other.conversation);
      order = order != 0 ? order : Integer.compare(file, other.file);
      return order != 0 ? order : Long.compare(item, other.item);
    }
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return Math.floorMod(((Key) key).conversation().hashCode(), partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByConversation same && same.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
