package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How things are shown: the names of their fields, which are those of the SQL of the access
 * patterns.
 *
 * @param columns every field, in order
 * @param tableColumns the fields of a table for a person, in order
 */
public record Columns(List<String> columns, List<String> tableColumns) {
  public static final Columns MESSAGES =
      new Columns(
          List.of("uuid", "user_uuid", "display_name", "handle", "message", "created_at"),
          List.of("created_at", "handle", "uuid", "message"));

  public static final Columns CONVERSATIONS =
      new Columns(
          List.of(
              "uuid",
              "other_user_uuid",
              "other_user_display_name",
              "other_user_handle",
              "last_message",
              "last_message_at"),
          List.of("last_message_at", "other_user_handle", "uuid", "last_message"));

  public static Columns of(String... columns) {
    return new Columns(List.of(columns), List.of(columns));
  }

  public static Map<String, Object> message(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("uuid", message.uuid());
    fields.put("user_uuid", message.sender().uuid());
    fields.put("display_name", message.sender().displayName());
    fields.put("handle", message.sender().handle());
    fields.put("message", message.text());
    fields.put("created_at", Timestamps.display(message.createdAt()));
    return fields;
  }

  public static Map<String, Object> conversation(ConversationRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("uuid", row.groupUuid());
    fields.put("other_user_uuid", row.other().uuid());
    fields.put("other_user_display_name", row.other().displayName());
    fields.put("other_user_handle", row.other().handle());
    fields.put("last_message", row.message());
    fields.put("last_message_at", Timestamps.display(row.lastMessageAt()));
    return fields;
  }
}
