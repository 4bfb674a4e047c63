package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a user out of the table: texts are redacted, and name, handle and uuid give way to a
 * stand-in that names nobody, another one in each conversation. The others keep their
 * conversations.
 *
 * <p>In each conversation the user's own row goes last: while it stands, the conversation is work
 * to be done, so that a run that died is ended by the same one.
 */
public final class UserErasure {
  /** What the handle of a stand-in begins with. */
  static final String HANDLE = "forgotten-";

  private static final String NAME = "Forgotten user";

  private final UserConversations conversations;
  private final Reconciler reconciler;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  public UserErasure(UserConversations conversations, Reconciler reconciler) {
    this.conversations = conversations;
    this.reconciler = reconciler;
  }

  /**
   * What was changed.
   *
   * @param conversations that the user took part in
   * @param messages of the user's that were redacted
   * @param renamed rows of others that named the user
   * @param deleted rows of the user's
   */
  public record Erased(int conversations, long messages, int renamed, int deleted) {
    public Erased plus(Erased more) {
      return new Erased(
          conversations + more.conversations,
          messages + more.messages,
          renamed + more.renamed,
          deleted + more.deleted);
    }
  }

  /**
   * Erases a user from the conversations of the user's list.
   *
   * @throws RowsBehindException when a row could not follow; the user's own row still stands then
   */
  public Erased erase(String userUuid) {
    AtomicLong messages = new AtomicLong();
    AtomicInteger renamed = new AtomicInteger();
    AtomicInteger deleted = new AtomicInteger();
    int all =
        conversations.forEach(
            userUuid,
            row -> {
              Erased one = eraseBesideRow(userUuid, row.groupUuid(), row.other());
              messages.addAndGet(one.messages);
              renamed.addAndGet(one.renamed);
              deleted.addAndGet(conversations.store().deleteRow(row) == RowWrite.DONE ? 1 : 0);
            });
    // A row that moved meanwhile or stood twice; to look after each conversation would read the
    // whole list as often as it is long.
    for (ConversationRow row : conversations.list(userUuid)) {
      deleted.addAndGet(conversations.deleteRows(userUuid, row.groupUuid()));
    }
    return new Erased(all, messages.get(), renamed.get(), deleted.get());
  }

  /** Erases a user from one conversation, whether the user has a row of it or not. */
  public Erased erase(String userUuid, String groupUuid) {
    Erased beside = conversations.alone(() -> eraseBesideRow(userUuid, groupUuid, null));
    int deleted = conversations.deleteRows(userUuid, groupUuid);
    for (ConversationRow row : conversations.store().indexedRows(groupUuid)) {
      // Other programs may have written a list under the uuid in capitals.
      String owner = row.ownerUuid();
      if (owner.equalsIgnoreCase(userUuid) && !owner.equals(userUuid)) {
        deleted += conversations.deleteRows(owner, groupUuid);
      }
    }
    return beside.plus(new Erased(0, 0, 0, deleted));
  }

  /**
   * Leaves the user's own row.
   *
   * @param other the other participant as the user's row names them; null without a row
   */
  private Erased eraseBesideRow(String userUuid, String groupUuid, User other) {
    User standIn = standIn(userUuid, groupUuid);
    List<ConversationRow> rows = new ArrayList<>();
    int renamed =
        conversations.rename(
            groupUuid,
            userUuid,
            other == null ? "" : other.uuid(),
            before -> {
              note(before);
              return standIn;
            },
            rows::add);
    Messages seen = redact(userUuid, groupUuid, standIn);
    // The rows of the others may show a text that is gone, also one whose key does not sort last.
    Hints hints = seen.erased == null ? Hints.NONE : Hints.ofKeys(List.of(seen.erased.createdAt()));
    User partner = other != null ? other : seen.partner();
    if (partner != null && !partner.uuid().isEmpty()) {
      hints = hints.withUsers(List.of(partner, standIn));
    }
    Reconciliation done = reconciler.reconcile(groupUuid, hints.withLeaving(userUuid));
    if (!done.unmoved().isEmpty()) {
      throw new RowsBehindException(groupUuid, done.unmoved().get(0).cause());
    }
    rows.forEach(row -> redactAhead(row, seen.newest));
    return new Erased(1, seen.redacted, renamed, 0);
  }

  /** The messages of a conversation as an erasure meets them. */
  private static final class Messages {
    private final Map<String, User> others = new HashMap<>();
    private long redacted;
    private Message newest;
    private Message erased;

    /** Whoever else has written, if it is one. */
    private User partner() {
      return others.size() == 1 ? others.values().iterator().next() : null;
    }
  }

  private Messages redact(String userUuid, String groupUuid, User standIn) {
    Messages seen = new Messages();
    for (Message message : conversations.messages(groupUuid)) {
      boolean theirs = message.sender().uuid().equalsIgnoreCase(userUuid);
      if (theirs) {
        note(message.sender());
        Message empty = message.with(Moderation.REDACTED).from(standIn);
        seen.redacted += conversations.store().rewriteMessage(message, empty) ? 1 : 0;
      }
      if (theirs || message.sender().equals(standIn)) {
        seen.erased = later(seen.erased, message);
      } else if (Uuids.isUuid(message.sender().uuid())
          && !Uuids.isForgotten(message.sender().uuid())) {
        seen.others.putIfAbsent(message.sender().uuid(), message.sender());
      }
      seen.newest = later(seen.newest, message);
    }
    return seen;
  }

  private static Message later(Message one, Message other) {
    return one == null || other.instant().isAfter(one.instant()) ? other : one;
  }

  /** A row ahead of every message shows a text that is gone, perhaps one of the user's. */
  private void redactAhead(ConversationRow row, Message newest) {
    ConversationStore store = conversations.store();
    if (isAhead(row, newest)
        && isAhead(row, store.newestByMoment(row.groupUuid()).orElse(null))
        && !row.message().equals(Moderation.REDACTED)) {
      store.rewriteRow(row, Moderation.REDACTED);
    }
  }

  private static boolean isAhead(ConversationRow row, Message newest) {
    return newest == null || row.instant().isAfter(newest.instant());
  }

  private void note(User called) {
    names.add(called.displayName());
    names.add(called.handle());
  }

  /** What the user was called where it was erased: display names and handles. */
  public Set<String> names() {
    return Set.copyOf(names);
  }

  /**
   * The same for the same user and conversation, so that a second run goes on with it; whoever has
   * only the table cannot tell whose it is, nor that two of them are one user's.
   */
  private static User standIn(String userUuid, String groupUuid) {
    String uuid = Uuids.forgotten(userUuid, groupUuid);
    return new User(uuid, NAME, HANDLE + uuid.substring(uuid.length() - 12));
  }
}
