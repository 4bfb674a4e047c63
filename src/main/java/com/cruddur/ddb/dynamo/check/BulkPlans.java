package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What work on many items would ask of the table, and its cost. See {@link QueryPlans}. */
public final class BulkPlans {
  private BulkPlans() {}

  /** Bulk loading. */
  public static Map<String, Object> seed(String table, List<String> inputs) {
    return QueryPlans.write(
        "C, D",
        "INSERT INTO messages … (many); UPDATE message_groups … (once for each conversation)",
        table,
        List.of(
            "read " + String.join(", ", inputs),
            QueryPlans.PROBE,
            "Scan one item: whether there is any",
            "Query the last message of each conversation, and index "
                + TableSchema.INDEX
                + " unless the table was empty and holds none",
            "conversations that are new, 33 at a time: TransactWriteItems [Put its newest message;"
                + " Put both rows]",
            "Query the messages in the time range of each chunk",
            "BatchWriteItem of the messages that are not there, 25 at a time, 8 batches at once;"
                + " recent ones by PutItem if the key is free",
            "at the end of a conversation, 25 at a time: BatchGetItem of the rows that were made,"
                + " and of the newest message after they have moved",
            QueryPlans.ROW_STEPS),
        Cost.of(
                "2 + 1.5 * conversations + known + 1.5 * moved",
                "written + 10 * new + " + Cost.MOVED)
            .where("conversations", "of the input; 1 for each where the table was empty")
            .where("known", "4 KB of what the table has of them, about the input's messages")
            .where("written", "messages that are written, but the newest of a new conversation")
            .where("new", "conversations that the table has not")
            .whereMoved());
  }

  /** Reading all items. */
  public static Map<String, Object> scan(String table, int segments, Integer limit) {
    String scan =
        "Scan "
            + table
            + (segments == 1 ? "" : " in " + segments + " segments at once")
            + (limit == null ? "" : ", until " + Count.of(limit, "item is", "items are") + " read");
    return limit == null
        ? QueryPlans.steps(List.of(QueryPlans.PROBE, scan), costOfScan("1 + 0.5 * read"))
        : QueryPlans.steps(scan, costOfScan("0.5 * read"));
  }

  /** Of reads of whole tables: each segment is rounded up, too. */
  public static Cost costOfScan(String rcu) {
    return Cost.of(rcu, "0")
        .where("read", "4 KB of all items, rounded up for each page and segment");
  }

  /** Reading all items of some conversations. */
  public static Map<String, Object> conversationItems() {
    return QueryPlans.steps(
        List.of(
            QueryPlans.PROBE,
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
    return QueryPlans.steps(
        export
            ? "DescribeContinuousBackups, DescribeTable and ExportTableToPointInTime of "
                + table
                + "; DescribeExport until it has ended. AWS charges the GB of the table, no"
                + " capacity"
            : "ImportTable of "
                + table
                + "; DescribeImport until it has ended; UpdateTable for the stream. AWS charges the"
                + " GB of the files, no capacity",
        Cost.FREE);
  }

  /** Reading two tables, or one beside an export. */
  public static Map<String, Object> diff(List<String> tables, int segments) {
    if (tables.isEmpty()) {
      return QueryPlans.steps("read both exports", Cost.FREE);
    }
    List<String> steps = new ArrayList<>(List.of(QueryPlans.PROBE));
    tables.forEach(table -> steps.add("Scan " + table + " in " + segments + " segments at once"));
    return QueryPlans.steps(steps, costOfScan("1 + 0.5 * read"));
  }

  /** Writing items of files into the table. */
  public static Map<String, Object> importItems(String table, String input, boolean overwrite) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("table", table);
    explanation.put(
        "steps",
        List.of(
            "read " + input,
            QueryPlans.PROBE,
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
}
