package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.batch.TablePages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The buckets count what is taken from them, in half units; nothing here waits. */
class CapacityCapTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final CapacityMeter meter =
      new CapacityMeter(true, CapacityCap.of(10, adder(reads), adder(writes)));

  private static IntConsumer adder(AtomicInteger sum) {
    return sum::addAndGet;
  }

  private static Map<String, AttributeValue> item(int number, int bytes) {
    return Map.of(
        "pk", AttributeValue.fromS("MSG#a"),
        "sk", AttributeValue.fromS("t" + number),
        "message", AttributeValue.fromS("x".repeat(bytes)));
  }

  @Test
  void whatIsConsumedIsTakenBeforeTheRequestAfterItAtTheLatest() {
    MessageTable table = MessageTable.withoutStream();
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), meter).dynamoDb();
        BatchWriter writer = new BatchWriter(client, table.name(), Backoff.jittered())) {
      writer.putAll(IntStream.range(0, 100).mapToObj(i -> item(i, 2000)).toList());
      client.putItem(r -> r.tableName(table.name()).item(item(100, 10)));
      client.putItem(r -> r.tableName(table.name()).item(item(101, 10)));
      new ParallelScan(new TablePages(client, table.name())).forEachPage(4, null, page -> true);
      client.getItem(r -> r.tableName(table.name()).key(Keys.key("MSG#a", "t1")));
    }
    assertThat(meter.usage().writtenTotal()).isEqualTo(202);
    // The last request took what those before it had consumed beyond what they took.
    assertThat(writes).hasValue(2 * 202);
    assertThat(reads.get()).isBetween((int) (2 * meter.usage().readTotal()), 100);
  }

  @Test
  void aBatchOfReadsTakesAUnitForEachKeyBeforeTheFirstOneIsSent() {
    MessageTable table = MessageTable.withoutStream();
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), meter).dynamoDb()) {
      List<Map<String, AttributeValue>> keys =
          IntStream.range(0, 50).mapToObj(i -> Keys.key("MSG#a", "t" + i)).toList();
      client.batchGetItem(
          r ->
              r.requestItems(
                  Map.of(
                      table.name(),
                      KeysAndAttributes.builder().keys(keys).consistentRead(true).build())));
    }
    assertThat(reads).hasValue(2 * 50);
  }

  @Test
  void aScanReadsPagesOfAQuarterOfASecondsWorth() {
    MessageTable table = MessageTable.withoutStream();
    IntStream.range(0, 300).forEach(i -> table.put(item(i, 1000)));
    int[] biggest = {0};
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), meter).dynamoDb()) {
      client.scanPaginator(r -> r.tableName(table.name())).stream()
          .skip(1)
          .forEach(page -> biggest[0] = Math.max(biggest[0], page.scannedCount()));
    }
    // A quarter of 10 units of 8 KB are some 20 items of 1 KB.
    assertThat(biggest[0]).isBetween(15, 25);
  }

  /** Or the last of them would wait as many seconds as there are segments. */
  @Test
  void allSegmentsTogetherTakeNoMoreThanASecondsWorthBeforeTheyBegin() {
    MessageTable table = MessageTable.withoutStream();
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), meter).dynamoDb()) {
      new ParallelScan(new TablePages(client, table.name())).forEachPage(5, null, page -> true);
    }
    assertThat(reads.get()).isBetween(5, 2 * 10);
  }

  @Test
  void aRequestThatFailsGivesBackWhatItTook() {
    try (StubDynamoDb stub =
            new StubDynamoDb(call -> StubDynamoDb.error(400, "ValidationException"));
        DynamoDbClient client = TestStack.clients(stub.endpoint(), meter).dynamoDb()) {
      for (int i = 0; i < 5; i++) {
        assertThat(catchThrowable(() -> client.putItem(r -> r.tableName("t").item(item(1, 1)))))
            .isNotNull();
      }
    }
    assertThat(writes.get()).isEqualTo(2);
  }

  @Test
  void whatCannotTellItsCapacityIsNotHeldUp() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"TableNames\":[]}"));
        DynamoDbClient client = TestStack.clients(stub.endpoint(), meter).dynamoDb()) {
      assertThat(client.listTables().tableNames()).isEqualTo(List.of());
    }
    assertThat(reads).hasValue(0);
  }
}
