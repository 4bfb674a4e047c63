package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.text.Count;
import java.time.Duration;
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
  private static final Duration SPELLING = Duration.ofDays(2);

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
   * @throws InvalidInputException when one of them is not usable, or two messages are of that time
   * @throws NotFoundException when the conversation has no such message, and no row stands at one
   *     that is gone
   * @throws RowsBehindException when the message is gone but a row could not be moved
   */
  public Moderated delete(String groupUuid, String messageUuid) {
    Optional<Message> found = find(groupUuid, messageUuid);
    if (found.isEmpty()) {
      return afterDeletion(groupUuid, messageUuid);
    }
    boolean changed = store.deleteMessage(found.get());
    List<String> deleted = List.of(found.get().createdAt());
    return moderated(found, changed, groupUuid, Hints.NONE.withDeleted(deleted));
  }

  /** The message is gone; whoever deleted it may have ended before the rows followed. */
  private Moderated afterDeletion(String groupUuid, String messageUuid) {
    Optional<Message> newest = store.newestByMoment(groupUuid);
    List<ConversationRow> elsewhere =
        rows(groupUuid, Set.of()).stream()
            .filter(row -> newest.map(m -> !row.instant().equals(m.instant())).orElse(true))
            .toList();
    List<String> ahead =
        elsewhere.stream()
            .filter(row -> newest.map(m -> row.instant().isAfter(m.instant())).orElse(true))
            .map(ConversationRow::lastMessageAt)
            .toList();
    if (!elsewhere.isEmpty()) {
      List<String> keys = newest.map(Message::createdAt).stream().toList();
      Hints hints = Hints.NONE.withKeys(keys).withDeleted(ahead);
      Moderated done = moderated(Optional.empty(), false, groupUuid, hints);
      if (done.rows().rowsWritten() > 0) {
        return done;
      }
    }
    throw unknown(groupUuid, messageUuid);
  }

  /**
   * Replaces the text of a message where it stands; rows that show it follow.
   *
   * @param text see {@link MessageText}
   * @throws InvalidInputException when a uuid or the text is not usable
   * @throws NotFoundException when the conversation has no such message
   * @throws BusyException when the message was deleted meanwhile
   * @throws RowsBehindException when the text is replaced but a row could not follow
   */
  public Moderated redact(String groupUuid, String messageUuid, String text) {
    String stand = MessageText.of(text);
    Message message =
        find(groupUuid, messageUuid).orElseThrow(() -> unknown(groupUuid, messageUuid));
    boolean changes = !message.text().equals(stand);
    if (changes && !store.rewriteMessage(message, message.with(stand))) {
      throw new BusyException("message " + messageUuid + " was deleted meanwhile", "Look again.");
    }
    Hints hints = Hints.ofKeys(List.of(message.createdAt()));
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

  private Optional<Message> find(String groupUuid, String messageUuid) {
    Uuids.require("the conversation", groupUuid);
    String named = reference(messageUuid);
    return Uuids.isUuid(named)
        ? store.findMessage(groupUuid, named)
        : store.message(groupUuid, named).or(() -> ofMoment(groupUuid, named));
  }

  /**
   * Readers are shown the moment, not how another program's key spells it: with a far offset, or a
   * blank for the T, such a key stands up to two days from its place.
   */
  private Optional<Message> ofMoment(String groupUuid, String createdAt) {
    Instant moment = Timestamps.microseconds(createdAt);
    Instant since = moment.minus(SPELLING);
    Instant until = moment.plus(SPELLING);
    MessageQuery query =
        new MessageQuery(groupUuid, PAGE, since, until, false, null).consistently();
    List<String> keys = new ArrayList<>();
    Optional<Message> last = Optional.empty();
    while (query != null) {
      Page<Message> page = store.messages(query);
      for (Message message : page.items()) {
        if (message.instant().equals(moment)) {
          last = Optional.of(message);
          keys.add(message.createdAt());
        }
      }
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    }
    if (keys.size() > 1) {
      throw new InvalidInputException(
          keys.size() + " messages of conversation " + groupUuid + " are of " + createdAt,
          "Name one by its uuid, or by its key: " + String.join(", ", keys) + ".");
    }
    return last;
  }

  /**
   * What a message is named by: its uuid, in lower case, or its created_at, as its key stands or as
   * readers are shown it, since other programs write messages without a uuid.
   *
   * @throws InvalidInputException when it is neither
   */
  public static String reference(String text) {
    return Timestamps.parse(text).isPresent() ? text : Uuids.require("the message", text);
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
