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
 * {@link Cost}, for messages and rows to 1 KB. Nothing is run.
 */
public final class QueryPlans {
  static final String ROW_STEPS =
      "each row that is behind: TransactWriteItems [Put the row at the newest message's time if the"
          + " key is free; Delete the old key if it is still this conversation's]";

  private static final String STILL_THERE =
      "GetItem of that message, strongly consistent: if it was deleted meanwhile, the rows go back";

  /** Long work begins with it, since its client is patient with what is wrong from the start. */
  static final String PROBE = "Query a key that holds nothing: whether the table answers";

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
                + ": the sender takes part, and which rows there are; one that it does not show"
                + " once is read from the table",
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
        once
            ? Cost.of("2.5 + recent", "2 + " + Cost.MOVED)
                .whereMoved()
                .where("recent", "4 KB of the last " + ConversationStore.RECENT + " messages")
            : Cost.of("2.5", "1 + " + Cost.MOVED).whereMoved());
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
        Cost.of("0", "10"));
  }

  /** Waiting for messages. */
  public static Map<String, Object> tail(String conversation) {
    return steps(
        "DescribeStream, then GetShardIterator and GetRecords of every shard from now on; where"
            + " there is no stream, once a second a Query of "
            + Keys.messages(conversation)
            + " after the newest message",
        Cost.of("seconds", "0")
            .where("seconds", "the time that it runs; with a stream only its requests, 0 RCU"));
  }

  /** Following the stream. */
  public static Map<String, Object> trigger(String table) {
    return write(
        "D",
        "UPDATE message_groups SET last_message, last_message_at WHERE uuid = ?"
            + " (one row for each participant)",
        table,
        List.of(
            "DescribeStream, GetShardIterator and GetRecords of every shard, parents first",
            "for each conversation with new messages in what came at once:",
            "Query its newest message, strongly consistent, and index " + TableSchema.INDEX,
            ROW_STEPS,
            STILL_THERE),
        Cost.of("1.5 * conversations + followed", Cost.MOVED)
            .where("conversations", "with new messages, counted once for what comes at once")
            .where("followed", "those of them whose rows move")
            .whereMoved());
  }

  /** Comparing rows with messages. */
  public static Map<String, Object> check(String table, String conversation, boolean repair) {
    List<String> steps = new ArrayList<>();
    if (conversation == null) {
      steps.add(PROBE);
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
      steps.add(STILL_THERE);
    }
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("steps", steps);
    costOfCheck(conversation == null, repair).addTo(explanation);
    return explanation;
  }

  private static Cost costOfCheck(boolean whole, boolean repair) {
    String sure = "(0.5 + messages + lists)";
    String first = whole ? "1 + 0.5 * read + suspected * " + sure : "0.5 + messages + 2.5 * lists";
    Cost cost =
        repair
            ? Cost.of(first + " + repaired * (3 + messages + lists)", Cost.MOVED).whereMoved()
            : Cost.of(first, "0");
    cost = cost.where("messages", "4 KB of a conversation's messages").whereLists();
    cost = repair ? cost.where("repaired", "conversations that are repaired") : cost;
    return whole
        ? cost.where("read", "4 KB of the table, rounded up for each page")
            .where("suspected", "conversations whose rows do not look right, and so are read again")
        : cost;
  }

  /** Requests without an access pattern. */
  public static Map<String, Object> steps(String step, Cost cost) {
    return steps(List.of(step), cost);
  }

  /** The same, of several steps. */
  public static Map<String, Object> steps(List<String> steps, Cost cost) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("steps", steps);
    cost.addTo(explanation);
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
        Cost.FREE);
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
    Cost.ofPages(consistent).addTo(explanation);
    return explanation;
  }

  static Map<String, Object> write(
      String pattern, String sql, String table, List<String> steps, Cost cost) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("pattern", pattern);
    explanation.put("sql", sql);
    explanation.put("table", table);
    explanation.put("steps", steps);
    cost.addTo(explanation);
    return explanation;
  }
}
