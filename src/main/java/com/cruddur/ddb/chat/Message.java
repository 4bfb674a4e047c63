package com.cruddur.ddb.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message as it is stored.
 *
 * @param groupUuid the conversation
 * @param createdAt the sort key as it stands in the table; see {@link Timestamps} for its forms
 * @param uuid the message's identity
 * @param text 1 to 1,024 code points when written by ddb; others may have stored anything
 * @param sender who wrote it
 */
public record Message(String groupUuid, String createdAt, String uuid, String text, User sender) {

  /** The moment of writing, cut to microseconds; {@link Instant#MIN} when it cannot be read. */
  public Instant instant() {
    return Timestamps.microseconds(createdAt);
  }

  /** The same message at another moment. */
  Message at(Instant instant) {
    return new Message(groupUuid, Timestamps.format(instant), uuid, text, sender);
  }

  /** The same message with another text. */
  Message with(String otherText) {
    return new Message(groupUuid, createdAt, uuid, otherText, sender);
  }

  /** The same message of a sender under another name or identity. */
  public Message from(User otherSender) {
    return new Message(groupUuid, createdAt, uuid, text, otherSender);
  }

  /**
   * The newest by moment of one conversation's messages whose keys fall; it draws no more of them
   * than it must.
   */
  public static Optional<Message> newestByMoment(Stream<Message> latestFirst) {
    Message newest = null;
    String reach = "";
    for (Message message : (Iterable<Message>) latestFirst::iterator) {
      if (message.createdAt().compareTo(reach) < 0) {
        break;
      }
      boolean readable = Timestamps.parse(message.createdAt()).isPresent();
      if (readable && (newest == null || message.instant().isAfter(newest.instant()))) {
        newest = message;
        reach = Timestamps.reach(message.instant());
      }
    }
    return Optional.ofNullable(newest);
  }
}
