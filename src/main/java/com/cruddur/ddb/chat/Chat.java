package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** What one does with conversations: list them, read them, send to them, start them. */
public final class Chat {
  static final int TRIES = 50;

  final ConversationStore store;
  final UserDirectory users;
  final Reconciler reconciler;
  final InstantSource clock;
  final Supplier<String> uuids;

  /**
   * A chat over a store.
   *
   * @param clock the time of new messages
   * @param uuids makes identities of new messages and conversations
   */
  /** One whose messages get random uuids. */
  public Chat(ConversationStore store, UserDirectory users, InstantSource clock) {
    this(store, users, new Reconciler(store), clock, () -> UUID.randomUUID().toString());
  }

  public Chat(
      ConversationStore store,
      UserDirectory users,
      Reconciler reconciler,
      InstantSource clock,
      Supplier<String> uuids) {
    this.store = store;
    this.users = users;
    this.reconciler = reconciler;
    this.clock = clock;
    this.uuids = uuids;
  }

  /** The uuid, in lower case, of a user given by uuid or handle. */
  public String userUuid(String reference) {
    String name = UserDirectory.withoutAt(reference);
    return Uuids.isUuid(name) ? Uuids.normalized(name) : users.require(reference).uuid();
  }

  /** A conversation's uuid: in lower case, unless only what was given is there. */
  public String conversationUuid(String given) {
    String lower = given.toLowerCase(Locale.ROOT);
    return lower.equals(given) || isThere(lower) || !isThere(given) ? lower : given;
  }

  private boolean isThere(String groupUuid) {
    return store.newestMessage(groupUuid).isPresent() || !store.indexedRows(groupUuid).isEmpty();
  }

  /** Access pattern B: a page of a user's conversations, the latest first. */
  public Page<ConversationRow> conversations(ConversationQuery query) {
    return store.conversationsInAnyCase(query);
  }

  /**
   * Access pattern A: a page of a conversation's messages.
   *
   * @throws NotFoundException when the conversation has neither messages nor rows
   */
  public Page<Message> messages(MessageQuery query) {
    Uuids.require("the conversation", query.groupUuid());
    Page<Message> page = store.messages(query);
    boolean nothing = page.items().isEmpty() && page.nextToken() == null && query.token() == null;
    if (nothing && store.newestMessage(query.groupUuid()).isEmpty()) {
      requireRows(query.groupUuid());
    }
    return page;
  }

  private void requireRows(String groupUuid) {
    if (store.indexedRows(groupUuid).isEmpty()) {
      throw new NotFoundException(
          "conversation " + groupUuid + " does not exist",
          "See 'ddb list-conversations USER' for a user's conversations.");
    }
  }

  /**
   * Where messages are sent: a batch of one or more, whose conversations' rows are moved at its
   * end.
   */
  public SendBatch sends() {
    return new SendBatch(this);
  }

  /**
   * Starts a conversation of two users: both rows and the first message in one transaction; returns
   * that message.
   *
   * @param from the sender's uuid or handle
   * @param to the other's uuid or handle
   * @throws InvalidInputException when the text is not usable or both are the same user
   * @throws NotFoundException when one of them is not in the users file
   */
  public Message start(String from, String to, String text) {
    String trimmed = MessageText.of(text);
    User sender = users.require(from);
    User recipient = users.require(to);
    if (sender.uuid().equals(recipient.uuid())) {
      throw new InvalidInputException(
          "a conversation needs two users, both are " + from, "Name another user with --to.");
    }
    Message unplaced = new Message(uuids.get(), "", uuids.get(), trimmed, sender);
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (int attempt = 0; attempt < TRIES; attempt++, at = at.plus(1, ChronoUnit.MICROS)) {
      Message first = unplaced.at(at);
      RowWrite outcome = store.start(first, rows(first, sender, recipient));
      if (outcome == RowWrite.DONE) {
        return first;
      }
    }
    throw new BusyException(
        "no free microsecond for the conversation in " + TRIES + " tries", "Start it again.");
  }

  private static List<ConversationRow> rows(Message first, User sender, User recipient) {
    return List.of(
        ConversationRow.of(sender.uuid(), recipient, first),
        ConversationRow.of(recipient.uuid(), sender, first));
  }
}
