package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.seed.SeedSink.RawMessage;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.time.Instant;

/** Checks the messages of an input, and makes them what they would be in the table. */
final class MessageValidator {
  /** Years of four digits, so that keys have one length. */
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final SeedUsers users;

  MessageValidator(SeedUsers users) {
    this.users = users;
  }

  /** Why a message cannot be loaded, as far as its text is not looked at; else null. */
  static String problem(ConversationState load, RawMessage raw) {
    if (load == null) {
      return unknown(raw.groupUuid());
    } else if (load.refusal() != null) {
      return load.record == null ? load.refusal() : load.refusalOfMessages();
    } else if (raw.from() == null) {
      return "from is missing";
    } else if (raw.text() == null) {
      return "message is missing";
    } else if (raw.createdAt() == null) {
      return "created_at is missing";
    } else if (raw.uuid() != null && !Uuids.isUuid(raw.uuid())) {
      return "message_uuid '" + raw.uuid() + "' is not a uuid";
    }
    return null;
  }

  private static String unknown(String groupUuid) {
    if (groupUuid == null) {
      return "message_group_uuid is missing";
    }
    return Uuids.isUuid(groupUuid)
        ? "conversation " + groupUuid + " is neither in the input nor in the table"
        : "message_group_uuid '" + groupUuid + "' is not a uuid";
  }

  /**
   * The message of a record that has no {@link #problem}.
   *
   * @throws InvalidInputException when what it says is wrong
   */
  ValidMessage of(Place place, ConversationState load, RawMessage raw) {
    User sender = sender(load, raw.from());
    String text = MessageText.of(raw.text());
    Instant at =
        Timestamps.parse(raw.createdAt())
            .filter(time -> !time.isBefore(FIRST) && time.isBefore(LAST))
            .orElseThrow(() -> invalid("created_at '" + raw.createdAt() + "' is not a valid time"));
    String createdAt = Timestamps.format(at);
    String uuid =
        raw.uuid() == null
            ? Uuids.derived(load.groupUuid, sender.uuid(), createdAt, text)
            : raw.uuid();
    return new ValidMessage(
        place, new Message(load.groupUuid, createdAt, uuid, text, sender), ValidMessage.micros(at));
  }

  private User sender(ConversationState load, String from) {
    User sender = load.participant(from);
    if (sender != null) {
      return sender;
    }
    User known = users.find(from).orElseThrow(() -> invalid("sender '" + from + "' is unknown"));
    sender = load.participant(known.uuid());
    if (sender == null) {
      throw invalid("sender '" + from + "' takes no part in the conversation");
    }
    return sender;
  }

  private static InvalidInputException invalid(String message) {
    return new InvalidInputException(message, "Repair the record.");
  }
}
