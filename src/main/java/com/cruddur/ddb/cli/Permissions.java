package com.cruddur.ddb.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What each command asks of AWS, as IAM calls it: actions of DynamoDB, each after what it is asked
 * of ({@code table}, {@code index}, {@code stream}, or {@code *} for no resource). A transaction is
 * asked for as the writes that it holds. PolicyTest holds the list against what the commands send.
 */
final class Permissions {
  private static final List<String> READ = List.of("table Query");
  private static final List<String> BULK_READ =
      List.of("table DescribeTable", "table Query", "table Scan");

  /** Rows that follow a message: moved in transactions, healed, their text corrected. */
  private static final List<String> ROWS =
      List.of(
          "index Query",
          "table Query",
          "table GetItem",
          "table PutItem",
          "table DeleteItem",
          "table UpdateItem");

  /** Of whatever writes to production, whose table and clock are looked at before. */
  private static final List<String> GUARD = List.of("table DescribeTable");

  private static final Map<String, List<String>> OF_COMMANDS = new LinkedHashMap<>();

  static {
    OF_COMMANDS.put("schema-load", List.of("table DescribeTable", "table CreateTable"));
    OF_COMMANDS.put("list-tables", List.of("* ListTables"));
    OF_COMMANDS.put("describe", List.of("table DescribeTable"));
    OF_COMMANDS.put("drop", List.of("table DescribeTable", "table DeleteTable"));
    OF_COMMANDS.put("scan", BULK_READ);
    OF_COMMANDS.put(
        "seed",
        all(GUARD, ROWS, List.of("table BatchGetItem", "table BatchWriteItem", "table Scan")));
    OF_COMMANDS.put("export", all(BULK_READ, List.of("index Query")));
    OF_COMMANDS.put(
        "import", all(BULK_READ, List.of("table BatchGetItem", "table BatchWriteItem")));
    OF_COMMANDS.put("pull", all(BULK_READ, List.of("index Query")));
    OF_COMMANDS.put("diff", BULK_READ);
    OF_COMMANDS.put("list-conversations", READ);
    OF_COMMANDS.put("get-conversation", READ);
    OF_COMMANDS.put("send-message", all(GUARD, ROWS));
    OF_COMMANDS.put("start-conversation", all(GUARD, List.of("table PutItem")));
    OF_COMMANDS.put("delete-message", all(GUARD, ROWS));
    OF_COMMANDS.put("redact-message", all(GUARD, ROWS));
    OF_COMMANDS.put(
        "delete-conversation",
        all(
            GUARD,
            List.of("index Query", "table Query", "table DeleteItem", "table BatchWriteItem")));
    OF_COMMANDS.put("list-users", List.of("table DescribeTable", "table Query", "index Scan"));
    OF_COMMANDS.put(
        "rename-user", all(GUARD, List.of("index Query", "table Query", "table UpdateItem")));
    OF_COMMANDS.put("forget-user", all(GUARD, ROWS, List.of("table Scan")));
    OF_COMMANDS.put("export-user", READ);
    OF_COMMANDS.put("find", BULK_READ);
    OF_COMMANDS.put("tail", READ);
    OF_COMMANDS.put("check", all(BULK_READ, ROWS));
    OF_COMMANDS.put("stats", BULK_READ);
    OF_COMMANDS.put(
        "trigger run",
        all(
            GUARD,
            ROWS,
            List.of("stream DescribeStream", "stream GetShardIterator", "stream GetRecords")));
    OF_COMMANDS.put("cache check", READ);
    OF_COMMANDS.put(
        "doctor",
        List.of(
            "* ListTables",
            "table DescribeTable",
            "table DescribeContinuousBackups",
            "table Query"));
  }

  private Permissions() {}

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    return Stream.of(parts).flatMap(List::stream).distinct().toList();
  }

  /** The commands that ask for anything, in the order of the help. */
  static Set<String> commands() {
    return OF_COMMANDS.keySet();
  }

  /**
   * What the commands ask for together, in order: of what, and for which actions; nothing for one
   * that asks nothing of AWS.
   */
  static Map<String, List<String>> of(List<String> commands) {
    Set<String> asked = new TreeSet<>();
    commands.forEach(command -> asked.addAll(OF_COMMANDS.getOrDefault(command, List.of())));
    Map<String, List<String>> byResource = new LinkedHashMap<>();
    for (String one : asked) {
      String[] words = one.split(" ");
      byResource.computeIfAbsent(words[0], r -> new ArrayList<>()).add("dynamodb:" + words[1]);
    }
    return byResource;
  }
}
