package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Moderation.Moderated;
import com.cruddur.ddb.chat.Reconciliation;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints what became of one moderated message. */
final class ModerationResult {
  private ModerationResult() {}

  /**
   * Prints it.
   *
   * @param named what named the message: its uuid or its created_at
   * @param result what was done, such as {@code deleted}
   */
  static void print(CommandContext context, String named, Moderated done, String result) {
    Reconciliation rows = done.rows();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message_group_uuid", rows.groupUuid());
    fields.put(Uuids.isUuid(named) ? "uuid" : "created_at", named);
    done.message().ifPresent(message -> fields.putAll(Columns.message(message)));
    fields.remove("message");
    fields.put("result", result);
    fields.put("rows_changed", rows.moved() + rows.created());
    fields.put("rows_deleted", rows.deleted());
    fields.put("rows_unchanged", rows.unchanged());
    context.document(fields);
  }
}
