package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeyBytes;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Table.Cursor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All items of one partition of a table with local indexes, and their entries in these.
 *
 * @param key the partition key alone
 */
record ItemCollection(Item key, long bytes) {

  private static final long GIGABYTE = 1L << 30;

  /** Whether the request asked for it and the table has such collections. */
  static boolean isWanted(Request request, Table table) {
    return "SIZE".equals(request.text("ReturnItemCollectionMetrics"))
        && table.indexes().stream().anyMatch(index -> !index.global());
  }

  /** The collection that an item belongs to, measured. */
  static ItemCollection of(Table table, Item item) {
    List<String> names = table.key().partition().stream().map(KeyAttribute::name).toList();
    byte[] from = table.key().partitionBytes(item);
    byte[] to = KeyBytes.after(from);
    long bytes = bytes(table.scan(null, from, to, true));
    for (Index index : table.indexes()) {
      bytes += index.global() ? 0 : bytes(table.scan(index, from, to, true));
    }
    return new ItemCollection(item.only(names), bytes);
  }

  private static long bytes(Cursor cursor) {
    long bytes = 0;
    while (cursor.next()) {
      bytes += cursor.item().size();
    }
    return bytes;
  }

  /** The different collections that items belong to. */
  static List<Reply> each(Table table, List<Item> items) {
    Map<Item, Reply> collections = new LinkedHashMap<>();
    for (Item item : items) {
      ItemCollection collection = of(table, item);
      collections.putIfAbsent(collection.key(), collection.shown());
    }
    return List.copyOf(collections.values());
  }

  Reply shown() {
    long gigabytes = bytes / GIGABYTE;
    return Reply.of("ItemCollectionKey", key)
        .with("SizeEstimateRangeGB", List.of((double) gigabytes, gigabytes + 1.0));
  }
}
