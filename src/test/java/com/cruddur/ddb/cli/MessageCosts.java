package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * What commands about one message cost in a conversation of so many, by {@code --show-capacity}.
 */
public final class MessageCosts {
  private static final int BATCH = 25;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TEXT = "as long as people write when they have something to say ";
  private static final Pattern CAPACITY =
      Pattern.compile(
          "capacity: ([0-9.]+) RCU[^,]*(?:, table [^,]*)?, ([0-9.]+) WCU.*, ([0-9]+) requests?");

  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();
  private final Map<String, Cost> costs = new LinkedHashMap<>();

  /** Capacity units over table and index, and requests of DynamoDB. */
  public record Cost(double readUnits, double writeUnits, int requests) {}

  private MessageCosts() {}

  /** The costs by command, in a conversation of so many messages, newest last. */
  public static Map<String, Cost> of(int messages) {
    MessageCosts costs = new MessageCosts();
    costs.fill(messages);
    costs.measure();
    return costs.costs;
  }

  private void fill(int messages) {
    List<WriteRequest> batch = new ArrayList<>();
    Message last = null;
    for (int i = 0; i < messages; i++) {
      String at = Timestamps.format(START.plusSeconds(i));
      last = new Message(group, at, MessageTable.uuid(), TEXT + i, i % 2 == 0 ? ANDREW : BAYKO);
      Message one = last;
      batch.add(WriteRequest.builder().putRequest(put -> put.item(Items.item(one))).build());
      if (batch.size() == BATCH || i == messages - 1) {
        List<WriteRequest> now = List.copyOf(batch);
        MessageTable.client().batchWriteItem(r -> r.requestItems(Map.of(table.name(), now)));
        batch.clear();
      }
    }
    table.row(ANDREW, group, last.createdAt(), BAYKO, last.text());
    table.row(BAYKO, group, last.createdAt(), ANDREW, last.text());
    // What the stream holds so far is no cost of what follows.
    Outcome.done(table.ddb("trigger", "run", "--once"));
  }

  private void measure() {
    String[] from = {"--from", "bayko"};
    cost("send-message", "send-message", group, "one more", from[0], from[1]);
    String uuid = MessageTable.uuid();
    cost(
        "send-message --message-uuid",
        "send-message",
        group,
        "x",
        "--message-uuid",
        uuid,
        from[0],
        from[1]);
    Outcome.done(table.ddb("trigger", "run", "--once"));
    table.message(group, Timestamps.format(Instant.now()), ANDREW, "by another program");
    cost("trigger run, one message", "trigger", "run", "--once");
    cost("check CONVERSATION", "check", group);
    cost("check", "check");
  }

  private void cost(String name, String... line) {
    String[] measured = new String[line.length + 1];
    System.arraycopy(line, 0, measured, 0, line.length);
    measured[line.length] = "--show-capacity";
    Result result = Outcome.done(table.ddb(measured));
    Matcher capacity = CAPACITY.matcher(result.err());
    if (!capacity.find()) {
      throw new AssertionError(result);
    }
    costs.put(
        name,
        new Cost(
            Double.parseDouble(capacity.group(1)),
            Double.parseDouble(capacity.group(2)),
            Integer.parseInt(capacity.group(3))));
  }
}
