package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.stream.History;
import com.cruddur.ddb.engine.stream.StreamRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of each item of a table between two moments: how it was before and how it is in the
 * end. An item that was made and deleted between them is not told.
 */
final class Increment {

  /** An item's change; images are null where there was no item. */
  private record Change(Item old, Item now, long moment) {}

  private static final long MICROS = 1000;

  private final Map<Item, Change> changes = new LinkedHashMap<>();

  /**
   * @param from epoch milliseconds, inclusive
   * @param to epoch milliseconds, exclusive
   */
  Increment(History.Reader history, long from, long to) {
    history.drain(
        record -> {
          if (from <= record.moment() && record.moment() < to) {
            add(record);
          }
        });
  }

  private void add(StreamRecord record) {
    Change before = changes.get(record.keys());
    Item old = before == null ? record.oldImage() : before.old;
    changes.put(record.keys(), new Change(old, record.newImage(), record.moment()));
  }

  /**
   * Writes all changes.
   *
   * @param view NEW_AND_OLD_IMAGES or NEW_IMAGES
   */
  void write(String view, ExportFiles files) throws IOException {
    for (Map.Entry<Item, Change> each : changes.entrySet()) {
      Change change = each.getValue();
      if (change.old == null && change.now == null) {
        continue;
      }
      Map<String, Item> images = new LinkedHashMap<>();
      images.put("Keys", each.getKey());
      if (change.old != null && view.equals("NEW_AND_OLD_IMAGES")) {
        images.put("OldImage", change.old);
      }
      if (change.now != null) {
        images.put("NewImage", change.now);
      }
      files.change(images, change.moment * MICROS);
    }
  }
}
