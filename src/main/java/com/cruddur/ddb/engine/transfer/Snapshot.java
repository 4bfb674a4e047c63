package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.stream.History;
import com.cruddur.ddb.engine.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All items of a table as they were at one moment, although others go on writing: what changed
 * since then is given as it was before, by the table's history.
 */
final class Snapshot {
  private static final int AT_ONCE = 128;

  private final Table table;
  private final History.Reader history;
  private final long moment;
  private final Table.Cursor cursor;
  private final Map<ByteBuffer, Item> before = new HashMap<>();
  private byte[] passed;
  private boolean over;

  /** Takes items one by one. */
  interface Sink {
    void accept(Item item) throws IOException;
  }

  /**
   * @param moment epoch milliseconds
   */
  Snapshot(Table table, History.Reader history, long moment) {
    this.table = table;
    this.history = history;
    this.moment = moment;
    this.cursor = table.scan(null, null, null, true);
  }

  void read(Sink items) throws IOException {
    while (!over) {
      for (Item item : table.glance(this::next)) {
        items.accept(item);
      }
    }
    for (Item item : before.values().stream().filter(Objects::nonNull).toList()) {
      items.accept(item);
    }
  }

  private List<Item> next() {
    history.drain(this::undo);
    List<Item> some = new ArrayList<>();
    for (int i = 0; i < AT_ONCE && !over; i++) {
      over = !cursor.next();
      if (!over) {
        passed = cursor.key();
        if (!before.containsKey(ByteBuffer.wrap(passed))) {
          some.add(cursor.item());
        }
      }
    }
    if (passed == null) {
      passed = new byte[0];
    }
    return some;
  }

  /** What came after the first look is undone whatever its time: half of it may have been read. */
  private void undo(StreamRecord change) {
    boolean begun = passed != null;
    if (begun || change.moment() > moment) {
      byte[] key = table.key().bytes(change.keys());
      boolean given = begun && Arrays.compareUnsigned(key, passed) <= 0;
      ByteBuffer wrapped = ByteBuffer.wrap(key);
      if (!before.containsKey(wrapped)) {
        before.put(wrapped, given ? null : change.oldImage());
      }
    }
  }
}
