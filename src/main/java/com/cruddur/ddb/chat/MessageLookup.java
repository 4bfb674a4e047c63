package com.cruddur.ddb.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the one message of a conversation that is meant by a uuid, a time or a sort key. Of two
 * that may be meant neither is taken.
 */
final class MessageLookup {
  private static final int PAGE = 100;

  /** With a far offset, or a blank for the T, a key stands up to two days from its place. */
  private static final Duration SPELLING = Duration.ofDays(2);

  /** DynamoDB's bound of a sort key, in bytes. */
  private static final int LONGEST_KEY = 1024;

  private final ConversationStore store;
  private final String groupUuid;

  MessageLookup(ConversationStore store, String groupUuid) {
    this.store = store;
    Uuids.require("the conversation", groupUuid);
    this.groupUuid = groupUuid;
  }

  /**
   * Finds a message.
   *
   * @param named see {@link Moderation#reference}
   * @throws InvalidInputException when two may be meant, or what is neither uuid nor time is no key
   */
  Optional<Message> find(String named) {
    if (Uuids.isUuid(named)) {
      return one(
          store.findMessages(groupUuid, named),
          "have the uuid " + named,
          "Name one by its key: %s.");
    }
    Optional<Instant> moment = Timestamps.parse(named);
    if (moment.isEmpty()) {
      return Optional.of(underKey(named));
    }
    // What readers are shown may be meant for any spelling of it; another spelling is a key's.
    boolean shown = Timestamps.display(named).equals(named);
    Optional<Message> there = shown ? Optional.empty() : store.message(groupUuid, named);
    return there.or(
        () ->
            one(
                ofMoment(Timestamps.microseconds(named)),
                "are of " + named,
                "Name one by its uuid or its key: %s. 'ddb check "
                    + groupUuid
                    + " --repair' gives each a time of its own."));
  }

  private Message underKey(String named) {
    boolean fits = !named.isEmpty() && named.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    return Optional.of(named)
        .filter(key -> fits)
        .flatMap(key -> store.message(groupUuid, key))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the message '"
                        + named
                        + "' is no uuid, no time and no key of this conversation",
                    "Give its uuid or its created_at as 'ddb get-conversation "
                        + groupUuid
                        + " -o json' shows them."));
  }

  private Optional<Message> one(List<Message> found, String are, String hint) {
    if (found.size() > 1) {
      List<String> keys = found.stream().map(MessageLookup::describe).toList();
      throw new InvalidInputException(
          found.size() + " messages of conversation " + groupUuid + " " + are,
          hint.formatted(String.join(", ", keys)));
    }
    return found.stream().findFirst();
  }

  private static String describe(Message message) {
    String uuid = message.uuid().isEmpty() ? "no uuid" : "uuid " + message.uuid();
    return message.createdAt() + " (" + uuid + ")";
  }

  /** The messages of a microsecond, however their keys spell it; strongly consistent. */
  List<Message> ofMoment(Instant moment) {
    MessageQuery query =
        new MessageQuery(
                groupUuid, PAGE, moment.minus(SPELLING), moment.plus(SPELLING), false, null)
            .consistently();
    List<Message> found = new ArrayList<>();
    while (query != null) {
      Page<Message> page = store.messages(query);
      page.items().stream().filter(m -> m.instant().equals(moment)).forEach(found::add);
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    }
    return found;
  }
}
