package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What moderation would ask of the table, and its cost; nothing is run. See {@link QueryPlans}. */
public final class ModerationPlans {
  private static final String READS = "1 RCU for each 4 KB of messages newer than it";

  private ModerationPlans() {}

  /** Deleting a message. */
  public static Map<String, Object> delete(String table, String groupUuid) {
    return plan(
        "DELETE FROM messages WHERE uuid = ?; UPDATE message_groups SET last_message,"
            + " last_message_at WHERE uuid = ? AND last_message_at = ?",
        table,
        List.of(
            find(groupUuid),
            "DeleteItem, if it is still this message",
            "Query the newest message left and index " + TableSchema.INDEX,
            "each row that stands at it: TransactWriteItems [Put the row at the newest message"
                + " left; Delete the old key], or DeleteItem when none is left"),
        READS + "; 1 WCU for the message, 4 WCU in the table and 2 in the index for a row moved");
  }

  /** Replacing a message's text. */
  public static Map<String, Object> redact(String table, String groupUuid) {
    return plan(
        "UPDATE messages SET message = ? WHERE uuid = ?; UPDATE message_groups SET last_message = ?"
            + " WHERE uuid = ? AND last_message_at = ?",
        table,
        List.of(
            find(groupUuid),
            "UpdateItem of the text, if it is still this message",
            "Query the newest message and index " + TableSchema.INDEX,
            "each row that shows it: UpdateItem of the text"),
        READS + "; 1 WCU for the message, 1 WCU in the table and 1 in the index for a row");
  }

  /** Deleting a conversation. */
  public static Map<String, Object> deleteConversation(String table, String groupUuid) {
    return plan(
        "DELETE FROM message_groups WHERE uuid = ?; DELETE FROM messages WHERE"
            + " message_group_uuid = ?",
        table,
        List.of(
            "Query index " + TableSchema.INDEX + " for " + groupUuid + ", then each member's rows",
            "DeleteItem of each row, if it is as it was read",
            "Query " + Keys.messages(groupUuid) + ", 100 messages at a time, strongly consistent",
            "BatchWriteItem that deletes them, 25 at a time",
            "all again until nothing is left: a sender may have been on the way"),
        "1 RCU for each 4 KB of messages; 1 WCU a message, 1 in the table and 1 in the index a row");
  }

  /** Renaming a user. */
  public static Map<String, Object> renameUser(String table, String user, boolean messages) {
    List<String> steps =
        new ArrayList<>(
            List.of(
                "Query the rows of " + user,
                "for each, 8 conversations at a time: Query index "
                    + TableSchema.INDEX
                    + " and the others' rows; UpdateItem of each that names the user otherwise"));
    if (messages) {
      steps.add("Query its messages; UpdateItem of each of the user's that is not so named");
    }
    return plan(
        "UPDATE message_groups SET other_user_display_name = ?, other_user_handle = ? WHERE"
            + " other_user_uuid = ?; UPDATE messages SET display_name = ?, handle = ? WHERE"
            + " user_uuid = ?",
        table,
        steps,
        "1 RCU for each 4 KB of rows"
            + (messages ? " and messages" : "")
            + "; 1 WCU in the table and 1 in the index a row"
            + (messages ? ", 1 WCU a message of the user's" : ""));
  }

  /** Erasing a user. */
  public static Map<String, Object> forgetUser(String table, String user) {
    return plan(
        "UPDATE messages SET message = ?, user_uuid = ?, display_name = ?, handle = ? WHERE"
            + " user_uuid = ?; UPDATE message_groups … WHERE other_user_uuid = ?; DELETE FROM"
            + " message_groups WHERE user_uuid = ?",
        table,
        List.of(
            "Query the rows of " + user,
            "for each, 8 conversations at a time: UpdateItem of the others' rows that name the user;"
                + " UpdateItem of each message of the user's; the rows follow; DeleteItem of the"
                + " user's row",
            "Scan " + table + " for what still names the user"),
        "1 RCU for each 4 KB of rows and messages; 1 WCU a message of the user's, 2 in the table and"
            + " 2 in the index a conversation; 0.5 RCU for each 4 KB of the table");
  }

  private static String find(String groupUuid) {
    return "Query "
        + Keys.messages(groupUuid)
        + " from its newest message until the uuid is found, strongly consistent";
  }

  private static Map<String, Object> plan(
      String sql, String table, List<String> steps, String cost) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("sql", sql);
    plan.put("table", table);
    plan.put("steps", steps);
    plan.put("cost", cost);
    return plan;
  }
}
