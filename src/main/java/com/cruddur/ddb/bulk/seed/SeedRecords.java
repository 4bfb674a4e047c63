package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.Printable;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.SeedJson.Fields;
import com.cruddur.ddb.chat.Uuids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The records that JSON documents and lines share. */
final class SeedRecords {
  static final String USER = "user";
  static final String CONVERSATION = "conversation";
  static final String MESSAGE = "message";

  private static final Set<String> OF_A_USER = fields("uuid", "display_name", "handle");
  private static final Set<String> OF_A_MESSAGE =
      fields("from", "message", "created_at", "message_uuid", "message_group_uuid");
  private static final Set<String> OF_A_CONVERSATION = fields("message_group_uuid", "participants");

  private SeedRecords() {}

  private static Set<String> fields(String... names) {
    Set<String> fields = new LinkedHashSet<>(List.of(names));
    fields.add("type");
    return fields;
  }

  /** What a record without a list of its own is: as it says, or by the fields that only one has. */
  static String type(Fields fields) {
    String type = fields.text("type");
    if (MESSAGE.equals(type) || CONVERSATION.equals(type)) {
      return type;
    } else if (fields.has("participants") || fields.has("messages")) {
      return CONVERSATION;
    }
    return fields.has("from") || fields.has("message") ? MESSAGE : USER;
  }

  /** The kind of a type. */
  static Kind kind(String type) {
    return type.equals(MESSAGE) ? Kind.MESSAGE : Kind.CONVERSATION;
  }

  static void user(SeedSink sink, Place at, Fields fields) {
    nameOthers(sink, at, fields, USER, OF_A_USER);
    String uuid = Uuids.normalized(fields.text("uuid"));
    String displayName = fields.text("display_name");
    String handle = fields.text("handle");
    if (fields.problem() != null) {
      sink.unreadable(at, Kind.USER, fields.problem());
    } else {
      sink.user(at, uuid, displayName, handle);
    }
  }

  /** Names the fields of a conversation's line that are not ours. */
  static void nameOthersOfConversation(SeedSink sink, Place at, Fields fields) {
    nameOthers(sink, at, fields, CONVERSATION, OF_A_CONVERSATION);
  }

  static void message(
      SeedSink sink, Place at, ConversationState conversation, String groupUuid, Fields fields) {
    nameOthers(sink, at, fields, MESSAGE, OF_A_MESSAGE);
    SeedSink.RawMessage message = message(groupUuid, fields);
    String own = fields.text("message_group_uuid");
    if (fields.problem() != null) {
      sink.unreadable(at, Kind.MESSAGE, fields.problem());
    } else if (own != null && !own.equalsIgnoreCase(groupUuid)) {
      sink.unreadable(
          at, Kind.MESSAGE, "message_group_uuid " + own + " is not that of its conversation");
    } else {
      sink.message(at, conversation, message);
    }
  }

  private static SeedSink.RawMessage message(String groupUuid, Fields fields) {
    return new SeedSink.RawMessage(
        groupUuid,
        fields.text("from"),
        fields.text("message"),
        fields.text("created_at"),
        Uuids.normalized(fields.text("message_uuid")));
  }

  private static void nameOthers(
      SeedSink sink, Place at, Fields fields, String type, Set<String> ours) {
    List<String> others = fields.others(ours);
    if (!others.isEmpty()) {
      sink.fields(
          at,
          quoted(others)
              + (others.size() == 1 ? " is not a field" : " are not fields")
              + " of a "
              + type
              + ", which has "
              + ours.stream()
                  .filter(name -> !name.equals("type"))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String quoted(List<String> names) {
    return names.stream()
        .map(name -> '"' + Printable.name(name) + '"')
        .collect(Collectors.joining(", "));
  }
}
