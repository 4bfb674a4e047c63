package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.Requests;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What a command would do: the SQL of its access pattern, the request as it would be sent, and its
 * cost. Nothing is run. Costs are those of on-demand capacity for items to 1 KB, in units.
 */
public final class QueryPlans {
  private static final String ROW_STEPS =
      "each row that is behind: TransactWriteItems [Put the row at the newest message's time if the"
          + " key is free; Delete the old key if it is still this conversation's]";

  private static final String STILL_THERE =
      "GetItem of that message, strongly consistent: if it was deleted meanwhile, the rows go back";

  private QueryPlans() {}

  /** Pattern A. */
  public static Map<String, Object> messages(String table, MessageQuery query) {
    return read(
        "A",
        "SELECT uuid, display_name, message, handle, created_at FROM messages"
            + " WHERE message_group_uuid = ? ORDER BY created_at "
            + (query.oldestFirst() ? "ASC" : "DESC"),
        Requests.messages(table, query),
        query.limit());
  }

  /** Pattern B. */
  public static Map<String, Object> conversations(String table, ConversationQuery query) {
    return read(
        "B",
        "SELECT uuid, other_user_uuid, other_user_display_name, other_user_handle, last_message,"
            + " last_message_at FROM message_groups WHERE user_uuid = ? ORDER BY last_message_at"
            + " DESC",
        Requests.conversations(table, query),
        query.limit());
  }

  /** Patterns C and D. */
  public static Map<String, Object> send(String table, String groupUuid, boolean once) {
    String put = "Put " + Keys.messages(groupUuid) + " at now, if the key is free";
    return write(
        "C, D",
        "INSERT INTO messages …; UPDATE message_groups SET last_message, last_message_at"
            + " WHERE uuid = ? (one row for each participant)",
        table,
        List.of(
            "Query index "
                + TableSchema.INDEX
                + " for "
                + groupUuid
                + ": the sender takes part, and which rows there are; one that it does not show once"
                + " is read from the table",
            once
                ? "Query "
                    + Keys.messages(groupUuid)
                    + ", the last "
                    + ConversationStore.RECENT
                    + " messages, for the message uuid, then TransactWriteItems ["
                    + put
                    + "] with a token of the message uuid"
                : "PutItem: " + put + "; else one microsecond later",
            "Query " + Keys.messages(groupUuid) + ", strongly consistent, newest first, limit 1",
            ROW_STEPS,
            STILL_THERE),
        (once
                ? "2.5 to 3.0 RCU and 1 RCU for each 4 KB of the last "
                    + ConversationStore.RECENT
                    + " messages (some 35; 256 at most); "
                : "2.5 to 3.0 RCU; ")
            + (once ? "2" : "1")
            + " WCU for the message, 4 WCU in the table and 2 in the index for each row moved");
  }

  /** Starting a conversation. */
  public static Map<String, Object> start(String table) {
    return write(
        "C",
        "INSERT INTO message_groups … (two rows); INSERT INTO messages …",
        table,
        List.of(
            "TransactWriteItems [Put the first message; Put the sender's row; Put the recipient's"
                + " row], each if its key is free; else one microsecond later"),
        "6 WCU in the table, 2 in the index");
  }

  /** Bulk loading. */
  public static Map<String, Object> seed(String table, List<String> inputs) {
    return write(
        "C, D",
        "INSERT INTO messages … (many); UPDATE message_groups … (once for each conversation)",
        table,
        List.of(
            "read " + String.join(", ", inputs),
            "a conversation that is new: TransactWriteItems [Put the first message; Put both rows]",
            "Query the messages that stand in the time range of each chunk",
            "BatchWriteItem of the messages that are not there, 25 at a time, 8 batches at once;"
                + " recent ones by PutItem if the key is free",
            ROW_STEPS),
        "1 WCU a message to 1 KB that is written; 0.5 RCU for each 4 KB that is there already;"
            + " the rows once a conversation");
  }

  /** Waiting for messages. */
  public static Map<String, Object> tail(String conversation) {
    return steps(
        "DescribeStream, then GetRecords of every shard from now on; where there is no stream,"
            + " once a second a Query of "
            + Keys.messages(conversation)
            + " after the newest message",
        "1 request of the stream for each shard, four times a second; or 1 RCU a second");
  }

  /** Following the stream. */
  public static Map<String, Object> trigger(String table) {
    return write(
        "D",
        "UPDATE message_groups SET last_message, last_message_at WHERE uuid = ?"
            + " (one row for each participant)",
        table,
        List.of(
            "DescribeStream and GetRecords of every shard, parents first",
            "for each conversation with new messages in what came at once:",
            "Query its newest message, strongly consistent, and index " + TableSchema.INDEX,
            ROW_STEPS,
            STILL_THERE),
        "1.5 RCU for each conversation and batch, 1 more where rows move; 4 WCU in the table and 2 in the index for each"
            + " row moved; reading the stream is 1 request each time");
  }

  /** Comparing rows with messages. */
  public static Map<String, Object> check(String table, String conversation, boolean repair) {
    List<String> steps = new ArrayList<>();
    if (conversation == null) {
      steps.add("Scan " + table);
    }
    String which = conversation == null ? "the messages of a suspected conversation" : conversation;
    steps.add(
        "Query "
            + which
            + " and index "
            + TableSchema.INDEX
            + ", then each participant's rows, strongly consistent"
            + (conversation == null
                ? "; the list of a participant once for " + ConversationReads.MOST + " of them"
                : ""));
    if (repair) {
      steps.add("a key that does not sort: TransactWriteItems [Put at the canonical key; Delete]");
      steps.add(ROW_STEPS);
    }
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("steps", steps);
    explanation.put(
        "cost",
        (conversation == null ? "0.5 RCU for each 4 KB of the table; " : "")
            + "1 RCU for each 4 KB of a conversation that is read for sure"
            + (repair ? "; 4 WCU in the table and 2 in the index for each row moved" : ""));
    return explanation;
  }

  /** A request without an access pattern. */
  public static Map<String, Object> steps(String step, String cost) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("steps", List.of(step));
    explanation.put("cost", cost);
    return explanation;
  }

  /** Reading all items. */
  public static Map<String, Object> scan(String table, int segments, Integer limit) {
    return steps(
        "Scan "
            + table
            + (segments == 1 ? "" : " in " + segments + " segments at once")
            + (limit == null ? "" : ", until " + limit + " items are read"),
        "0.5 RCU for each 4 KB read, rounded up, a page");
  }

  /** Writing items of files into the table. */
  public static Map<String, Object> importItems(String table, String input, boolean overwrite) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("table", table);
    explanation.put(
        "steps",
        List.of(
            "read " + input,
            "Scan 1 item, to see whether the table is empty",
            "BatchGetItem of the keys, 100 at a time; left out where the table was empty",
            "BatchWriteItem of the items that are not there"
                + (overwrite ? " or differ" : "")
                + ", 25 at a time, 8 batches at once"));
    explanation.put(
        "cost",
        "1 WCU for each KB of an item that is written, and as much for the index of a row;"
            + " 1 RCU for each 4 KB that is read");
    return explanation;
  }

  /** Making the table. */
  public static Map<String, Object> schemaLoad(String table, TableSchema.Options options) {
    return steps(
        "DescribeTable "
            + table
            + "; if there is none, CreateTable with keys pk, sk, index "
            + TableSchema.INDEX
            + " (message_group_uuid, sk; all attributes), stream "
            + (options.stream() ? "NEW_IMAGE" : "off")
            + ", "
            + (options.provisioned() ? "provisioned" : "on-demand")
            + " billing; DescribeTable until active",
        "free");
  }

  private static Map<String, Object> read(
      String pattern, String sql, QueryRequest request, int limit) {
    Map<String, Object> values = new LinkedHashMap<>();
    request.expressionAttributeValues().forEach((name, value) -> values.put(name, value.s()));
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("operation", "Query");
    plain.put("table", request.tableName());
    plain.put("index", request.indexName());
    plain.put("key_condition", request.keyConditionExpression());
    plain.put("values", values);
    plain.put("direction", request.scanIndexForward() ? "oldest first" : "newest first");
    plain.put("limit", limit);
    plain.put("reads_ahead", request.limit() - limit);
    plain.put("consistent_read", Boolean.TRUE.equals(request.consistentRead()));
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("pattern", pattern);
    explanation.put("sql", sql);
    explanation.put("request", plain);
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    explanation.put(
        "cost", (consistent ? "1" : "0.5") + " RCU for each 4 KB read, rounded up, a page");
    return explanation;
  }

  private static Map<String, Object> write(
      String pattern, String sql, String table, List<String> steps, String cost) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("pattern", pattern);
    explanation.put("sql", sql);
    explanation.put("table", table);
    explanation.put("steps", steps);
    explanation.put("cost", cost);
    return explanation;
  }
}
