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
  private static final String ROW_STEPS =
      "each row that is behind: TransactWriteItems [Put the row at the newest message's time if the"
          + " key is free; Delete the old key if it is still this conversation's]";

  private static final String STILL_THERE =
      "GetItem of that message, strongly consistent: if it was deleted meanwhile, the rows go back";

  /** Long work begins with it, since its client is patient with what is wrong from the start. */
  static final String PROBE = "Query a key that nothing stands on: whether the table answers";

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

  /** Bulk loading. */
  public static Map<String, Object> seed(String table, List<String> inputs) {
    return write(
        "C, D",
        "INSERT INTO messages … (many); UPDATE message_groups … (once for each conversation)",
        table,
        List.of(
            "read " + String.join(", ", inputs),
            PROBE,
            "Query index " + TableSchema.INDEX + " and the last message of each conversation",
            "a conversation that is new: TransactWriteItems [Put its newest message; Put both rows]",
            "Query the messages in the time range of each chunk",
            "BatchWriteItem of the messages that are not there, 25 at a time, 8 batches at once;"
                + " recent ones by PutItem if the key is free",
            ROW_STEPS),
        Cost.of("1 + 1.5 * conversations + known", "written + 10 * new + " + Cost.MOVED)
            .where("conversations", "of the input")
            .where("known", "4 KB of what the table has of them, about the input's messages")
            .where("written", "messages that are written, but the newest of a new conversation")
            .where("new", "conversations that the table has not")
            .whereMoved());
  }

  /** Waiting for messages. */
  public static Map<String, Object> tail(String conversation) {
    return steps(
        "DescribeStream, then GetShardIterator and GetRecords of every shard from now on; where there is no stream,"
            + " once a second a Query of "
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

  /** Reading all items. */
  public static Map<String, Object> scan(String table, int segments, Integer limit) {
    String scan =
        "Scan "
            + table
            + (segments == 1 ? "" : " in " + segments + " segments at once")
            + (limit == null ? "" : ", until " + limit + " items are read");
    return limit == null
        ? steps(List.of(PROBE, scan), costOfScan("1 + 0.5 * read"))
        : steps(scan, costOfScan("0.5 * read"));
  }

  /** Reading all items of some conversations. */
  public static Map<String, Object> conversationItems() {
    return steps(
        List.of(
            PROBE,
            "of a user that is named: Query the user's list, strongly consistent",
            "Query the messages of each conversation, strongly consistent, index "
                + TableSchema.INDEX
                + ", and the list of each participant"),
        Cost.of("1 + own + 0.5 * conversations + messages + lists", "0")
            .where("own", "4 KB of the lists of the users that are named")
            .where("conversations", "that are read")
            .where("messages", "4 KB of their messages")
            .whereLists());
  }

  /** What DynamoDB does by itself. */
  public static Map<String, Object> s3(String table, boolean export) {
    return steps(
        export
            ? "DescribeContinuousBackups, DescribeTable and ExportTableToPointInTime of "
                + table
                + "; DescribeExport until it has ended. AWS charges the GB of the table, no capacity"
            : "ImportTable of "
                + table
                + "; DescribeImport until it has ended; UpdateTable for the stream. AWS charges the"
                + " GB of the files, no capacity",
        Cost.FREE);
  }

  /** Reading two tables, or one beside an export. */
  public static Map<String, Object> diff(List<String> tables, int segments) {
    if (tables.isEmpty()) {
      return steps("read both exports", Cost.FREE);
    }
    List<String> steps = new ArrayList<>(List.of(PROBE));
    tables.forEach(table -> steps.add("Scan " + table + " in " + segments + " segments at once"));
    return steps(steps, costOfScan("1 + 0.5 * read"));
  }

  /** Of reads of whole tables: each segment is rounded up, too. */
  public static Cost costOfScan(String rcu) {
    return Cost.of(rcu, "0")
        .where("read", "4 KB of all items, rounded up for each page and segment");
  }

  /** Writing items of files into the table. */
  public static Map<String, Object> importItems(String table, String input, boolean overwrite) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("table", table);
    explanation.put(
        "steps",
        List.of(
            "read " + input,
            PROBE,
            "Scan 1 item, to see whether the table is empty",
            "BatchGetItem of the keys, 100 at a time; left out where the table was empty",
            "BatchWriteItem of the items that are not there"
                + (overwrite ? " or differ" : "")
                + ", 25 at a time, 8 batches at once"));
    Cost.of("2 + looked", "written + 2 * rows")
        .where(
            "looked",
            "items that are looked up, 1 RCU for each 4 KB of one; in an empty table none")
        .where("written", "messages and other items that are written, 1 WCU for each KB of one")
        .where("rows", "conversation rows that are written")
        .addTo(explanation);
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

  private static Map<String, Object> write(
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
