package com.cruddur.ddb.dynamo.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Call;
import com.cruddur.ddb.StubDynamoDb.Reply;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

@Timeout(60)
class BatchWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final AtomicInteger pauses = new AtomicInteger();

  private static List<Map<String, AttributeValue>> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> Keys.key("MSG#" + i, "x")).toList();
  }

  private void write(Function<Call, Reply> replies, int count) {
    try (StubDynamoDb stub = new StubDynamoDb(replies);
        DynamoDbClient client = stub.client();
        BatchWriter writer =
            new BatchWriter(client, "table", attempt -> pauses.incrementAndGet())) {
      writer.putAll(items(count));
      assertThat(stub.calls("BatchWriteItem")).isNotEmpty();
    }
  }

  /** Stores the first few of a batch and hands the rest back under a table's name. */
  private Reply store(Call call, int few, String name) {
    try {
      JsonNode puts = JSON.readTree(call.body()).get("RequestItems").get("table");
      assertThat(puts.size()).isBetween(1, BatchWriter.BATCH);
      ObjectNode answer = JSON.createObjectNode();
      ArrayNode left = JSON.createArrayNode();
      for (int i = 0; i < puts.size(); i++) {
        if (i < few) {
          stored.add(puts.get(i).at("/PutRequest/Item/pk/S").asText());
        } else {
          left.add(puts.get(i));
        }
      }
      ObjectNode unprocessed = answer.putObject("UnprocessedItems");
      if (!left.isEmpty()) {
        unprocessed.set(name, left);
      }
      return StubDynamoDb.ok(answer.toString());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 25, 26, 500})
  void everyItemIsStored(int count) {
    write(call -> store(call, 25, "table"), count);

    assertThat(stored).hasSize(count);
    assertThat(pauses).hasValue(0);
  }

  @Test
  void unprocessedItemsAreTriedAgainUntilAllAreStored() {
    write(call -> store(call, 7, "table"), 60);

    assertThat(stored).hasSize(60);
    assertThat(pauses.get()).isEqualTo(3 + 3 + 1);
  }

  @Test
  void unprocessedItemsAreTriedAgainUnderWhateverNameTheTableComesBack() {
    write(call -> store(call, 20, "arn:aws:dynamodb:us-east-1:1:table/table"), 25);

    assertThat(stored).hasSize(25);
  }

  @Test
  void aBatchThatIsThrottledBeyondTheSdksRetriesIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();

    write(
        call ->
            calls.incrementAndGet() <= 5
                ? StubDynamoDb.error(400, "ProvisionedThroughputExceededException")
                : store(call, 25, "table"),
        10);

    assertThat(stored).hasSize(10);
    assertThat(pauses.get()).isEqualTo(1);
  }

  /** A database goes on working at what was given up: whoever repeats it must slow down first. */
  @Test
  void aBatchThatIsNotAnsweredInTimeIsRepeatedAfterAPauseAndNotByTheSdk() {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch repeated = new CountDownLatch(1);
    try (StubDynamoDb stub =
            new StubDynamoDb(
                call -> {
                  if (calls.incrementAndGet() == 1) {
                    awaitQuietly(repeated);
                  }
                  repeated.countDown();
                  return store(call, 25, "table");
                });
        DynamoDbClient client =
            TestStack.clients(stub.endpoint(), Duration.ofSeconds(2)).bulk(new ThrottleCounter());
        BatchWriter writer =
            new BatchWriter(client, "table", attempt -> pauses.incrementAndGet())) {
      writer.putAll(items(10));
    }
    assertThat(stored).hasSize(10);
    assertThat(pauses.get()).as("pauses, in which the SDK has no part").isPositive();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void itemsThatAreNeverTakenEndInAnErrorThatCountsThem() {
    assertThatExceptionOfType(BatchWriter.UnprocessedException.class)
        .isThrownBy(() -> write(call -> store(call, 0, "table"), 3))
        .withMessage("DynamoDB left 3 items of a batch unprocessed in 100 tries");
  }

  @Test
  void aFailureOfOneBatchReachesTheCallerAndIsNotTriedAgain() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> write(call -> StubDynamoDb.error(400, "ResourceNotFoundException"), 100));
    assertThatExceptionOfType(DynamoDbException.class)
        .isThrownBy(() -> write(call -> StubDynamoDb.error(400, "ValidationException"), 1));

    assertThat(pauses).hasValue(0);
  }

  @Test
  void itemsReachTheEngineAsTheyAre() {
    MessageTable table = MessageTable.withoutStream();
    try (BatchWriter writer =
        new BatchWriter(MessageTable.ownClient(), table.name(), attempt -> {})) {
      writer.putAll(items(60));
      writer.putAll(List.of());
      writer.putAll(items(60));
    }

    assertThat(table.items()).containsExactlyInAnyOrderElementsOf(items(60));
  }

  @Test
  void valuesOfEveryTypeReachTheEngineAsTheyAre() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {0, -1, 13});
    Map<String, AttributeValue> item =
        Map.ofEntries(
            Map.entry("pk", AttributeValue.fromS("MSG#1")),
            Map.entry("sk", AttributeValue.fromS("\"\\ \u0001 \u00e9 \ud83d\ude00")),
            Map.entry("n", AttributeValue.fromN("12345678901234567890.5")),
            Map.entry("b", AttributeValue.fromB(bytes)),
            Map.entry("bool", AttributeValue.fromBool(false)),
            Map.entry("null", AttributeValue.fromNul(true)),
            Map.entry("ss", AttributeValue.fromSs(List.of("a", "b"))),
            Map.entry("ns", AttributeValue.fromNs(List.of("1", "2"))),
            Map.entry("bs", AttributeValue.fromBs(List.of(bytes))),
            Map.entry("l", AttributeValue.fromL(List.of(AttributeValue.fromS("")))),
            Map.entry("m", AttributeValue.fromM(Map.of("k", AttributeValue.fromN("1")))));
    Map<String, AttributeValue> broken =
        Map.of(
            "pk",
            AttributeValue.fromS("MSG#2"),
            "sk",
            AttributeValue.fromS("x"),
            "null",
            AttributeValue.fromNul(false));
    List<Map<String, AttributeValue>> refused = new CopyOnWriteArrayList<>();
    CapacityMeter meter = new CapacityMeter(true);
    MessageTable table = MessageTable.withoutStream();
    try (DynamoDbClient client =
            TestStack.clients(TestStack.endpoint(), meter).bulk(new ThrottleCounter());
        BatchWriter writer =
            new BatchWriter(client, table.name(), attempt -> {}, (one, why) -> refused.add(one))) {
      writer.putAll(List.of(item, broken, Keys.key("MSG#3", "x")));
      writer.delete(Keys.key("MSG#3", "x"));
      writer.flush();
    }

    assertThat(refused).containsExactly(broken);
    assertThat(table.items()).containsExactly(item);
    assertThat(meter.usage().writtenTotal()).isEqualTo(3);
  }
}
