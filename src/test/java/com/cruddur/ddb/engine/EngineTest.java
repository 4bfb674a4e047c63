package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Tables, streams and what surrounds them, through AWS's own SDK. */
class EngineTest {
  private static final String TABLE = "things";
  private static final String INDEX = "by-group";

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;
  private Engine engine;
  private DynamoDbClient client;
  private DynamoDbStreamsClient streams;

  @BeforeEach
  void start() throws Exception {
    open(Faults.NONE);
  }

  private void open(Faults faults) throws Exception {
    engine =
        Engine.start(0, Optional.of(folder.resolve("tables")), folder.resolve("s3"), clock, faults);
    URI endpoint = URI.create("http://localhost:" + engine.port());
    StaticCredentialsProvider anybody =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"));
    client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(anybody)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
            .build();
    streams =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.EU_WEST_1)
            .credentialsProvider(anybody)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    streams.close();
    engine.close();
  }

  private void create(StreamViewType view) {
    client.createTable(
        r -> {
          keys(r);
          r.billingMode(BillingMode.PAY_PER_REQUEST);
          if (view != null) {
            r.streamSpecification(s -> s.streamEnabled(true).streamViewType(view));
          }
        });
  }

  private static void keys(CreateTableRequest.Builder request) {
    request
        .tableName(TABLE)
        .attributeDefinitions(a -> a.attributeName("pk").attributeType(ScalarAttributeType.S))
        .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH));
  }

  private static Map<String, AttributeValue> item(String pk, String group) {
    return Map.of("pk", AttributeValue.fromS(pk), "group", AttributeValue.fromS(group));
  }

  private void put(String pk, String group) {
    client.putItem(r -> r.tableName(TABLE).item(item(pk, group)));
  }

  private void delete(String pk) {
    client.deleteItem(r -> r.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS(pk))));
  }

  @Test
  void aTableIsDescribedAsItWasMadeAndOutlivesTheEngine() throws Exception {
    create(null);
    put("a", "g");
    stop();
    open(Faults.NONE);
    var table = client.describeTable(r -> r.tableName(TABLE)).table();
    assertThat(table.tableArn())
        .isEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/" + TABLE);
    assertThat(table.tableStatusAsString()).isEqualTo("ACTIVE");
    assertThat(table.itemCount()).isEqualTo(1);
    assertThat(table.tableSizeBytes()).isEqualTo("pka".length() + "groupg".length());
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(client.listTables().tableNames()).containsExactly(TABLE);
    assertThat(
            client
                .getItem(r -> r.tableName(TABLE).key(Map.of("pk", AttributeValue.fromS("a"))))
                .item())
        .isEqualTo(item("a", "g"));
  }

  @Test
  void aTableThatExistsIsNotMadeAgainAndOneThatDoesNotIsNotFound() {
    create(null);
    assertThatThrownBy(() -> create(null))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("Table already exists: " + TABLE);
    client.deleteTable(r -> r.tableName(TABLE));
    assertThatThrownBy(() -> client.describeTable(r -> r.tableName(TABLE)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested resource not found: Table: " + TABLE + " not found");
  }

  @Test
  void aProtectedTableIsNotDeleted() {
    create(null);
    client.updateTable(r -> r.tableName(TABLE).deletionProtectionEnabled(true));
    assertThatThrownBy(() -> client.deleteTable(r -> r.tableName(TABLE)))
        .hasMessageContaining(
            "Resource cannot be deleted as it is currently protected against deletion.");
    client.updateTable(r -> r.tableName(TABLE).deletionProtectionEnabled(false));
    client.deleteTable(r -> r.tableName(TABLE));
  }

  @Test
  void throughputThatWouldNotChangeIsRefused() {
    client.createTable(
        r -> {
          keys(r);
          r.provisionedThroughput(p -> p.readCapacityUnits(5L).writeCapacityUnits(5L));
        });
    assertThatThrownBy(
            () ->
                client.updateTable(
                    r ->
                        r.tableName(TABLE)
                            .provisionedThroughput(
                                p -> p.readCapacityUnits(5L).writeCapacityUnits(5L))))
        .hasMessageContaining("The provisioned throughput for the table will not change.");
    assertThatThrownBy(() -> client.updateTable(r -> r.tableName(TABLE)))
        .hasMessageContaining("At least one of ProvisionedThroughput, BillingMode");
  }

  @Test
  void anIndexIsFilledFromTheItemsThatAreThereAndRemovedAgain() throws Exception {
    create(null);
    for (int i = 0; i < 600; i++) {
      put("item" + i, "g" + i % 2);
    }
    addIndex();
    await(() -> indexes() == 1 && status().equals(IndexStatus.ACTIVE));
    put("late", "g0");
    delete("item2");
    assertThat(inGroup("g0")).isEqualTo(300);
    client.updateTable(
        r ->
            r.tableName(TABLE).globalSecondaryIndexUpdates(u -> u.delete(d -> d.indexName(INDEX))));
    await(() -> indexes() == 0);
    assertThat(client.describeTable(r -> r.tableName(TABLE)).table().attributeDefinitions())
        .hasSize(1);
  }

  private void addIndex() {
    client.updateTable(
        r ->
            r.tableName(TABLE)
                .attributeDefinitions(
                    a -> a.attributeName("group").attributeType(ScalarAttributeType.S))
                .globalSecondaryIndexUpdates(
                    u ->
                        u.create(
                            c ->
                                c.indexName(INDEX)
                                    .keySchema(k -> k.attributeName("group").keyType(KeyType.HASH))
                                    .projection(p -> p.projectionType(ProjectionType.ALL)))));
  }

  private int indexes() {
    return client.describeTable(r -> r.tableName(TABLE)).table().globalSecondaryIndexes().size();
  }

  private IndexStatus status() {
    return client
        .describeTable(r -> r.tableName(TABLE))
        .table()
        .globalSecondaryIndexes()
        .get(0)
        .indexStatus();
  }

  private int inGroup(String group) {
    return client
        .query(
            r ->
                r.tableName(TABLE)
                    .indexName(INDEX)
                    .keyConditionExpression("#g = :g")
                    .expressionAttributeNames(Map.of("#g", "group"))
                    .expressionAttributeValues(Map.of(":g", AttributeValue.fromS(group))))
        .count();
  }

  private static void await(BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void tagsAndTimeToLiveAreKept() {
    create(null);
    String arn = client.describeTable(r -> r.tableName(TABLE)).table().tableArn();
    client.tagResource(r -> r.resourceArn(arn).tags(tag("env", "prod"), tag("team", "one")));
    client.untagResource(r -> r.resourceArn(arn).tagKeys("team"));
    assertThat(client.listTagsOfResource(r -> r.resourceArn(arn)).tags())
        .containsExactly(tag("env", "prod"));
    assertThatThrownBy(() -> client.listTagsOfResource(r -> r.resourceArn(arn + "x")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized");
    client.updateTimeToLive(
        r -> r.tableName(TABLE).timeToLiveSpecification(s -> s.enabled(true).attributeName("ttl")));
    assertThat(
            client
                .describeTimeToLive(r -> r.tableName(TABLE))
                .timeToLiveDescription()
                .attributeName())
        .isEqualTo("ttl");
    assertThatThrownBy(
            () ->
                client.updateTimeToLive(
                    r ->
                        r.tableName(TABLE)
                            .timeToLiveSpecification(s -> s.enabled(true).attributeName("ttl"))))
        .hasMessageContaining("TimeToLive is already enabled");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void anItemWhoseTimeIsOverIsRemovedByTheService() {
    create(StreamViewType.NEW_AND_OLD_IMAGES);
    client.updateTimeToLive(
        r -> r.tableName(TABLE).timeToLiveSpecification(s -> s.enabled(true).attributeName("ttl")));
    for (long seconds : new long[] {-10, 60, -6L * 365 * 86_400}) {
      String time = Long.toString(now.get().getEpochSecond() + seconds);
      client.putItem(
          r ->
              r.tableName(TABLE)
                  .item(
                      Map.of("pk", AttributeValue.fromS(time), "ttl", AttributeValue.fromN(time))));
    }
    engine.expire();
    List<Record> records = records(onlyShard(), ShardIteratorType.TRIM_HORIZON);
    assertThat(records).hasSize(4);
    assertThat(records.get(3).eventName()).isEqualTo(OperationType.REMOVE);
    assertThat(records.get(3).userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
    assertThat(client.scan(r -> r.tableName(TABLE)).count()).isEqualTo(2);
  }

  private String arn() {
    return client.describeTable(r -> r.tableName(TABLE)).table().latestStreamArn();
  }

  private List<Shard> shards(String arn) {
    return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards();
  }

  private String onlyShard() {
    return shards(arn()).get(0).shardId();
  }

  private List<Record> records(String shard, ShardIteratorType type) {
    return all(arn(), shard, type);
  }

  private List<Record> all(String arn, String shard, ShardIteratorType type) {
    List<Record> all = new ArrayList<>();
    String iterator =
        streams
            .getShardIterator(r -> r.streamArn(arn).shardId(shard).shardIteratorType(type))
            .shardIterator();
    while (iterator != null) {
      String next = iterator;
      var answer = streams.getRecords(r -> r.shardIterator(next).limit(3));
      all.addAll(answer.records());
      iterator = answer.records().isEmpty() ? null : answer.nextShardIterator();
    }
    return all;
  }

  @Test
  void eachViewShowsWhatItSaysAndAWriteThatChangesNothingLeavesNoRecord() {
    for (StreamViewType view : StreamViewType.knownValues()) {
      create(view);
      put("a", "one");
      put("a", "two");
      put("a", "two");
      delete("a");
      List<Record> records = records(onlyShard(), ShardIteratorType.TRIM_HORIZON);
      assertThat(records)
          .extracting(Record::eventName)
          .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
      boolean news = view.toString().contains("NEW");
      boolean olds = view.toString().contains("OLD");
      var modify = records.get(1).dynamodb();
      assertThat(modify.keys()).containsOnlyKeys("pk");
      assertThat(modify.hasNewImage()).isEqualTo(news);
      assertThat(modify.hasOldImage()).isEqualTo(olds);
      assertThat(modify.newImage()).isEqualTo(news ? item("a", "two") : Map.of());
      assertThat(modify.oldImage()).isEqualTo(olds ? item("a", "one") : Map.of());
      client.deleteTable(r -> r.tableName(TABLE));
    }
  }

  @Test
  void shardsThatAreSplitGoOnFromTheirParentAndHoldEveryKeyOnce() {
    create(StreamViewType.KEYS_ONLY);
    put("before", "g");
    engine.streams().rollOver(arn(), 2);
    for (int i = 0; i < 50; i++) {
      put("after" + i, "g");
    }
    List<Shard> shards = shards(arn());
    assertThat(shards).hasSize(3);
    assertThat(shards.get(0).sequenceNumberRange().endingSequenceNumber()).isNotNull();
    assertThat(shards.subList(1, 3))
        .extracting(Shard::parentShardId)
        .containsOnly(shards.get(0).shardId());
    List<Record> left = records(shards.get(1).shardId(), ShardIteratorType.TRIM_HORIZON);
    List<Record> right = records(shards.get(2).shardId(), ShardIteratorType.TRIM_HORIZON);
    assertThat(left).isNotEmpty();
    assertThat(right).isNotEmpty();
    assertThat(left.size() + right.size()).isEqualTo(50);
    assertThat(Stream.of(left, right).flatMap(List::stream).map(Record::eventID))
        .doesNotHaveDuplicates();
    assertThat(records(shards.get(0).shardId(), ShardIteratorType.TRIM_HORIZON)).hasSize(1);
  }

  @Test
  void aStreamThatIsTurnedOffCanBeReadForADayAndANewOneHasAnotherArn() {
    create(StreamViewType.NEW_IMAGE);
    put("a", "g");
    String first = arn();
    client.updateTable(r -> r.tableName(TABLE).streamSpecification(s -> s.streamEnabled(false)));
    put("b", "g");
    client.updateTable(
        r ->
            r.tableName(TABLE)
                .streamSpecification(
                    s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    assertThat(arn()).isNotEqualTo(first);
    var ended = streams.describeStream(r -> r.streamArn(first)).streamDescription();
    assertThat(ended.streamStatus()).isEqualTo(StreamStatus.DISABLED);
    String shard = ended.shards().get(0).shardId();
    assertThat(all(first, shard, ShardIteratorType.TRIM_HORIZON)).hasSize(1);
    assertThat(streams.listStreams(r -> r.tableName(TABLE)).streams()).hasSize(2);
    now.set(now.get().plus(Duration.ofHours(25)));
    engine.streams().tidy();
    assertThat(streams.listStreams(r -> r.tableName(TABLE)).streams()).hasSize(1);
  }

  @Test
  void recordsAreTrimmedAfterADayAndIteratorsExpireAfterAQuarterOfAnHour() {
    create(StreamViewType.KEYS_ONLY);
    put("old", "g");
    String shard = onlyShard();
    String iterator =
        streams
            .getShardIterator(
                r ->
                    r.streamArn(arn())
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    Record old = records(shard, ShardIteratorType.TRIM_HORIZON).get(0);
    now.set(now.get().plus(Duration.ofMinutes(16)));
    assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator(iterator)))
        .isInstanceOf(ExpiredIteratorException.class);
    now.set(now.get().plus(Duration.ofHours(24)));
    put("new", "g");
    engine.streams().tidy();
    assertThat(records(shard, ShardIteratorType.TRIM_HORIZON))
        .extracting(r -> r.dynamodb().keys().get("pk").s())
        .containsExactly("new");
    assertThatThrownBy(
            () ->
                streams.getShardIterator(
                    r ->
                        r.streamArn(arn())
                            .shardId(shard)
                            .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .sequenceNumber(old.dynamodb().sequenceNumber())))
        .isInstanceOf(TrimmedDataAccessException.class);
  }

  @Test
  void aLaggingIndexShowsAWriteLater() throws Exception {
    create(null);
    addIndex();
    await(() -> indexes() == 1 && status().equals(IndexStatus.ACTIVE));
    put("old", "g");
    stop();
    open(new Faults(1_000, 0, 0, 0));
    put("new", "g");
    delete("old");
    assertThat(inGroup("g")).isEqualTo(1);
    put("third", "g");
    assertThat(inGroup("g")).isEqualTo(1);
    now.set(now.get().plusMillis(1_000));
    assertThat(inGroup("g")).isEqualTo(2);
  }

  @Test
  void aThrottledTableRefusesWhatGoesBeyondItsUnits() throws Exception {
    create(null);
    stop();
    open(new Faults(0, 0, 3, 0));
    for (int i = 0; i < 3; i++) {
      put("item" + i, "g");
    }
    assertThatThrownBy(() -> put("more", "g"))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    now.set(now.get().plusSeconds(1));
    put("more", "g");
  }

  @Test
  void aTransactionThatNeedsMoreThanASecondsUnitsGetsThroughAndIsWaitedFor() throws Exception {
    create(null);
    stop();
    open(new Faults(0, 0, 3, 0));
    transact("one", "two", "three");
    assertThatThrownBy(() -> transact("four"))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            cancelled ->
                assertThat(cancelled.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("ProvisionedThroughputExceeded"));
    // Twelve units were taken of three: three seconds are owed, and some of the fourth.
    now.set(now.get().plusSeconds(3));
    assertThatThrownBy(() -> transact("four")).isInstanceOf(TransactionCanceledException.class);
    now.set(now.get().plusSeconds(1));
    transact("four");
  }

  private void transact(String... pks) {
    client.transactWriteItems(
        r ->
            r.transactItems(
                Stream.of(pks)
                    .map(
                        pk ->
                            TransactWriteItem.builder()
                                .put(
                                    p ->
                                        p.tableName(TABLE)
                                            .item(
                                                Map.of(
                                                    "pk", AttributeValue.fromS(pk),
                                                    "v", AttributeValue.fromS("x".repeat(1500)))))
                                .build())
                    .toList()));
  }
}
