package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Table.Cursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One page of a query or a scan: as many items as were asked for, or all up to the one that makes
 * it more than 1 MB.
 */
final class Page {

  private static final long MOST_BYTES = 1 << 20;
  private static final int AT_ONCE = 128;

  private final Table table;
  private final Index index;
  private final Condition filter;
  private final Selection selection;
  private final Capacity capacity;
  private final List<Item> items = new ArrayList<>();
  private int count;
  private int scanned;
  private long bytes;
  private Item last;

  Page(Table table, Index index, Condition filter, Selection selection) {
    this.table = table;
    this.index = index;
    this.filter = filter;
    this.selection = selection;
    this.capacity = new Capacity(table, false);
  }

  /**
   * Reads a range into the page; without a limit it is null. Up to {@value #AT_ONCE} items are of
   * one moment: a row that a transaction moves meanwhile is there once. AWS promises no more than
   * that each item is whole.
   */
  void read(KeyRange range, boolean forward, Long limit, boolean consistent) {
    long before = bytes;
    Cursor cursor =
        table.glance(
            () -> {
              Cursor begun = table.scan(index, range.from(), range.to(), forward);
              return take(begun, limit, consistent) ? begun : null;
            });
    while (cursor != null) {
      Cursor rest = cursor;
      cursor = table.glance(() -> take(rest, limit, consistent)) ? rest : null;
    }
    capacity.read(index, bytes - before, consistent);
  }

  /** Takes the next few items; false when the page is over. */
  private boolean take(Cursor cursor, Long limit, boolean consistent) {
    for (int i = 0; i < AT_ONCE; i++) {
      if (!cursor.next()) {
        return false;
      }
      Item item = cursor.item();
      bytes += item.size();
      scanned++;
      take(item, consistent);
      if (bytes > MOST_BYTES || limit != null && scanned == limit) {
        last = item;
        return false;
      }
    }
    return true;
  }

  private void take(Item held, boolean consistent) {
    Item item = held;
    if (selection.fetch()) {
      Item whole = table.get(table.key().bytes(held));
      item = whole == null ? held : whole;
      capacity.read(null, item.size(), consistent);
    }
    if (filter == null || filter.test(item)) {
      count++;
      if (!selection.count()) {
        items.add(selection.apply(item));
      }
    }
  }

  /** Whether the page ended before what was to be read. */
  boolean isFull() {
    return last != null;
  }

  Capacity capacity() {
    return capacity;
  }

  List<Item> items() {
    return items;
  }

  /** Where the next page begins, or null at the end. */
  Item lastKey() {
    return last == null ? null : last.only(keyNames(table, index));
  }

  Reply shown(Request request) {
    return Reply.of("Items", selection.count() ? null : items)
        .with("Count", count)
        .with("ScannedCount", scanned)
        .with("LastEvaluatedKey", lastKey())
        .with("ConsumedCapacity", Capacity.shown(request, capacity));
  }

  /** The attributes that say where reading stopped: the key of the table and that of the index. */
  static Set<String> keyNames(Table table, Index index) {
    Set<String> names = new LinkedHashSet<>();
    if (index != null) {
      names.addAll(index.key().names());
    }
    names.addAll(table.key().names());
    return names;
  }
}
