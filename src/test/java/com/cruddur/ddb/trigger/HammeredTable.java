package com.cruddur.ddb.trigger;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The table that {@link TableHammer} hammers: a hub user who talks with five others, in some
 * conversations of which messages are deleted. What is true of it is told by code that shares
 * nothing with ddb's own.
 */
final class HammeredTable {
  static final int CONVERSATIONS = 5;
  static final String HUB = user(0);

  /** A row's attribute that ddb does not know. */
  private static final String FOREIGN = "pinned";

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final DynamoDbClient client;
  private final String name;

  HammeredTable(DynamoDbClient client, String name) {
    this.client = client;
    this.name = name;
  }

  static String group(int number) {
    return "5ae290ed-55d1-47a0-bc6d-fe2bc270000" + number;
  }

  static String user(int number) {
    return "0e8a4c43-7a5c-4f0e-8f3d-00000000000" + number;
  }

  /** Whether messages of the conversation are deleted, so that its rows may go back. */
  static boolean mayShrink(String group) {
    return group.charAt(group.length() - 1) % 2 == 0;
  }

  String name() {
    return name;
  }

  DynamoDbClient client() {
    return client;
  }

  /** Starts every conversation. Its first message is never deleted. */
  void begin() {
    for (int i = 1; i <= CONVERSATIONS; i++) {
      String at = LocalDateTime.ofInstant(START.plusSeconds(i), ZoneOffset.UTC) + ".000000+00:00";
      put("MSG#" + group(i), at, Map.of("message_uuid", "first-" + i, "message", "first"), 0);
      row(0, i, at);
      row(i, 0, at);
    }
  }

  private void row(int owner, int other, String at) {
    String group = group(Math.max(owner, other));
    Map<String, String> more =
        Map.of("message_group_uuid", group, "message", "first", FOREIGN, "yes " + owner);
    put("GRP#" + user(owner), at, more, other);
  }

  private void put(String pk, String sk, Map<String, String> more, int user) {
    Map<String, String> texts = new HashMap<>(more);
    texts.putAll(Map.of("pk", pk, "sk", sk, "user_uuid", user(user)));
    texts.putAll(Map.of("user_display_name", "User " + user, "user_handle", "user" + user));
    client.putItem(r -> r.tableName(name).item(item(texts)));
  }

  static Map<String, AttributeValue> item(Map<String, String> texts) {
    Map<String, AttributeValue> item = new HashMap<>();
    texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
    return item;
  }

  /** The moment of a key, however it is spelled. */
  static Instant moment(String key) {
    boolean offset = key.endsWith("Z") || key.lastIndexOf('+') > 10 || key.lastIndexOf('-') > 10;
    Instant exact =
        offset
            ? OffsetDateTime.parse(key).toInstant()
            : LocalDateTime.parse(key).toInstant(ZoneOffset.UTC);
    return exact.truncatedTo(ChronoUnit.MICROS);
  }

  /** What is not true of the rows, one line each. */
  List<String> wrong() {
    Map<String, Map<String, AttributeValue>> newest = new TreeMap<>();
    Map<String, List<Map<String, AttributeValue>>> rows = new TreeMap<>();
    for (Map<String, AttributeValue> item :
        client.scanPaginator(r -> r.tableName(name).consistentRead(true)).items()) {
      String pk = item.get("pk").s();
      if (pk.startsWith("MSG#")) {
        newest.merge(pk.substring(4), item, (a, b) -> BY_MOMENT.compare(a, b) > 0 ? a : b);
      } else {
        String row = pk.substring(4) + " " + item.get("message_group_uuid").s();
        rows.computeIfAbsent(row, r -> new ArrayList<>()).add(item);
      }
    }
    List<String> wrong = new ArrayList<>();
    for (int i = 1; i <= CONVERSATIONS; i++) {
      for (int owner : new int[] {0, i}) {
        String row = user(owner) + " " + group(i);
        judge(row, owner, rows.getOrDefault(row, List.of()), newest.get(group(i)), wrong);
      }
    }
    if (rows.size() != 2 * CONVERSATIONS) {
      wrong.add("rows of others: " + rows.keySet());
    }
    return wrong;
  }

  private static final Comparator<Map<String, AttributeValue>> BY_MOMENT =
      Comparator.comparing((Map<String, AttributeValue> item) -> moment(item.get("sk").s()))
          .thenComparing(item -> item.get("sk").s());

  private static void judge(
      String what,
      int owner,
      List<Map<String, AttributeValue>> rows,
      Map<String, AttributeValue> newest,
      List<String> wrong) {
    if (rows.size() != 1) {
      wrong.add(what + (rows.isEmpty() ? " is lost" : " is doubled: " + rows));
      return;
    }
    Map<String, AttributeValue> row = rows.get(0);
    String key = newest.get("sk").s();
    if (!moment(row.get("sk").s()).equals(moment(key))) {
      wrong.add(what + " is stale: " + row.get("sk").s() + " beside " + key);
    } else if (!row.get("message").equals(newest.get("message"))) {
      wrong.add(what + " has another text: " + row + " beside " + newest);
    } else if (!row.get("sk").s().endsWith("+00:00")) {
      wrong.add(what + " has an odd key: " + row);
    } else if (!row.get(FOREIGN).s().equals("yes " + owner)) {
      wrong.add(what + " lost an attribute: " + row);
    }
  }

  Reader reader(int user) {
    return new Reader(user);
  }

  /** Polls a user's list, and notes what it must never show. */
  final class Reader {
    private final String pk;
    private final Set<String> expected = new TreeSet<>();
    private final Map<String, Instant> seen = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private int reads;

    Reader(int user) {
      pk = "GRP#" + user(user);
      for (int i = 1; i <= CONVERSATIONS; i++) {
        if (user == 0 || user == i) {
          expected.add(group(i));
        }
      }
    }

    int reads() {
      return reads;
    }

    List<String> faults() {
      return faults;
    }

    void watch(BooleanSupplier goesOn) {
      while (goesOn.getAsBoolean()) {
        try {
          look();
          reads++;
        } catch (DynamoDbException e) {
          if (!e.isThrottlingException()) {
            throw e;
          }
        }
        TableHammer.pause(10);
      }
    }

    private void look() {
      List<Map<String, AttributeValue>> rows =
          client
              .query(
                  r ->
                      r.tableName(name)
                          .keyConditionExpression("pk = :pk")
                          .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
              .items();
      List<String> groups =
          rows.stream().map(row -> row.get("message_group_uuid").s()).sorted().toList();
      if (!groups.equals(List.copyOf(expected))) {
        faults.add(pk + " shows " + groups);
      }
      for (Map<String, AttributeValue> row : rows) {
        String group = row.get("message_group_uuid").s();
        Instant now = moment(row.get("sk").s());
        Instant before = seen.put(group, now);
        if (before != null && now.isBefore(before) && !mayShrink(group)) {
          faults.add(pk + " went back in " + group + " from " + before + " to " + now);
        }
      }
    }
  }
}
