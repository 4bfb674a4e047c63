package com.cruddur.ddb.chat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Takes a user out of the table: texts are redacted, and name, handle and uuid give way to a
 * stand-in that names nobody, another one in each conversation. The others keep their
 * conversations.
 *
 * <p>In each conversation the user's own row goes last: while it stands, the conversation is work
 * to be done, so that a run that died is ended by the same one.
 */
public final class UserErasure {
  private static final String NAME = "Forgotten user";

  private final UserConversations conversations;
  private final Reconciler reconciler;

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
   * @param progress is told how many conversations are done
   * @throws RowsBehindException when a row could not follow; the user's own row still stands then
   */
  public Erased erase(String userUuid, LongConsumer progress) {
    AtomicLong messages = new AtomicLong();
    AtomicInteger renamed = new AtomicInteger();
    AtomicInteger deleted = new AtomicInteger();
    AtomicLong done = new AtomicLong();
    int all =
        conversations.forEach(
            userUuid,
            row -> {
              Erased one = erase(userUuid, row.groupUuid(), row.other().uuid());
              messages.addAndGet(one.messages);
              renamed.addAndGet(one.renamed);
              deleted.addAndGet(one.deleted);
              progress.accept(done.incrementAndGet());
            });
    return new Erased(all, messages.get(), renamed.get(), deleted.get());
  }

  /**
   * Erases a user from one conversation, whether the user has a row of it or not.
   *
   * @param other who else is known to take part; empty for nobody
   */
  public Erased erase(String userUuid, String groupUuid, String other) {
    User standIn = standIn(userUuid, groupUuid);
    int renamed = conversations.rename(groupUuid, userUuid, other, before -> standIn);
    long redacted = 0;
    for (Message message : conversations.messages(groupUuid)) {
      Message empty = message.with(Moderation.REDACTED).from(standIn);
      if (message.sender().uuid().equalsIgnoreCase(userUuid)
          && conversations.store().rewriteMessage(message, empty)) {
        redacted++;
      }
    }
    // The rows of the others may show a text that is gone.
    Reconciliation rows = reconciler.reconcile(groupUuid);
    if (!rows.unmoved().isEmpty()) {
      throw new RowsBehindException(groupUuid, rows.unmoved().get(0).cause());
    }
    int deleted = conversations.deleteRows(userUuid, groupUuid);
    return new Erased(1, redacted, renamed, deleted);
  }

  /**
   * The same for the same user and conversation, so that a second run goes on with it; whoever has
   * only the table cannot tell whose it is, nor that two of them are one user's.
   */
  private static User standIn(String userUuid, String groupUuid) {
    String uuid = Uuids.forgotten(userUuid, groupUuid);
    return new User(uuid, NAME, "forgotten-" + uuid.substring(uuid.length() - 12));
  }
}
