package com.cruddur.ddb.engine.item;

import java.util.List;
import java.util.stream.Stream;

/**
 * The key of a table or an index: partition and sort attributes.
 *
 * <p>A table has one partition attribute and at most one sort attribute; a global index may have
 * four of each. In bytes a key is the hash of its partition, the partition, the sort part; keys
 * compare as unsigned bytes. So the items of a partition lie side by side in their order, and a
 * segment of a scan is a range of hashes.
 */
public record KeySchema(List<KeyAttribute> partition, List<KeyAttribute> sort) {

  private static final int HASH_BYTES = 4;

  public KeySchema {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }

  /** All attributes of the key, partition first. */
  public List<KeyAttribute> attributes() {
    return Stream.concat(partition.stream(), sort.stream()).toList();
  }

  /** The names of the key's attributes, partition first. */
  public List<String> names() {
    return attributes().stream().map(KeyAttribute::name).toList();
  }

  /** The key's attributes of an item, without the rest of it. */
  public Item keyOf(Item item) {
    return item.only(names());
  }

  /** The item's key in bytes; null where it lacks an attribute of it or has one of another type. */
  public byte[] bytes(Item item) {
    ByteSink sink = new ByteSink(48);
    return append(sink, item) ? sink.toBytes() : null;
  }

  /** The item's place in this index: its key there, then its key in the table; null as above. */
  public byte[] entryBytes(Item item, byte[] tableKey) {
    ByteSink sink = new ByteSink(48 + tableKey.length);
    if (!append(sink, item)) {
      return null;
    }
    sink.put(tableKey);
    return sink.toBytes();
  }

  /** What all keys of a partition begin with; one value for each partition attribute. */
  public byte[] partitionBytes(Item item) {
    ByteSink sink = new ByteSink(32);
    return appendPartition(sink, item) ? sink.toBytes() : null;
  }

  /** Where a segment of a parallel scan begins; the end of the last one is open. */
  public static byte[] segmentFrom(int segment, int total) {
    long hash = ((1L << 32) * segment + total - 1) / total;
    return new byte[] {(byte) (hash >> 24), (byte) (hash >> 16), (byte) (hash >> 8), (byte) hash};
  }

  private boolean append(ByteSink sink, Item item) {
    return appendPartition(sink, item) && appendAll(sink, sort, item);
  }

  private boolean appendPartition(ByteSink sink, Item item) {
    ByteSink values = new ByteSink(32);
    if (!appendAll(values, partition, item)) {
      return false;
    }
    byte[] bytes = values.toBytes();
    int hash = hash(bytes);
    for (int shift = (HASH_BYTES - 1) * 8; shift >= 0; shift -= 8) {
      sink.put(hash >>> shift);
    }
    sink.put(bytes);
    return true;
  }

  private static boolean appendAll(ByteSink sink, List<KeyAttribute> attributes, Item item) {
    for (int i = 0; i < attributes.size(); i++) {
      KeyAttribute attribute = attributes.get(i);
      AttributeValue value = item.get(attribute.name());
      if (value == null || !attribute.accepts(value)) {
        return false;
      }
      KeyBytes.append(sink, value);
    }
    return true;
  }

  /** Spreads keys that differ in few bits over the whole range (the end of MurmurHash3). */
  private static int hash(byte[] bytes) {
    int hash = 0x9747b28c;
    for (byte b : bytes) {
      hash = hash * 31 + b;
    }
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }
}
