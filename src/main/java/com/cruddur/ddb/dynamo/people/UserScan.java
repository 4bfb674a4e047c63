package com.cruddur.ddb.dynamo.people;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Who is in a table, by its conversation rows: they are all that stands in the index, which is a
 * small part of the table. Its memory grows with the users, not with the messages.
 */
public final class UserScan {
  private final ParallelScan scan;
  private final Map<String, Entry> users = new HashMap<>();
  private int ofNobody;

  public UserScan(ItemTable items) {
    this.scan = new ParallelScan(items.indexPages());
  }

  /**
   * A user of the table.
   *
   * @param user as the latest row names them; without names when no row does
   * @param conversations how many rows the user's list has
   * @param lastMessageAt the sort key of the latest row of the list; empty for none
   */
  public record Listed(User user, int conversations, String lastMessageAt) {}

  private static final class Entry {
    private User user;
    private Instant named = Instant.MIN;
    private int conversations;
    private Instant latest = Instant.MIN;
    private String lastMessageAt = "";

    Entry(String uuid) {
      user = new User(uuid, "", "");
    }

    void own(ConversationRow row) {
      conversations++;
      // As the list is spelled, so that what is printed is found.
      user = new User(row.ownerUuid(), user.displayName(), user.handle());
      if (lastMessageAt.isEmpty() || row.instant().isAfter(latest)) {
        latest = row.instant();
        lastMessageAt = row.lastMessageAt();
      }
    }

    void name(ConversationRow row) {
      if (user.handle().isEmpty() || row.instant().isAfter(named)) {
        named = row.instant();
        String uuid = conversations > 0 ? user.uuid() : row.other().uuid();
        user = new User(uuid, row.other().displayName(), row.other().handle());
      }
    }
  }

  /**
   * Reads the whole index.
   *
   * @param segments how many parts are read at once, 1 or more
   * @param progress is told how many rows are read so far
   * @return the users by handle, then uuid
   */
  public List<Listed> read(int segments, LongConsumer progress) {
    long[] read = {0};
    scan.forEachPage(
        segments,
        null,
        page -> {
          page.stream()
              .filter(item -> Keys.isConversationRow(Items.text(item, Keys.PK)))
              .map(Items::row)
              .forEach(this::add);
          progress.accept(read[0] += page.size());
          return true;
        });
    return users.values().stream()
        .map(seen -> new Listed(seen.user, seen.conversations, seen.lastMessageAt))
        .sorted(
            Comparator.comparing((Listed listed) -> listed.user().handle())
                .thenComparing(listed -> listed.user().uuid()))
        .toList();
  }

  /** How many rows are in no user's list. */
  public int ofNobody() {
    return ofNobody;
  }

  private void add(ConversationRow row) {
    if (row.ownerUuid().isEmpty()) {
      ofNobody++;
    } else {
      of(row.ownerUuid()).own(row);
    }
    // A stand-in for a forgotten user is nobody.
    if (!row.other().uuid().isEmpty() && !Uuids.isForgotten(row.other().uuid())) {
      of(row.other().uuid()).name(row);
    }
  }

  private Entry of(String uuid) {
    return users.computeIfAbsent(uuid.toLowerCase(Locale.ROOT), lower -> new Entry(uuid));
  }
}
