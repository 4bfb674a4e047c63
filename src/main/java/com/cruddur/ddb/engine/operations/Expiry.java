package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes items whose time to live is over, as the service does on AWS: some time later, with a
 * record in the stream that names the service. A time more than five years past is taken for a
 * mistake and the item stays.
 */
public final class Expiry {
  private static final int ITEMS_IN_A_WRITE = 100;
  private static final Duration LONGEST_PAST = Duration.ofDays(5 * 365);

  private final Database database;
  private final InstantSource clock;

  public Expiry(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Looks through all tables with a time to live once. */
  public void run() {
    for (Table table : database.tables()) {
      String attribute = table.definition().json().path("TimeToLive").textValue();
      if (attribute != null) {
        expire(table, attribute);
      }
    }
  }

  private void expire(Table table, String attribute) {
    List<byte[]> due = new ArrayList<>();
    Table.Cursor cursor = table.scan(null, null, null, true);
    while (cursor.next()) {
      if (isOver(cursor.item(), attribute)) {
        due.add(cursor.key());
      }
      if (due.size() == ITEMS_IN_A_WRITE) {
        remove(table.name(), attribute, due);
        due.clear();
      }
    }
    if (!due.isEmpty()) {
      remove(table.name(), attribute, due);
    }
  }

  private void remove(String name, String attribute, List<byte[]> keys) {
    List<byte[]> due = List.copyOf(keys);
    database.<Void>write(
        transaction -> {
          Table table = transaction.table(name);
          if (table != null
              && attribute.equals(table.definition().json().path("TimeToLive").textValue())) {
            for (byte[] key : due) {
              Item item = transaction.get(table, key);
              if (item != null && isOver(item, attribute)) {
                transaction.expire(table, key, item);
              }
            }
          }
          return null;
        });
  }

  private boolean isOver(Item item, String attribute) {
    if (!(item.get(attribute) instanceof AttributeValue.N number)) {
      return false;
    }
    double seconds = Double.parseDouble(number.text());
    double now = clock.millis() / 1000.0;
    return seconds <= now && seconds > now - LONGEST_PAST.toSeconds();
  }
}
