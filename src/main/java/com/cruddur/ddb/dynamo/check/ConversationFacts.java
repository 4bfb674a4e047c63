package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.cruddur.ddb.file.RunData;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be known of a conversation to judge its rows: its newest message, its senders, its
 * rows. Its size depends on the participants, not on the messages, and it holds no texts.
 */
final class ConversationFacts {
  /** Strangers may have written: of more, the first by uuid, in whatever order they are read. */
  private static final int MOST_SENDERS = 16;

  /** Names of another type: kept as they are, and found as such. */
  private static final Set<String> NAMES = Set.of("user_display_name", "user_handle");

  private static final long UNREAD = -1;

  /** What it takes in memory without senders and rows, about, in bytes. */
  private static final int EMPTY_BYTES = 900;

  /** What a sender or a row takes without its texts. */
  private static final int ENTRY_BYTES = 240;

  /** Clocks differ by less. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private final String groupUuid;
  private final TreeSet<String> senders = new TreeSet<>();
  private final List<Row> rows = new ArrayList<>(2);
  private Instant newestAt;
  private String newestKey;
  private long newestText;
  private long messages;
  private boolean oddMessage;
  private final Map<String, Instant> namedAt = new HashMap<>(4);
  private final Map<String, Long> names = new HashMap<>(4);

  private final OddItems items;
  private final UuidHashes uuids = new UuidHashes();
  private long texts;

  ConversationFacts(String groupUuid) {
    this.groupUuid = groupUuid;
    this.items = new OddItems(groupUuid);
  }

  /** What its items show by themselves. */
  OddItems items() {
    return items;
  }

  /** The uuids of its messages, as far as they are to be compared. */
  UuidHashes uuids() {
    return uuids;
  }

  /** What it takes in memory, about. */
  long bytes() {
    return EMPTY_BYTES
        + (long) ENTRY_BYTES * (senders.size() + rows.size())
        + 2 * texts
        + items.bytes()
        + uuids.bytes();
  }

  /** What is wrong with single items, and what is worth knowing of them. */
  List<Finding> ofItems(Instant now) {
    List<Finding> found = items.findings();
    if (newestAt != null && newestAt.isAfter(now.plus(CLOCKS))) {
      String detail = "legal; it keeps the conversation on top of the lists until then";
      found.add(new Finding(Kind.FUTURE, groupUuid, "", newestKey, detail, null));
    }
    return found;
  }

  /** A row without its texts; name is what it calls the other participant, 0 for nothing. */
  record Row(String owner, String key, Instant at, long text, String other, long name) {}

  void add(Message message) {
    messages++;
    oddMessage |= !Timestamps.sorts(message.createdAt());
    Instant at = message.instant();
    String key = message.createdAt();
    if (!at.equals(Instant.MIN) && isNewer(at, key)) {
      newestAt = at;
      newestKey = key;
      newestText = digest(message.text());
    }
    String sender = message.sender().uuid();
    if (!sender.isEmpty() && remember(sender)) {
      named(sender, at, name(message.sender()));
    }
  }

  private boolean isNewer(Instant at, String key) {
    return newestAt == null
        || at.isAfter(newestAt)
        || (at.equals(newestAt) && key.compareTo(newestKey) > 0);
  }

  private boolean remember(String sender) {
    texts += senders.add(sender) ? sender.length() : 0;
    if (senders.size() > MOST_SENDERS) {
      String last = senders.pollLast();
      texts -= last.length();
      namedAt.remove(last);
      names.remove(last);
    }
    return senders.contains(sender);
  }

  /** What a sender's newest message calls them. */
  private void named(String sender, Instant at, long name) {
    if (!at.isBefore(namedAt.getOrDefault(sender, Instant.MIN))) {
      namedAt.put(sender, at);
      names.put(sender, name);
    }
  }

  /** Adds what further items told, as if they were read after these; but for message uuids. */
  void add(ConversationFacts later) {
    items.add(later.items);
    messages += later.messages;
    oddMessage |= later.oddMessage;
    if (later.newestAt != null && isNewer(later.newestAt, later.newestKey)) {
      newestAt = later.newestAt;
      newestKey = later.newestKey;
      newestText = later.newestText;
    }
    for (String sender : later.senders) {
      if (remember(sender)) {
        named(sender, later.namedAt.get(sender), later.names.get(sender));
      }
    }
    rows.addAll(later.rows);
  }

  void add(ConversationRow row) {
    rows.add(
        new Row(
            row.ownerUuid(),
            row.lastMessageAt(),
            row.instant(),
            digest(row.message()),
            row.other().uuid(),
            row.extra().keySet().stream().anyMatch(NAMES::contains) ? UNREAD : name(row.other())));
    texts += row.ownerUuid().length() + row.lastMessageAt().length() + row.other().uuid().length();
  }

  /** Stands for how somebody is called; 0 for no name at all. */
  static long name(User user) {
    boolean nameless = user.displayName().isBlank() || user.handle().isBlank();
    return nameless ? 0 : digest(user.displayName() + "\n" + user.handle()) | 1;
  }

  /** Stands for a text where only equality matters. */
  private static long digest(String text) {
    return ((long) text.length() << 32) | (text.hashCode() & 0xFFFFFFFFL);
  }

  boolean isNamed(Row row) {
    return row.name != UNREAD;
  }

  /** What a user's newest message calls them; 0 when it is not known. */
  long writtenName(String user) {
    return names.getOrDefault(user, 0L);
  }

  List<Row> rows() {
    return rows;
  }

  Set<String> senders() {
    return senders;
  }

  String groupUuid() {
    return groupUuid;
  }

  /** The sort key of the newest message by moment; none when no time can be read. */
  List<String> newestKeys() {
    return newestKey == null ? List.of() : List.of(newestKey);
  }

  /** When the newest message was written; null when no time can be read. */
  Instant newestAt() {
    return newestAt;
  }

  String newestKey() {
    return newestKey;
  }

  long newestText() {
    return newestText;
  }

  long messages() {
    return messages;
  }

  boolean empty() {
    return messages == 0 && rows.isEmpty();
  }

  /** Whether a message has a key that does not sort. */
  boolean hasOddMessage() {
    return oddMessage;
  }

  /** All that is wrong with the rows. */
  List<Finding> findings() {
    return findings(user -> Optional.empty());
  }

  /**
   * All that is wrong with the rows.
   *
   * @param users who is called what: a row is wrong if these and the messages agree on another name
   */
  List<Finding> findings(UserDirectory users) {
    return new RowRules(this).findings(users);
  }

  /** Writes all but the conversation's uuid and those of its messages. */
  void write(DataOutput out) throws IOException {
    out.writeLong(messages);
    out.writeBoolean(oddMessage);
    out.writeBoolean(newestAt != null);
    if (newestAt != null) {
      RunData.write(out, newestAt);
      RunData.write(out, newestKey);
      out.writeLong(newestText);
    }
    out.writeInt(senders.size());
    for (String sender : senders) {
      RunData.write(out, sender);
      RunData.write(out, namedAt.get(sender));
      out.writeLong(names.get(sender));
    }
    out.writeInt(rows.size());
    for (Row row : rows) {
      RunData.write(out, row.owner);
      RunData.write(out, row.key);
      RunData.write(out, row.at);
      out.writeLong(row.text);
      RunData.write(out, row.other);
      out.writeLong(row.name);
    }
    items.write(out);
  }

  /** Reads into new facts what {@link #write} wrote. */
  void read(DataInput in) throws IOException {
    messages = in.readLong();
    oddMessage = in.readBoolean();
    if (in.readBoolean()) {
      newestAt = RunData.instant(in);
      newestKey = RunData.text(in);
      newestText = in.readLong();
    }
    for (int left = in.readInt(); left > 0; left--) {
      String sender = RunData.text(in);
      senders.add(sender);
      namedAt.put(sender, RunData.instant(in));
      names.put(sender, in.readLong());
    }
    for (int left = in.readInt(); left > 0; left--) {
      String owner = RunData.text(in);
      String key = RunData.text(in);
      Instant at = RunData.instant(in);
      rows.add(new Row(owner, key, at, in.readLong(), RunData.text(in), in.readLong()));
    }
    items.read(in);
  }
}
