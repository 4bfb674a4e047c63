package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.ConversationRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The global secondary index of AWS, which a store in memory has not: it shows the rows as they
 * were some time ago. When it is torn, the new place of a row and the loss of its old one come at
 * times of their own, so that for a while it shows both or neither.
 */
final class LaggingIndex {
  private final long lagNanos;
  private final boolean torn;
  private final Random random;
  private final Map<ConversationRow, Long> puts = new HashMap<>();
  private final Map<String, Long> deletes = new HashMap<>();

  LaggingIndex(long lagMillis, boolean torn, long seed) {
    this.lagNanos = lagMillis * 1_000_000;
    this.torn = torn;
    this.random = new Random(seed);
  }

  /** A row that has been there for long. */
  synchronized void begin(ConversationRow row) {
    puts.put(row, System.nanoTime());
  }

  synchronized void put(ConversationRow row) {
    puts.put(row, visibleAt());
  }

  /** A row never comes back to a key that it left, so one time is enough. */
  synchronized void delete(ConversationRow row) {
    deletes.put(key(row), visibleAt());
  }

  synchronized List<ConversationRow> rows(String groupUuid) {
    long now = System.nanoTime();
    List<ConversationRow> shown = new ArrayList<>();
    puts.forEach(
        (row, at) -> {
          Long gone = deletes.get(key(row));
          if (row.groupUuid().equals(groupUuid) && at <= now && (gone == null || gone > now)) {
            shown.add(row);
          }
        });
    return shown;
  }

  private long visibleAt() {
    return System.nanoTime() + (torn ? (long) (random.nextDouble() * lagNanos) : lagNanos);
  }

  private static String key(ConversationRow row) {
    return row.groupUuid() + " " + row.ownerUuid() + " " + row.lastMessageAt();
  }
}
