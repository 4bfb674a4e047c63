package com.cruddur.ddb.dynamo.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.RowRefusedException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A plan answers as the table would: the same is asked and written of a plan over a table that is
 * half filled, and of a copy of that table.
 */
class DryRunPlanTest {
  private static final String LARGE = "x".repeat(409_000);

  private final MessageTable planned = MessageTable.withoutStream();
  private final MessageTable real = MessageTable.withoutStream();
  private final DryRunPlan plan = new DryRunPlan();
  private final ItemTable dryItems =
      plan.over(new DynamoDbItemTable(MessageTable.ownClient(), planned.name()));
  private final ConversationStore dry =
      plan.over(
          planned.name(),
          planned.store(),
          new DynamoDbItemTable(MessageTable.ownClient(), planned.name()));
  private final ItemTable items = new DynamoDbItemTable(MessageTable.ownClient(), real.name());
  private final Random random = new Random(7);

  @Test
  void aPlanAnswersAsTheTableItselfWould() {
    for (int i = 0; i < 14; i++) {
      Map<String, AttributeValue> item = i % 2 == 0 ? message(random) : row(random, i % 4 == 3);
      planned.put(item);
      real.put(item);
    }
    Map<String, Map<String, AttributeValue>> before = byKey(planned.items());
    Set<String> missing =
        new TreeSet<>(List.of("DONE", "KEY_TAKEN", "OVERTAKEN", "true", "false", "too large"));
    for (int i = 0; i < 300; i++) {
      long seed = random.nextLong();
      String told = ask(dry, dryItems, new Random(seed));
      String expected = ask(real.store(), items, new Random(seed));
      assertThat(brief(told)).as("request %d", i).isEqualTo(brief(expected));
      missing.remove(told);
    }
    // Else the random choices did not meet what they are about.
    assertThat(missing).isEmpty();
    assertThat(byKey(planned.items())).isEqualTo(before);
    List<Map<String, AttributeValue>> scanned = new ArrayList<>();
    new ParallelScan(dryItems.pages())
        .forEachPage(
            3,
            4,
            page -> {
              scanned.addAll(page);
              return true;
            });
    assertThat(byKey(scanned)).isEqualTo(byKey(real.items())).hasSize(scanned.size());
    assertThat(plan.changes().stream().map(Object::toString))
        .hasSameElementsAs(difference(before, byKey(real.items())));
  }

  private static String ask(ConversationStore store, ItemTable items, Random chance) {
    Message message = Items.message(message(chance));
    Message other = Items.message(message(chance));
    ConversationRow row = Items.row(row(chance, chance.nextInt(8) == 0));
    ConversationRow second = Items.row(row(chance, false));
    String group = message.groupUuid();
    try {
      return switch (chance.nextInt(20)) {
        case 0 -> store.putMessage(message).toString();
        case 1 ->
            "" + there(store, message).map(m -> store.rewriteMessage(m, other.from(row.other())));
        case 2 -> "" + store.rewriteMessage(message, message.from(row.other()));
        case 3 -> "" + there(store, message).map(store::deleteMessage).orElse(false);
        case 4 ->
            store.moveMessage(message, other.createdAt().replace(".000000", ".000001")).toString();
        case 5 -> {
          store.deleteMessages(List.of(message));
          yield "deleted";
        }
        case 6 -> store.start(message, List.of(row)).toString();
        case 7 -> store.createRow(row).toString();
        case 8, 9 -> moved(store, row, second);
        case 10 -> "" + store.rewriteRow(row, "y".repeat(chance.nextInt(2) * 900));
        case 11 -> store.renameRow(row, second.other()).toString();
        case 12 ->
            store.rows(row.ownerUuid(), row.groupUuid()).stream()
                .map(store::deleteRow)
                .toList()
                .toString();
        case 13 -> merged(store, row);
        case 14 -> written(items, message(chance), Items.item(other));
        case 15 -> pages(store, message, chance);
        case 16 -> rows(store, row, chance);
        case 17 ->
            store.newestMessage(group).toString()
                + store.newestByMoment(group)
                + store.findMessages(group, message.uuid())
                + store.recentMessage(group, message.uuid())
                + store.findSender(group, message.sender().uuid())
                + store.message(group, message.createdAt());
        case 18 ->
            sorted(items.indexedRows(row.groupUuid()).toList())
                + items.rows(row.ownerUuid(), Set.of("g0", "g1")).map(TreeMap::new).toList();
        default ->
            items
                .messages(query(group, 2, chance))
                .map(item -> new TreeMap<>(item).toString())
                .toList()
                .toString();
      };
    } catch (RowRefusedException e) {
      return "too large";
    } catch (DynamoDbException e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  /** Of 400 KB only as much as tells them apart. */
  private static String brief(String told) {
    return told.replace(LARGE, "large");
  }

  private static Optional<Message> there(ConversationStore store, Message message) {
    return store.message(message.groupUuid(), message.createdAt());
  }

  private static String moved(ConversationStore store, ConversationRow row, ConversationRow to) {
    return store.rows(row.ownerUuid(), row.groupUuid()).stream()
        .filter(from -> !from.lastMessageAt().equals(to.lastMessageAt()))
        .findFirst()
        .map(
            from ->
                store
                    .moveRow(
                        from,
                        new ConversationRow(
                            from.ownerUuid(),
                            from.groupUuid(),
                            to.lastMessageAt(),
                            "y".repeat(700),
                            from.other(),
                            from.extra()))
                    .toString())
        .orElseGet(() -> moveOfNothing(store, row));
  }

  private static String moveOfNothing(ConversationStore store, ConversationRow row) {
    ConversationRow to =
        new ConversationRow(
            row.ownerUuid(), row.groupUuid(), "s9", "new", row.other(), row.extra());
    return store.moveRow(row, to).toString();
  }

  private static String merged(ConversationStore store, ConversationRow row) {
    List<ConversationRow> own = store.rows(row.ownerUuid(), row.groupUuid());
    return own.size() < 2 ? "one" : store.mergeRow(own.get(0), own.get(1)).toString();
  }

  private static String written(
      ItemTable items, Map<String, AttributeValue> item, Map<String, AttributeValue> other) {
    try (ItemSink sink = items.sink();
        ItemReads reads = items.reads()) {
      String there = sorted(reads.standing(List.of(item)));
      sink.put(item);
      sink.flush();
      sink.delete(Keys.of(other));
      sink.flush();
      return there + new TreeMap<>(items.item(Keys.of(item)));
    }
  }

  private static MessageQuery query(String group, int limit, Random chance) {
    Instant since = chance.nextBoolean() ? null : Instant.parse("2026-03-19T10:00:02Z");
    Instant until = chance.nextBoolean() ? null : Instant.parse("2026-03-19T10:00:05Z");
    return new MessageQuery(group, limit, since, until, chance.nextBoolean(), null).consistently();
  }

  /** A table's page may be empty with more behind it; what the pages hold counts. */
  private static String pages(ConversationStore store, Message message, Random chance) {
    MessageQuery query = query(message.groupUuid(), 1 + chance.nextInt(3), chance);
    List<Object> all = new ArrayList<>();
    while (query != null) {
      Page<Message> page = store.messages(query);
      assertThat(page.items().size()).isLessThanOrEqualTo(query.limit());
      all.addAll(page.items());
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    }
    return all.toString();
  }

  private static String rows(ConversationStore store, ConversationRow row, Random chance) {
    ConversationQuery query =
        new ConversationQuery(row.ownerUuid(), 1 + chance.nextInt(3), null).consistently();
    List<String> all = new ArrayList<>();
    while (query != null) {
      Page<ConversationRow> page = store.conversations(query);
      page.items().forEach(one -> all.add(new TreeMap<>(Items.item(one)).toString()));
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    }
    return all.toString();
  }

  private static String sorted(List<Map<String, AttributeValue>> items) {
    return byKey(items).values().stream().map(TreeMap::new).toList().toString();
  }

  private static Map<String, Map<String, AttributeValue>> byKey(
      List<Map<String, AttributeValue>> items) {
    Map<String, Map<String, AttributeValue>> all = new TreeMap<>(Comparator.naturalOrder());
    items.forEach(item -> all.put(item.get("pk").s() + " " + item.get("sk").s(), item));
    return all;
  }

  private static Set<String> difference(
      Map<String, Map<String, AttributeValue>> before,
      Map<String, Map<String, AttributeValue>> after) {
    Set<String> changes = new TreeSet<>();
    after.forEach((key, item) -> changes.add(item.equals(before.get(key)) ? "" : "put " + key));
    before.keySet().forEach(key -> changes.add(after.containsKey(key) ? "" : "delete " + key));
    changes.remove("");
    return changes;
  }

  private static Map<String, AttributeValue> message(Random chance) {
    return Items.item(
        new Message(
            "g" + chance.nextInt(2),
            at(chance),
            "u" + chance.nextInt(3),
            "text " + chance.nextInt(3),
            user(chance)));
  }

  private static Map<String, AttributeValue> row(Random chance, boolean large) {
    Map<String, AttributeValue> extra = new HashMap<>();
    if (chance.nextInt(3) == 0) {
      extra.put("pinned", AttributeValue.fromBool(true));
    }
    extra.put("muted" + chance.nextInt(2), AttributeValue.fromN("1"));
    if (large) {
      extra.put("notes", AttributeValue.fromS(LARGE));
    }
    return Items.item(
        new ConversationRow(
            "p" + chance.nextInt(2),
            "g" + chance.nextInt(2),
            at(chance),
            "m",
            user(chance),
            extra));
  }

  private static String at(Random chance) {
    return "2026-03-19T10:00:0" + chance.nextInt(6) + ".000000+00:00";
  }

  private static User user(Random chance) {
    String name = "u" + chance.nextInt(2);
    return new User(name, name.toUpperCase(Locale.ROOT), name);
  }

  @Test
  void ofATableThatWouldBeNewNothingIsRead() {
    plan.create("absent");
    MessageTable never = MessageTable.withoutStream();
    never.put(Items.message(message(random)));
    ItemTable table = new DynamoDbItemTable(MessageTable.ownClient(), never.name());
    ConversationStore store = plan.over(never.name(), never.store(), table);
    Message first = Items.message(message(random));

    assertThat(pages(store, first, random)).isEqualTo("[]");
    assertThat(store.putMessage(first)).isEmpty();
    assertThat(store.newestMessage(first.groupUuid())).contains(first);
    assertThat(store.putMessage(first)).contains(first);
    assertThat(plan.over(table).reads().tableIsEmpty()).isTrue();
  }

  @Test
  void aChangeThatIsTakenBackIsNone() {
    ConversationRow row = Items.row(row(random, false));
    planned.put(row);
    dry.renameRow(row, new User("x", "X", "x"));
    assertThat(plan.changes()).hasSize(1);
    ConversationRow renamed = dry.rows(row.ownerUuid(), row.groupUuid()).get(0);
    dry.renameRow(renamed, row.other());
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void belowItNoWriteLeavesTheProcess() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"Table\":{}}"));
        DynamoDbClient net =
            TestStack.clients(stub.endpoint(), DryRunPlan.interceptor()).dynamoDb()) {
      net.describeTable(r -> r.tableName("table"));
      assertThatThrownBy(() -> net.deleteTable(r -> r.tableName("table")))
          .hasMessageContaining("a dry run was about to send DeleteTableRequest");
      assertThatThrownBy(() -> net.putItem(r -> r.tableName("table").item(row(random, false))))
          .hasMessageContaining("PutItemRequest");
      assertThat(stub.calls())
          .extracting(StubDynamoDb.Call::operation)
          .containsOnly("DescribeTable");
    }
  }
}
