package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How things are shown: the names of their fields, which are those of the SQL of the access
 * patterns.
 *
 * @param columns every field, in order
 * @param tableColumns the fields of a table for a person, in order
 * @param only whether records of json and ndjson have these fields and no others
 * @param uncut whether a table may be wider than the terminal
 * @param open whether records may have other fields, which are shown if they are asked for
 */
public record Columns(
    List<String> columns, List<String> tableColumns, boolean only, boolean uncut, boolean open) {
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

  public Columns(List<String> columns, List<String> tableColumns) {
    this(columns, tableColumns, false, false, false);
  }

  public static Columns of(String... columns) {
    return new Columns(List.of(columns), List.of(columns));
  }

  /**
   * Of messages of several conversations.
   *
   * @param more fields besides those of {@link #messageAndConversation}
   */
  public static Columns messages(List<String> tableColumns, String... more) {
    List<String> all = new ArrayList<>(List.of("message_group_uuid"));
    all.addAll(MESSAGES.columns);
    all.addAll(List.of(more));
    return new Columns(List.copyOf(all), tableColumns);
  }

  /** The same of records that may have other fields. */
  public Columns andOthers() {
    return new Columns(columns, tableColumns, only, uncut, true);
  }

  /** These fields and no others, in every format. */
  public Columns only(List<String> names) {
    return new Columns(names, names, true, uncut, open);
  }

  /** All fields in tables too, however wide. */
  public Columns wide() {
    return new Columns(columns, columns, only, true, open);
  }

  /** Those fields of a record that are shown, in order. */
  Map<String, Object> of(Map<String, ?> record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name : columns) {
      if (record.containsKey(name)) {
        fields.put(name, record.get(name));
      }
    }
    return fields;
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

  /** A message, with its conversation before it. */
  public static Map<String, Object> messageAndConversation(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message_group_uuid", message.groupUuid());
    fields.putAll(message(message));
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
