package com.cruddur.ddb.dynamo.people;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.file.RunData;
import com.cruddur.ddb.file.SortedRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Who is in a table, by its conversation rows: they are all that stands in the index, which is a
 * small part of the table. What the rows tell is sorted by user, on disk where it does not fit, so
 * that memory does not grow with the users.
 */
public final class UserScan implements Closeable {
  /** Held in bytes, before it goes to disk. */
  private static final long MEMORY = 32L << 20;

  private final ParallelScan scan;
  private final SortedRuns told;
  private final SortedRuns users;
  private int ofNobody;

  public UserScan(ItemTable items) {
    this(items, MEMORY);
  }

  UserScan(ItemTable items, long memory) {
    this.scan = new ParallelScan(items.indexPages());
    this.told = new SortedRuns(memory);
    this.users = new SortedRuns(memory);
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

    void add(Told row) {
      if (row.own) {
        own(row);
      } else if (user.handle().isEmpty() || row.at.isAfter(named)) {
        named = row.at;
        String uuid = conversations > 0 ? user.uuid() : row.user.uuid();
        user = new User(uuid, row.user.displayName(), row.user.handle());
      }
    }

    private void own(Told row) {
      conversations++;
      // As the list is spelled, so that what is printed is found.
      user = new User(row.user.uuid(), user.displayName(), user.handle());
      if (lastMessageAt.isEmpty() || row.at.isAfter(latest)) {
        latest = row.at;
        lastMessageAt = row.key;
      }
    }
  }

  /** What a row tells of a user: that it stands in their list, or how it names them. */
  private record Told(boolean own, User user, Instant at, String key) {
    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeBoolean(own);
      write(out, user);
      RunData.write(out, at);
      RunData.write(out, key);
      return bytes.toByteArray();
    }

    static Told of(byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      return new Told(in.readBoolean(), named(in), RunData.instant(in), RunData.text(in));
    }
  }

  private static void write(DataOutputStream out, User user) throws IOException {
    RunData.write(out, user.uuid());
    RunData.write(out, user.displayName());
    RunData.write(out, user.handle());
  }

  private static User named(DataInputStream in) throws IOException {
    return new User(RunData.text(in), RunData.text(in), RunData.text(in));
  }

  /**
   * Reads the whole index.
   *
   * @param segments how many parts are read at once, 1 or more
   * @param progress is told how many rows are read so far
   */
  public void read(int segments, LongConsumer progress) {
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
    try {
      sortByHandle();
      told.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(ConversationRow row) {
    User owner = new User(row.ownerUuid(), "", "");
    if (owner.uuid().isEmpty()) {
      ofNobody++;
    } else {
      add(new Told(true, owner, row.instant(), row.lastMessageAt()));
    }
    // A stand-in for a forgotten user is nobody.
    if (!row.other().uuid().isEmpty() && !Uuids.isForgotten(row.other().uuid())) {
      add(new Told(false, row.other(), row.instant(), ""));
    }
  }

  private void add(Told row) {
    try {
      told.add(SortedRuns.key(row.user.uuid().toLowerCase(Locale.ROOT)), row.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sortByHandle() throws IOException {
    SortedRuns.Cursor sorted = told.sorted();
    byte[] key = null;
    Entry seen = null;
    for (var next = sorted.next(); next != null; next = sorted.next()) {
      Told row = Told.of(next.value());
      if (key == null || !Arrays.equals(key, next.key())) {
        keep(seen);
        key = next.key();
        seen = new Entry(row.user.uuid());
      }
      seen.add(row);
    }
    keep(seen);
  }

  private void keep(Entry seen) throws IOException {
    if (seen != null) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
      DataOutputStream out = new DataOutputStream(bytes);
      write(out, seen.user);
      out.writeInt(seen.conversations);
      RunData.write(out, seen.lastMessageAt);
      byte[] uuid = seen.user.uuid().getBytes(StandardCharsets.UTF_8);
      users.add(SortedRuns.key(seen.user.handle(), uuid), bytes.toByteArray());
    }
  }

  /** Tells the users by handle, then uuid, once the index was read. */
  public void forEach(Consumer<Listed> out) {
    try {
      SortedRuns.Cursor sorted = users.sorted();
      for (var next = sorted.next(); next != null; next = sorted.next()) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(next.value()));
        out.accept(new Listed(named(in), in.readInt(), RunData.text(in)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows are in no user's list. */
  public int ofNobody() {
    return ofNobody;
  }

  @Override
  public void close() {
    try {
      told.close();
      users.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
