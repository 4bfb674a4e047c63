package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.text.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Takes messages and conversations away. Each of its actions may be killed at any write and run
 * again: it then ends as one whole run does.
 */
public final class Moderation {
  /** What a message says whose text was taken away, if nothing else is said. */
  public static final String REDACTED = "[redacted]";

  private static final int PAGE = 100;

  /** A sender who is on the way while a conversation is deleted may add to it this often. */
  private static final int PASSES = 12;

  private final ConversationStore store;
  private final Reconciler reconciler;

  /**
   * Actions on a store.
   *
   * @param reconciler the rule for the rows, on the same store
   */
  public Moderation(ConversationStore store, Reconciler reconciler) {
    this.store = store;
    this.reconciler = reconciler;
  }

  /**
   * What became of a message.
   *
   * @param message as it stood before; empty when it was gone and only its rows were left
   * @param changed whether the message was changed by this call
   * @param rows what became of the conversation rows
   */
  public record Moderated(Optional<Message> message, boolean changed, Reconciliation rows) {}

  /**
   * What is gone of a conversation.
   *
   * @param messages how many messages were deleted
   * @param rows how many rows were deleted
   */
  public record Deleted(long messages, int rows) {}

  /**
   * Deletes a message; rows that stand at it go back to the newest one left, or with the last one.
   *
   * @param messageUuid see {@link #reference}; so for {@link #redact}
   * @throws InvalidInputException when one of them is not usable, or names two messages
   * @throws NotFoundException when the conversation has no such message, and no row stands at one
   *     that is gone
   * @throws RowsBehindException when the message is gone but a row could not be moved
   */
  public Moderated delete(String groupUuid, String messageUuid) {
    MessageLookup messages = new MessageLookup(store, groupUuid);
    String named = reference(messageUuid);
    Optional<Message> found = messages.find(named);
    if (found.isEmpty()) {
      return afterDeletion(groupUuid, named, messages);
    }
    boolean changed = store.deleteMessage(found.get());
    List<String> deleted = List.of(found.get().createdAt());
    return moderated(found, changed, groupUuid, Hints.NONE.withDeleted(deleted));
  }

  /**
   * The message is gone; whoever deleted it may have ended before the rows followed. They stand
   * where no message stands then: at its moment, as far as that is known.
   */
  private Moderated afterDeletion(String groupUuid, String named, MessageLookup messages) {
    Optional<Instant> moment = Timestamps.parse(named).map(at -> Timestamps.microseconds(named));
    List<String> left =
        rows(groupUuid, Set.of()).stream()
            .filter(row -> moment.map(row.instant()::equals).orElse(true))
            .filter(row -> messages.ofMoment(row.instant()).isEmpty())
            .map(ConversationRow::lastMessageAt)
            .toList();
    if (!left.isEmpty()) {
      List<String> keys = newestKeys(groupUuid);
      Hints hints = Hints.NONE.withKeys(keys).withDeleted(left);
      Moderated done = moderated(Optional.empty(), false, groupUuid, hints);
      if (done.rows().rowsWritten() > 0) {
        return done;
      }
    }
    throw unknown(groupUuid, named);
  }

  /** One that sorts last need not be the newest: see {@link NewestMessage}. */
  private List<String> newestKeys(String groupUuid) {
    return store.newestByMoment(groupUuid).map(Message::createdAt).stream().toList();
  }

  /**
   * Replaces the text of a message where it stands; rows that show it follow.
   *
   * @param text see {@link MessageText}
   * @throws InvalidInputException when a uuid or the text is not usable, or two messages are named
   * @throws NotFoundException when the conversation has no such message
   * @throws BusyException when the message was deleted meanwhile
   * @throws RowsBehindException when the text is replaced but a row could not follow
   */
  public Moderated redact(String groupUuid, String messageUuid, String text) {
    String stand = MessageText.of(text);
    Message message =
        new MessageLookup(store, groupUuid)
            .find(reference(messageUuid))
            .orElseThrow(() -> unknown(groupUuid, messageUuid));
    boolean changes = !message.text().equals(stand);
    if (changes && !store.rewriteMessage(message, message.with(stand))) {
      throw new BusyException("message " + messageUuid + " was deleted meanwhile", "Look again.");
    }
    List<String> keys = new ArrayList<>(newestKeys(groupUuid));
    keys.add(message.createdAt());
    Hints hints = Hints.ofKeys(keys);
    return moderated(Optional.of(message), changes, groupUuid, hints);
  }

  private Moderated moderated(
      Optional<Message> message, boolean changed, String groupUuid, Hints hints) {
    Reconciliation rows = reconciler.reconcile(groupUuid, hints);
    if (!rows.unmoved().isEmpty()) {
      throw new RowsBehindException(groupUuid, rows.unmoved().get(0).cause());
    }
    return new Moderated(message, changed, rows);
  }

  /**
   * What a message is named by: its uuid, in lower case; its created_at, as readers are shown it or
   * as its key stands; or a key that is no time. Other programs write messages without a uuid.
   */
  public static String reference(String text) {
    return Uuids.normalized(text);
  }

  private NotFoundException unknown(String groupUuid, String messageUuid) {
    boolean empty = store.newestMessage(groupUuid).isEmpty();
    if (empty && store.indexedRows(groupUuid).isEmpty()) {
      return new NotFoundException(
          "conversation " + groupUuid + " does not exist",
          "See 'ddb list-conversations USER' for a user's conversations.");
    }
    return new NotFoundException(
        "conversation " + groupUuid + " has no message " + messageUuid,
        "See 'ddb get-conversation " + groupUuid + "' for its messages.");
  }

  /** The rows of whoever takes part as far as the index and the rows show, strongly consistent. */
  private List<ConversationRow> rows(String groupUuid, Set<String> senders) {
    Set<String> owners = new LinkedHashSet<>(senders);
    for (ConversationRow shown : store.indexedRows(groupUuid)) {
      owners.add(shown.ownerUuid());
      owners.add(shown.other().uuid());
    }
    List<ConversationRow> found = new ArrayList<>();
    Set<String> more = new LinkedHashSet<>();
    for (String owner : owners) {
      found.addAll(store.rows(owner, groupUuid));
    }
    found.forEach(row -> more.add(row.other().uuid()));
    more.removeAll(owners);
    more.forEach(owner -> found.addAll(store.rows(owner, groupUuid)));
    return found;
  }

  /**
   * Deletes a conversation: first its rows, so that nobody sees it any more, then its messages.
   * What a sender adds meanwhile goes too.
   *
   * @param progress is told how many messages are gone; false ends the work where the next call
   *     goes on
   * @throws InvalidInputException when it is not a uuid
   * @throws NotFoundException when there is nothing of it
   * @throws BusyException when somebody goes on adding to it
   */
  public Deleted deleteConversation(String groupUuid, LongPredicate progress) {
    Uuids.require("the conversation", groupUuid);
    Set<String> senders = new LinkedHashSet<>();
    long messages = 0;
    int rows = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      int rowsNow = deleteRows(groupUuid, senders);
      long messagesNow = deleteMessages(groupUuid, senders, messages, progress);
      rows += rowsNow;
      messages += messagesNow;
      if (rowsNow + messagesNow == 0) {
        if (rows + messages == 0) {
          throw new NotFoundException(
              "conversation " + groupUuid + " does not exist",
              "See 'ddb list-conversations USER' for a user's conversations.");
        }
        return new Deleted(messages, rows);
      }
    }
    throw new BusyException(
        "others keep adding to conversation " + groupUuid,
        "Deleted so far: "
            + Count.of(messages, "message")
            + " and "
            + Count.of(rows, "row")
            + ". Stop the senders, run it again.");
  }

  private int deleteRows(String groupUuid, Set<String> senders) {
    int deleted = 0;
    for (ConversationRow row : rows(groupUuid, senders)) {
      senders.add(row.ownerUuid());
      // One that moved meanwhile is met in the next pass.
      deleted += store.deleteRow(row) == RowWrite.DONE ? 1 : 0;
    }
    return deleted;
  }

  private long deleteMessages(
      String groupUuid, Set<String> senders, long before, LongPredicate progress) {
    long deleted = 0;
    MessageQuery query = new MessageQuery(groupUuid, PAGE, null, null, false, null).consistently();
    do {
      Page<Message> page = store.messages(query);
      page.items().forEach(message -> senders.add(message.sender().uuid()));
      store.deleteMessages(page.items());
      deleted += page.items().size();
      if (!progress.test(before + deleted)) {
        throw new BusyException(
            "interrupted; the conversation is in no list any more, %d of its messages are deleted;"
                    .formatted(before + deleted)
                + " run the same command again to go on",
            null);
      }
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    } while (query != null);
    return deleted;
  }
}
