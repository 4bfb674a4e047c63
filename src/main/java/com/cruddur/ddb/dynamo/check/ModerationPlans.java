package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What moderation would ask of the table, and its cost; nothing is run. See {@link QueryPlans}. */
public final class ModerationPlans {
  private static final String LATEST = "4 KB of the last 100 messages";

  private ModerationPlans() {}

  /**
   * Deleting a message.
   *
   * @param named the message's uuid, time or key
   */
  public static Map<String, Object> delete(String table, String groupUuid, String named) {
    return plan(
        "DELETE FROM messages WHERE uuid = ?; UPDATE message_groups SET last_message,"
            + " last_message_at WHERE uuid = ? AND last_message_at = ?",
        table,
        List.of(
            find(groupUuid, named),
            "DeleteItem, if it is still this message",
            "Query the newest messages left, index "
                + TableSchema.INDEX
                + " and the list of each participant; once more after a row moved, and GetItem of"
                + " the message that it moved to",
            "each row that is at it: TransactWriteItems [Put the row at the newest message"
                + " left; Delete the old key], or DeleteItem when none is left"),
        found(
                named,
                "0.5 + found + latest + lists + last * (1 + 2 * latest + lists)",
                "1 + 8 * moved")
            .where("latest", LATEST)
            .whereLists()
            .where("last", "1 if rows show the message, else 0")
            .whereMoved());
  }

  /**
   * Replacing a message's text.
   *
   * @param named the message's uuid, time or key
   */
  public static Map<String, Object> redact(String table, String groupUuid, String named) {
    return plan(
        "UPDATE messages SET message = ? WHERE uuid = ?; UPDATE message_groups SET last_message = ?"
            + " WHERE uuid = ? AND last_message_at = ?",
        table,
        List.of(
            find(groupUuid, named),
            "UpdateItem of the text, if it is still this message",
            "Query the newest messages and index " + TableSchema.INDEX,
            "each row that shows it: Query the list of its owner, GetItem of the message,"
                + " UpdateItem of the text; then GetItem of the message"),
        found(named, "1.5 + found + latest + last * (3 + rows + lists)", "1 + " + Cost.CHANGED)
            .where("latest", LATEST)
            .where("last", "1 if rows show the message, else 0")
            .whereLists()
            .where("rows", "those rows, as a rule two"));
  }

  /** Deleting a conversation. */
  public static Map<String, Object> deleteConversation(String table, String groupUuid) {
    return plan(
        "DELETE FROM message_groups WHERE uuid = ?; DELETE FROM messages WHERE"
            + " message_group_uuid = ?",
        table,
        List.of(
            "Query index "
                + TableSchema.INDEX
                + " for "
                + groupUuid
                + ", then each participant's rows",
            "DeleteItem of each row, if it is as it was read",
            "Query " + Keys.messages(groupUuid) + ", 100 messages at a time, strongly consistent",
            "BatchWriteItem that deletes them, 25 at a time",
            "all again until nothing is left: a sender may have been on the way"),
        Cost.of("2 + messages + 2 * lists", "number + " + Cost.CHANGED)
            .where("messages", "4 KB of the conversation's messages")
            .whereLists()
            .where("number", "of messages")
            .where("rows", "of the conversation, one for each participant"));
  }

  /** Renaming a user. */
  public static Map<String, Object> renameUser(String table, String user, boolean messages) {
    List<String> steps =
        new ArrayList<>(
            List.of(
                "Query the rows of " + user,
                "for each, 8 conversations at a time: "
                    + (messages ? "UpdateItem of the user's newest message; " : "")
                    + "Query index "
                    + TableSchema.INDEX
                    + "; UpdateItem of each of the others' rows that names the user otherwise;"
                    + " Query the others' rows, to see that all do"));
    if (messages) {
      steps.add("Query its messages; UpdateItem of each of the user's that is not so named");
    }
    Cost cost =
        ofUser(
            "2 * own + conversations * (0.5 + list" + (messages ? " + latest + messages)" : ")"),
            "2 * conversations" + (messages ? " + sent" : ""),
            messages);
    return plan(
        "UPDATE message_groups SET other_user_display_name = ?, other_user_handle = ? WHERE"
            + " other_user_uuid = ?; UPDATE messages SET display_name = ?, handle = ? WHERE"
            + " user_uuid = ?",
        table,
        steps,
        messages
            ? cost.where("latest", "4 KB of a conversation's last 100 messages, on average")
            : cost);
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
            "for each, 8 conversations at a time: UpdateItem of the others' rows that name the"
                + " user; UpdateItem of each message of the user's; the others' rows that show its"
                + " text follow: GetItem of the message, UpdateItem of the text; DeleteItem of the"
                + " user's row",
            "Scan " + table + " for what still names the user"),
        ofUser(
                "2 + own + conversations * (2 + list + messages) + last * (3 + list) + 0.5 * read",
                "4 * conversations + sent + 2 * last",
                true)
            .where("last", "of the conversations: those whose last message is the user's")
            .where("read", "4 KB of the table, rounded up for each page and segment"));
  }

  private static Cost found(String named, String rcu, String wcu) {
    String around = "4 KB of the messages of the two days before it and after it";
    String found =
        switch (Naming.of(named)) {
          case UUID -> "4 KB of the conversation's messages, 1 MB at a time";
          case SHOWN_TIME -> around;
          case OTHER_TIME -> "1, and if no key is spelled so " + around;
          case KEY -> "1; 4 KB of the message";
        };
    return Cost.of(rcu, wcu).where("found", found);
  }

  private static Cost ofUser(String rcu, String wcu, boolean messages) {
    Cost cost =
        Cost.of(rcu, wcu)
            .where("own", "4 KB of the user's conversation list")
            .where("conversations", "of the user")
            .where("list", "4 KB of the other participant's conversation list, on average");
    return messages
        ? cost.where("messages", "4 KB of a conversation's messages, on average")
            .where("sent", "messages of the user's")
        : cost;
  }

  /** By what a message is named; see {@link Moderation#reference}. */
  private enum Naming {
    UUID,
    SHOWN_TIME,
    OTHER_TIME,
    KEY;

    static Naming of(String named) {
      return Uuids.isUuid(named)
          ? UUID
          : Timestamps.parse(named).isEmpty()
              ? KEY
              : Timestamps.display(named).equals(named) ? SHOWN_TIME : OTHER_TIME;
    }
  }

  private static String find(String groupUuid, String named) {
    String partition = Keys.messages(groupUuid);
    String get = "GetItem of " + partition + ", " + named;
    String around = "Query %s of two days before and after %s, for a key of its moment";
    String consistent = ", strongly consistent";
    return switch (Naming.of(named)) {
      case UUID -> "Query " + partition + " for the uuid" + consistent;
      case SHOWN_TIME -> around.formatted(partition, named) + consistent;
      case OTHER_TIME ->
          get + "; if it is not there: " + around.formatted(partition, named) + consistent;
      case KEY -> get + consistent;
    };
  }

  private static Map<String, Object> plan(String sql, String table, List<String> steps, Cost cost) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("sql", sql);
    plan.put("table", table);
    plan.put("steps", steps);
    cost.addTo(plan);
    return plan;
  }
}
