package com.cruddur.ddb.chat;

import java.time.Instant;
import java.util.Map;

/**
 * One line of a user's conversation list: a conversation, its last message and the other
 * participant.
 *
 * @param ownerUuid whose list the row is in
 * @param groupUuid the conversation
 * @param lastMessageAt the sort key as it stands in the table; see {@link Timestamps} for its forms
 * @param message the text of the last message
 * @param other the other participant, never the owner
 * @param extra attributes that other programs added, opaque here, kept when the row is moved
 */
public record ConversationRow(
    String ownerUuid,
    String groupUuid,
    String lastMessageAt,
    String message,
    User other,
    Map<String, ?> extra) {

  public ConversationRow {
    extra = Map.copyOf(extra);
  }

  /** A row of the owner's, at a message. */
  public static ConversationRow of(String ownerUuid, User other, Message last) {
    return new ConversationRow(
        ownerUuid,
        last.groupUuid(),
        Timestamps.format(last.instant()),
        last.text(),
        other,
        Map.of());
  }

  /** The time of the last message, cut to microseconds; {@link Instant#MIN} when unreadable. */
  public Instant instant() {
    return Timestamps.microseconds(lastMessageAt);
  }

  /** The same row moved to a message, under a key of its canonical time. */
  public ConversationRow movedTo(Message newest) {
    return new ConversationRow(
        ownerUuid, groupUuid, Timestamps.format(newest.instant()), newest.text(), other, extra);
  }

  /** The same row under another key. */
  ConversationRow withLastMessageAt(String key) {
    return new ConversationRow(ownerUuid, groupUuid, key, message, other, extra);
  }
}
