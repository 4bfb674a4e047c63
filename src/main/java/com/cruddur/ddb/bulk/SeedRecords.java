package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.SeedJson.Fields;
import com.cruddur.ddb.bulk.Tally.Kind;

/** The records that JSON documents and lines share. */
final class SeedRecords {
  private SeedRecords() {}

  static void user(SeedSink sink, Place at, Fields fields) {
    String uuid = fields.text("uuid");
    String displayName = fields.text("display_name");
    String handle = fields.text("handle");
    if (fields.problem() != null) {
      sink.unreadable(at, Kind.USER, fields.problem());
    } else {
      sink.user(at, uuid, displayName, handle);
    }
  }

  static void message(
      SeedSink sink, Place at, ConversationLoad conversation, String groupUuid, Fields fields) {
    SeedSink.RawMessage message = message(groupUuid, fields);
    if (fields.problem() != null) {
      sink.unreadable(at, Kind.MESSAGE, fields.problem());
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
        fields.text("message_uuid"));
  }
}
