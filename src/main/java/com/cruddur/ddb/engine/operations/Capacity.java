package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The capacity units that one request takes of one table and its indexes.
 *
 * <p>A write is a unit for each KB of the larger of the old and the new item, in each index too
 * whose entry changes, and once more where it moves. A read is half a unit for each 4 KB, a whole
 * one if it is consistent. In transactions everything counts double.
 */
final class Capacity {

  private static final int WRITE_UNIT = 1024;
  private static final int READ_UNIT = 4096;

  private final String table;
  private final boolean transaction;
  private double reads;
  private double writes;
  private double ofTable;
  private final Map<String, Double> global = new TreeMap<>();
  private final Map<String, Double> local = new TreeMap<>();

  Capacity(Table table, boolean transaction) {
    this.table = table.name();
    this.transaction = transaction;
  }

  /** All units taken. */
  double total() {
    return reads + writes;
  }

  /** Adds what another request or part of one took of the same table. */
  void add(Capacity other) {
    reads += other.reads;
    writes += other.writes;
    ofTable += other.ofTable;
    other.global.forEach((name, units) -> global.merge(name, units, Double::sum));
    other.local.forEach((name, units) -> local.merge(name, units, Double::sum));
  }

  /** Adds the read of so many bytes of the table, or of an index. */
  void read(Index index, long bytes, boolean consistent) {
    double units = units(bytes, READ_UNIT) * (transaction ? 2 : consistent ? 1 : 0.5);
    reads += units;
    add(index, units);
  }

  /** Adds the write of an item over another one; either may be null. */
  void write(Table into, Item old, Item item) {
    write(null, Math.max(size(old), size(item)));
    byte[] key = into.key().bytes(old == null ? item == null ? Item.EMPTY : item : old);
    for (Index index : into.indexes()) {
      byte[] from = old == null ? null : index.key().entryBytes(old, key);
      byte[] to = item == null ? null : index.key().entryBytes(item, key);
      Item oldEntry = from == null ? null : index.project(old, into.key());
      Item entry = to == null ? null : index.project(item, into.key());
      if (Arrays.equals(from, to)) {
        if (from != null && !oldEntry.equals(entry)) {
          write(index, Math.max(size(oldEntry), size(entry)));
        }
      } else {
        if (from != null) {
          write(index, size(oldEntry));
        }
        if (to != null) {
          write(index, size(entry));
        }
      }
    }
  }

  private void write(Index index, long bytes) {
    double units = units(bytes, WRITE_UNIT) * (transaction ? 2 : 1);
    writes += units;
    add(index, units);
  }

  private void add(Index index, double units) {
    if (index == null) {
      ofTable += units;
    } else {
      (index.global() ? global : local).merge(index.name(), units, Double::sum);
    }
  }

  private static int size(Item item) {
    return item == null ? 0 : item.size();
  }

  private static long units(long bytes, int unit) {
    return Math.max(1, (bytes + unit - 1) / unit);
  }

  /** What was taken, as much of it as the request asked for; null if it did not ask. */
  static Reply shown(Request request, Capacity capacity) {
    return isWanted(request) ? capacity.shown(request) : null;
  }

  /** What was taken of several tables. */
  static List<Reply> shown(Request request, Collection<Capacity> capacities) {
    return isWanted(request)
        ? capacities.stream().map(capacity -> capacity.shown(request)).toList()
        : null;
  }

  private static boolean isWanted(Request request) {
    return !request.text("ReturnConsumedCapacity", "NONE").equals("NONE");
  }

  private Reply shown(Request request) {
    Reply reply = Reply.of("TableName", request.text("TableName", table));
    units(reply, total());
    if (request.text("ReturnConsumedCapacity").equals("INDEXES")) {
      reply
          .with("Table", units(Reply.empty(), ofTable))
          .with("LocalSecondaryIndexes", indexes(local))
          .with("GlobalSecondaryIndexes", indexes(global));
    }
    return reply;
  }

  private Reply indexes(Map<String, Double> indexes) {
    Reply reply = Reply.empty();
    indexes.forEach((name, units) -> reply.with(name, units(Reply.empty(), units)));
    return indexes.isEmpty() ? null : reply;
  }

  /** Only transactions tell reads and writes apart. */
  private Reply units(Reply reply, double units) {
    reply.with("CapacityUnits", units);
    return transaction
        ? reply.with(writes > 0 ? "WriteCapacityUnits" : "ReadCapacityUnits", units)
        : reply;
  }
}
