package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Writers of five kinds work on an engine at once until it is killed: puts, batches, transactions,
 * indexes that are built and removed, tables that are made and dropped. Then it is started again
 * and looked at: what was acknowledged is there, every write is there whole or not at all, each
 * index is its table, and the stream tells how the table came to be.
 */
public final class CrashRounds {
  private static final String TABLE = "main";
  private static final String FILLER = "x".repeat(2_000);
  private static final int BATCH = 25;
  private static final int IN_A_TABLE = 10;

  private final Path folder;
  private final int acknowledgedPerRound;
  private final Set<String> items = ConcurrentHashMap.newKeySet();
  private final Set<String> tables = ConcurrentHashMap.newKeySet();
  private final Set<String> dropped = ConcurrentHashMap.newKeySet();
  private int round;

  /**
   * @param acknowledgedPerRound answers after which the engine is killed
   */
  public CrashRounds(Path folder, int acknowledgedPerRound) {
    this.folder = folder;
    this.acknowledgedPerRound = acknowledgedPerRound;
  }

  /** What one of the writers does, again and again; the number begins at 0 in each round. */
  private interface Step {
    void run(DynamoDbClient client, int number);
  }

  /** Checks what the last kill left, and kills the engine in the middle of more work. */
  public void round() throws Exception {
    try (EngineProcess engine = new EngineProcess(folder.resolve("tables"))) {
      check(engine);
      work(engine);
    }
    round++;
  }

  /** Checks what the last kill left. */
  public void end() throws Exception {
    try (EngineProcess engine = new EngineProcess(folder.resolve("tables"))) {
      check(engine);
    }
  }

  /** How many writes of items were acknowledged so far. */
  public int acknowledged() {
    return items.size();
  }

  private static void create(DynamoDbClient client) {
    client.createTable(
        r ->
            r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("pk").attributeType("S"),
                    a -> a.attributeName("g").attributeType("S"))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH))
                .globalSecondaryIndexes(
                    g ->
                        g.indexName("by-g")
                            .keySchema(k -> k.attributeName("g").keyType(KeyType.HASH))
                            .projection(p -> p.projectionType(ProjectionType.ALL)))
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
  }

  private void work(EngineProcess engine) throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    CountDownLatch enough = new CountDownLatch(acknowledgedPerRound);
    List<Throwable> wrong = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Step step :
        List.<Step>of(this::put, this::batch, this::transact, this::index, this::table)) {
      Thread thread =
          new Thread(
              () -> {
                try (DynamoDbClient client = engine.client()) {
                  for (int number = 0; !killed.get(); number++) {
                    step.run(client, number);
                    enough.countDown();
                  }
                } catch (SdkException | AssertionError failure) {
                  synchronized (wrong) {
                    if (!killed.get() || failure instanceof DynamoDbException) {
                      wrong.add(failure);
                    }
                  }
                  while (enough.getCount() > 0) {
                    enough.countDown();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    enough.await();
    killed.set(true);
    engine.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  private String name(String kind, int number) {
    return kind + "-" + round + "-" + number;
  }

  private static Map<String, AttributeValue> item(String pk) {
    return Map.of(
        "pk", AttributeValue.fromS(pk),
        "g", AttributeValue.fromS("g" + Math.floorMod(pk.hashCode(), 5)),
        "filler", AttributeValue.fromS(pk + FILLER));
  }

  private void put(DynamoDbClient client, int number) {
    String pk = name("put", number);
    client.putItem(r -> r.tableName(TABLE).item(item(pk)));
    items.add(pk);
  }

  private void batch(DynamoDbClient client, int number) {
    List<String> pks =
        IntStream.range(0, BATCH).mapToObj(i -> name("batch", number) + "-" + i).toList();
    List<WriteRequest> puts =
        pks.stream()
            .map(pk -> PutRequest.builder().item(item(pk)).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList();
    client.batchWriteItem(r -> r.requestItems(Map.of(TABLE, puts)));
    items.addAll(pks);
  }

  /** Two items and a count of such transactions: all or none. */
  private void transact(DynamoDbClient client, int number) {
    String left = name("left", number);
    String right = name("right", number);
    client.transactWriteItems(
        r ->
            r.transactItems(
                t -> t.put(p -> p.tableName(TABLE).item(item(left))),
                t -> t.put(p -> p.tableName(TABLE).item(item(right))),
                t ->
                    t.update(
                        u ->
                            u.tableName(TABLE)
                                .key(Map.of("pk", AttributeValue.fromS("count")))
                                .updateExpression("ADD n :one")
                                .expressionAttributeValues(
                                    Map.of(":one", AttributeValue.fromN("1"))))));
    items.add(left);
    items.add(right);
  }

  /** Adds an index, and the next time removes the one that is there. */
  private void index(DynamoDbClient client, int number) {
    List<GlobalSecondaryIndexDescription> extra = settled(client);
    if (extra.isEmpty()) {
      client.updateTable(
          r ->
              r.tableName(TABLE)
                  .attributeDefinitions(a -> a.attributeName("g").attributeType("S"))
                  .globalSecondaryIndexUpdates(
                      u ->
                          u.create(
                              c ->
                                  c.indexName(name("extra", number))
                                      .keySchema(k -> k.attributeName("g").keyType(KeyType.HASH))
                                      .projection(
                                          p -> p.projectionType(ProjectionType.KEYS_ONLY)))));
    } else {
      client.updateTable(
          r ->
              r.tableName(TABLE)
                  .globalSecondaryIndexUpdates(
                      u -> u.delete(d -> d.indexName(extra.get(0).indexName()))));
    }
  }

  /** The indexes beside the first, once none is on its way. */
  private static List<GlobalSecondaryIndexDescription> settled(DynamoDbClient client) {
    for (; ; pause()) {
      TableDescription table = client.describeTable(r -> r.tableName(TABLE)).table();
      if (table.tableStatusAsString().equals("ACTIVE")
          && table.globalSecondaryIndexes().stream()
              .allMatch(index -> index.indexStatusAsString().equals("ACTIVE"))) {
        return table.globalSecondaryIndexes().stream()
            .filter(index -> index.indexName().startsWith("extra"))
            .toList();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a table, fills it, and drops the one before it. */
  private void table(DynamoDbClient client, int number) {
    String made = name("table", number);
    client.createTable(
        r ->
            r.tableName(made)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("pk").attributeType("S"))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH)));
    for (int i = 0; i < IN_A_TABLE; i++) {
      String pk = "p" + i;
      client.putItem(r -> r.tableName(made).item(item(pk)));
    }
    tables.add(made);
    if (number > 0) {
      String last = name("table", number - 1);
      // From here on it may be gone.
      tables.remove(last);
      client.deleteTable(r -> r.tableName(last));
      dropped.add(last);
    }
  }

  private void check(EngineProcess engine) {
    try (DynamoDbClient client = engine.client();
        DynamoDbStreamsClient streams = engine.streams()) {
      if (round == 0) {
        create(client);
      }
      check(client, streams);
    }
  }

  private void check(DynamoDbClient client, DynamoDbStreamsClient streams) {
    List<GlobalSecondaryIndexDescription> extra = settled(client);
    Map<String, Map<String, AttributeValue>> all = byKey(scan(client, TABLE, null));
    assertThat(all.keySet()).containsAll(items);
    all.forEach(
        (pk, item) -> assertThat(pk.equals("count") || item.equals(item(pk))).as(pk).isTrue());
    checkTransactions(all);
    Map<String, Map<String, AttributeValue>> grouped = new HashMap<>(all);
    grouped.remove("count");
    assertThat(byKey(scan(client, TABLE, "by-g"))).isEqualTo(grouped);
    for (GlobalSecondaryIndexDescription index : extra) {
      assertThat(byKey(scan(client, TABLE, index.indexName())).keySet())
          .isEqualTo(grouped.keySet());
    }
    checkTables(client);
    assertThat(replayed(client, streams)).isEqualTo(all);
    items.addAll(all.keySet());
  }

  private static void checkTransactions(Map<String, Map<String, AttributeValue>> all) {
    Set<String> left = numbers(all, "left-");
    assertThat(numbers(all, "right-")).isEqualTo(left);
    Map<String, AttributeValue> count = all.get("count");
    assertThat(count == null ? 0 : Integer.parseInt(count.get("n").n())).isEqualTo(left.size());
  }

  private static Set<String> numbers(Map<String, ?> all, String prefix) {
    return all.keySet().stream()
        .filter(pk -> pk.startsWith(prefix))
        .map(pk -> pk.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private void checkTables(DynamoDbClient client) {
    Set<String> there = new HashSet<>();
    client.listTablesPaginator().tableNames().forEach(there::add);
    assertThat(there).containsAll(tables).noneMatch(dropped::contains);
    for (String table : tables) {
      assertThat(scan(client, table, null)).hasSize(IN_A_TABLE);
    }
  }

  private static List<Map<String, AttributeValue>> scan(
      DynamoDbClient client, String table, String index) {
    return client.scanPaginator(r -> r.tableName(table).indexName(index)).items().stream().toList();
  }

  private static Map<String, Map<String, AttributeValue>> byKey(
      Collection<Map<String, AttributeValue>> some) {
    Map<String, Map<String, AttributeValue>> byKey = new HashMap<>();
    some.forEach(item -> byKey.put(item.get("pk").s(), item));
    assertThat(byKey).hasSameSizeAs(some);
    return byKey;
  }

  /** What the table must hold by its stream. */
  private static Map<String, Map<String, AttributeValue>> replayed(
      DynamoDbClient client, DynamoDbStreamsClient streams) {
    String arn = client.describeTable(r -> r.tableName(TABLE)).table().latestStreamArn();
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    for (var shard : streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards()) {
      String iterator =
          streams
              .getShardIterator(
                  r ->
                      r.streamArn(arn)
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      while (iterator != null) {
        String next = iterator;
        var page = streams.getRecords(r -> r.shardIterator(next));
        for (Record record : page.records()) {
          String pk = record.dynamodb().keys().get("pk").s();
          boolean inserted = record.eventName() == OperationType.INSERT;
          assertThat(items.put(pk, record.dynamodb().newImage()) == null).isEqualTo(inserted);
        }
        iterator = page.records().isEmpty() ? null : page.nextShardIterator();
      }
    }
    return items;
  }

  /** The long version: {@code CrashRounds FOLDER ROUNDS ACKNOWLEDGED}. */
  public static void main(String[] arguments) throws Exception {
    CrashRounds rounds = new CrashRounds(Path.of(arguments[0]), Integer.parseInt(arguments[2]));
    for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
      rounds.round();
      System.out.println("kill " + i + ": " + rounds.acknowledged() + " acknowledged so far");
    }
    rounds.end();
    System.out.println("none lost");
  }
}
