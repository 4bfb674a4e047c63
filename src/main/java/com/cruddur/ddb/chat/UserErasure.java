package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.util.List;
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
              Erased one = eraseBesideRow(userUuid, row.groupUuid(), row.other().uuid());
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

  /**
   * Erases a user from one conversation, whether the user has a row of it or not.
   *
   * @param other who else is known to take part; empty for nobody
   */
  public Erased erase(String userUuid, String groupUuid, String other) {
    Erased beside = eraseBesideRow(userUuid, groupUuid, other);
    int deleted = conversations.deleteRows(userUuid, groupUuid);
    return beside.plus(new Erased(0, 0, 0, deleted));
  }

  /** Leaves the user's own row. */
  private Erased eraseBesideRow(String userUuid, String groupUuid, String other) {
    User standIn = standIn(userUuid, groupUuid);
    int renamed =
        conversations.rename(
            groupUuid,
            userUuid,
            other,
            before -> {
              note(before);
              return standIn;
            });
    long redacted = 0;
    Message newest = null;
    for (Message message : conversations.messages(groupUuid)) {
      boolean theirs = message.sender().uuid().equalsIgnoreCase(userUuid);
      Message empty = message.with(Moderation.REDACTED).from(standIn);
      if (theirs) {
        note(message.sender());
        redacted += conversations.store().rewriteMessage(message, empty) ? 1 : 0;
      }
      boolean erased = theirs || message.sender().equals(standIn);
      if (erased && (newest == null || message.instant().isAfter(newest.instant()))) {
        newest = message;
      }
    }
    // The rows of the others may show a text that is gone, also one whose key does not sort last.
    Hints hints = newest == null ? Hints.NONE : Hints.ofKeys(List.of(newest.createdAt()));
    Reconciliation rows = reconciler.reconcile(groupUuid, hints.withLeaving(userUuid));
    if (!rows.unmoved().isEmpty()) {
      throw new RowsBehindException(groupUuid, rows.unmoved().get(0).cause());
    }
    return new Erased(1, redacted, renamed, 0);
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
