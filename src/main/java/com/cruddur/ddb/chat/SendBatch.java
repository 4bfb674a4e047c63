package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.Change;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Messages that are sent one after another. Each is stored at once; the rows of its conversation
 * are moved at the end of the run, to the newest message, once. If the process dies before that,
 * the messages are safe and the next send, trigger or check moves the rows. So a run is to be
 * short. For one thread.
 */
public final class SendBatch {
  private final Chat chat;
  private final Map<String, Sending> conversations = new LinkedHashMap<>();

  SendBatch(Chat chat) {
    this.chat = chat;
  }

  /**
   * A message that is stored, and where.
   *
   * @param alreadySent true when it was there before, from another send, and nothing was added
   */
  public record Stored(Message message, boolean alreadySent) {}

  /** A conversation of this run. */
  private final class Sending {
    private final SenderLookup senders;
    private Change change;
    private final List<String> stored = new ArrayList<>();
    private boolean doubtful;

    Sending(String groupUuid) {
      this.senders = new SenderLookup(chat.store, chat.users, groupUuid);
    }

    Stored put(String groupUuid, User sender, String text, String messageUuid) {
      if (change == null) {
        List<ConversationRow> rows = senders.indexed();
        change =
            chat.store.change(groupUuid, rows.stream().map(ConversationRow::ownerUuid).toList());
      }
      ConversationStore within = change.store();
      // When it throws, it may still come to pass.
      boolean before = doubtful;
      doubtful = true;
      Stored put =
          messageUuid == null
              ? place(
                  new Message(groupUuid, "", chat.uuids.get(), text, sender), within::putMessage)
              : placeOnce(new Message(groupUuid, "", messageUuid, text, sender), within);
      doubtful = before;
      stored.add(put.message().createdAt());
      return put;
    }

    Reconciliation moveRows(String groupUuid) {
      Reconciliation rows =
          chat.reconciler
              .over(change.store())
              .reconcileShown(groupUuid, Hints.ofKeys(stored), senders.indexed());
      if (!doubtful) {
        change.done();
      }
      return rows;
    }
  }

  /**
   * Access pattern C: stores a message.
   *
   * @param from the sender's uuid or handle
   * @param messageUuid an identity under which sending again adds nothing; null for a new one
   * @throws InvalidInputException when the text or a uuid is not usable
   * @throws NotFoundException when the conversation or the sender does not exist
   * @throws NotParticipantException when the sender takes no part in the conversation
   * @throws MessageExistsException when the last messages have one of this uuid and another text
   * @throws BusyException when no free key was found
   */
  public Stored send(String groupUuid, String from, String text, String messageUuid) {
    Uuids.require("the conversation", groupUuid);
    String trimmed = MessageText.of(text);
    if (messageUuid != null) {
      Uuids.require("the message", messageUuid);
    }
    Sending sending = conversations.get(groupUuid);
    if (sending == null) {
      sending = new Sending(groupUuid);
    }
    User sender = sending.senders.require(from);
    conversations.put(groupUuid, sending);
    return sending.put(groupUuid, sender, trimmed, messageUuid);
  }

  /**
   * Access pattern D: moves the rows of every conversation that got a message.
   *
   * @return what became of them, in the order of the first messages
   * @throws RowsBehindException when some could not all be moved; the others' were
   */
  public List<Reconciliation> end() {
    List<Reconciliation> done = new ArrayList<>();
    RowsBehindException behind = null;
    for (Map.Entry<String, Sending> entry : conversations.entrySet()) {
      try {
        if (!entry.getValue().stored.isEmpty()) {
          Reconciliation rows = entry.getValue().moveRows(entry.getKey());
          done.add(rows);
          if (behind == null && !rows.unmoved().isEmpty()) {
            behind = new RowsBehindException(entry.getKey(), rows.unmoved().get(0).cause());
          }
        }
      } catch (RuntimeException e) {
        behind = behind == null ? new RowsBehindException(entry.getKey(), e) : behind;
      }
    }
    conversations.clear();
    if (behind != null) {
      throw behind;
    }
    return done;
  }

  private Stored placeOnce(Message unplaced, ConversationStore within) {
    return within
        .recentMessage(unplaced.groupUuid(), unplaced.uuid())
        .map(before -> new Stored(same(before, unplaced), true))
        .orElseGet(() -> place(unplaced, within::putMessageOnce));
  }

  private static Message same(Message stored, Message sent) {
    if (!stored.text().equals(sent.text())) {
      throw new MessageExistsException(stored);
    }
    return stored;
  }

  /** Stores the message now, or at the first free microsecond after it. */
  private Stored place(Message unplaced, Function<Message, Optional<Message>> put) {
    Instant at = chat.clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (int attempt = 0; attempt < Chat.TRIES; attempt++, at = at.plus(1, ChronoUnit.MICROS)) {
      Message message = unplaced.at(at);
      Optional<Message> there = put.apply(message);
      if (there.isEmpty()) {
        return new Stored(message, false);
      }
      if (there.get().uuid().equalsIgnoreCase(message.uuid())) {
        same(there.get(), message);
        // The same key: the answer to an earlier try of this very write was lost. Else a twin.
        return new Stored(there.get(), !there.get().createdAt().equals(message.createdAt()));
      }
    }
    throw new BusyException(
        "no free microsecond for the message in " + Chat.TRIES + " tries", "Send it again.");
  }
}
