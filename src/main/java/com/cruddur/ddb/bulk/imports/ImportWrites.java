package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.bulk.SameItem;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Puts the items of an import into the table: what stands on an item's key is read first, unless it
 * is known to be free. Of two with one key the second is looked up once the first is written.
 */
final class ImportWrites implements AutoCloseable {
  /** How many items wait to be read together. */
  private static final int TO_READ = 2_500;

  /** How many items are under way at most before all of them are waited for. */
  private static final int MOST_UNDER_WAY = 20_000;

  /** 12 MB: one item in a hundred is read in vain at this number, more of them beyond it. */
  private static final int EXPECTED = 10_000_000;

  private static final double FALSE_POSITIVES = 0.01;

  private final boolean overwrite;
  private final Listener listener;
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
  private final ItemSink batches;
  private final ItemReads reads;

  /** What has come before in a table that was empty; null for another one. */
  private final BloomFilter<CharSequence> seen;

  private final Map<String, Read> underWay = new LinkedHashMap<>();
  private Map<String, Read> toRead = new LinkedHashMap<>();

  /** Told what becomes of the items. */
  interface Listener {
    /** An item is written, was there already, or is rejected, which has a reason. */
    void done(Read read, RecordStatus status, String reason);

    /** All that was to be written is written; the partitions that have changed. */
    void written(Set<String> partitions);

    /** All that was to be read is read. */
    void settled();
  }

  /** Whether it is one of a full export, or what has become of one. */
  enum Change {
    NONE,
    PUT,
    DELETE
  }

  /** An item of the input, or the key of one that was deleted. */
  record Read(Place at, Map<String, AttributeValue> item, Change change) {
    Kind kind() {
      String pk = item.get(Keys.PK).s();
      return Keys.isMessage(pk) ? Kind.MESSAGE : Keys.isConversationRow(pk) ? Kind.ROW : Kind.OTHER;
    }
  }

  /** An item that DynamoDB found invalid. */
  private record Refused(String key, String reason) {}

  /**
   * Writes to a table.
   *
   * @param overwrite whether an item replaces another one that stands on its key; a change does in
   *     any case
   */
  ImportWrites(ItemTable items, boolean overwrite, Listener listener) {
    this.overwrite = overwrite;
    this.listener = listener;
    this.batches =
        items.sink(
            (item, e) -> refused.add(new Refused(key(item), e.awsErrorDetails().errorMessage())));
    this.reads = items.reads();
    this.seen = isEmptyTable() ? newFilter() : null;
  }

  private boolean isEmptyTable() {
    try {
      return reads.tableIsEmpty();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static BloomFilter<CharSequence> newFilter() {
    return BloomFilter.create(
        Funnels.stringFunnel(StandardCharsets.UTF_8), EXPECTED, FALSE_POSITIVES);
  }

  /** The length keeps ("a", "bc") and ("ab", "c") apart. */
  private static String key(Map<String, AttributeValue> item) {
    String pk = item.get(Keys.PK).s();
    return pk.length() + ":" + pk + item.get(Keys.SK).s();
  }

  void add(Read read) {
    String key = key(read.item);
    if (read.change == Change.NONE && seen != null && seen.put(key)) {
      write(key, read);
    } else {
      lookUp(key, read);
    }
    if (underWay.size() >= MOST_UNDER_WAY) {
      settle();
    }
  }

  private void write(String key, Read read) {
    underWay.put(key, read);
    if (read.change == Change.DELETE) {
      batches.delete(read.item);
    } else {
      batches.put(read.item);
    }
  }

  private void lookUp(String key, Read read) {
    if (toRead.containsKey(key) || toRead.size() >= TO_READ) {
      settle();
    }
    toRead.put(key, read);
  }

  /** Waits for what is written, looks up what is to be read, and writes what is not there. */
  void settle() {
    flush();
    if (!toRead.isEmpty()) {
      Map<String, Read> batch = toRead;
      toRead = new LinkedHashMap<>();
      List<Map<String, AttributeValue>> items = new ArrayList<>();
      batch.values().forEach(read -> items.add(read.item));
      Map<String, Map<String, AttributeValue>> standing = new LinkedHashMap<>();
      reads.standing(items).forEach(item -> standing.put(key(item), item));
      batch.forEach((key, read) -> decide(key, read, standing.get(key)));
    }
    listener.settled();
  }

  private void decide(String key, Read read, Map<String, AttributeValue> there) {
    boolean same =
        read.change == Change.DELETE
            ? there == null
            : there != null && SameItem.same(there, read.item);
    if (same) {
      listener.done(read, RecordStatus.UNCHANGED, null);
    } else if (there == null || overwrite || read.change != Change.NONE) {
      write(key, read);
    } else {
      listener.done(
          read, RecordStatus.REJECTED, "another item has its key; --overwrite replaces it");
    }
  }

  /** Waits for what is written. */
  void flush() {
    batches.flush();
    for (Refused one = refused.poll(); one != null; one = refused.poll()) {
      listener.done(underWay.remove(one.key), RecordStatus.REJECTED, one.reason);
    }
    Set<String> partitions = new LinkedHashSet<>();
    for (Read read : underWay.values()) {
      listener.done(read, RecordStatus.WRITTEN, null);
      partitions.add(read.item.get(Keys.PK).s());
    }
    listener.written(partitions);
    underWay.clear();
  }

  @Override
  public void close() {
    try (ItemSink first = batches) {
      reads.close();
    }
  }
}
