package com.cruddur.ddb.dynamo.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

@Timeout(60)
class ParallelScanTest {
  /** A page with more behind it, each at another place. */
  private static String page() {
    return "{\"Count\":1,\"ScannedCount\":1,\"Items\":[{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}],"
        + "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\""
        + UUID.randomUUID()
        + "\"}}}";
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(50).toNanos();
    while (scanThreads() > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertThat(scanThreads()).isZero();
  }

  private static long scanThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("scan"))
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 70})
  void everyItemIsReadOnceWithAnyNumberOfSegments(int segments) {
    MessageTable table = MessageTable.withoutStream();
    try (BatchWriter writer =
        new BatchWriter(MessageTable.ownClient(), table.name(), attempt -> {})) {
      writer.putAll(IntStream.range(0, 120).mapToObj(ParallelScanTest::item).toList());
    }
    TreeSet<String> seen = new TreeSet<>();
    int[] count = {0};

    new ParallelScan(new TablePages(MessageTable.ownClient(), table.name()))
        .forEachPage(
            segments,
            10,
            page -> {
              assertThat(page).hasSizeLessThanOrEqualTo(10);
              page.forEach(item -> seen.add(item.get("pk").s()));
              count[0] += page.size();
              return true;
            });

    assertThat(seen).hasSize(120);
    assertThat(count[0]).isEqualTo(120);
  }

  private static Map<String, AttributeValue> item(int i) {
    return Keys.key("MSG#" + i, "2026-03-19T23:59:59.000000+00:00");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aScanThatIsStoppedEarlyReadsNoFurtherAndLeavesNoThread(int segments) {
    try (StubDynamoDb endless = new StubDynamoDb(call -> StubDynamoDb.ok(page()));
        DynamoDbClient client = endless.client()) {
      int[] pages = {0};

      new ParallelScan(new TablePages(client, "table"))
          .forEachPage(segments, null, page -> ++pages[0] < 3);

      assertThat(pages[0]).isEqualTo(3);
    }
  }

  @Test
  void theFailureOfOneSegmentReachesTheCaller() {
    try (StubDynamoDb failing =
            new StubDynamoDb(
                call ->
                    call.body().contains("\"Segment\":2")
                        ? StubDynamoDb.error(400, "ResourceNotFoundException")
                        : StubDynamoDb.ok(page()));
        DynamoDbClient client = failing.client()) {
      assertThatExceptionOfType(ResourceNotFoundException.class)
          .isThrownBy(
              () ->
                  new ParallelScan(new TablePages(client, "table"))
                      .forEachPage(4, null, page -> true));
    }
  }

  @Test
  void anErrorOfOneSegmentReachesTheCallerToo() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                new ParallelScan(new TablePages(dying(), "table"))
                    .forEachPage(2, null, page -> true));
  }

  @Test
  void anErrorOfOneSegmentThatHasItsOwnReaderReachesTheCallerToo() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                new ParallelScan(new TablePages(dying(), "table"))
                    .forEachSegment(ParallelScan.whole(2), segment -> new Discard()));
  }

  @Test
  void aReaderThatCannotBeMadeFailsTheScan() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                new ParallelScan(new TablePages(dying(), "table"))
                    .forEachSegment(
                        ParallelScan.whole(2),
                        segment -> {
                          throw new UncheckedIOException(new IOException("no space left"));
                        }));
  }

  private static final class Discard implements ParallelScan.SegmentReader {
    @Override
    public void page(ParallelScan.Page page) {}

    @Override
    public void end() {}

    @Override
    public void fail() {}
  }

  private static DynamoDbClient dying() {
    return new DynamoDbClient() {
      @Override
      public ScanResponse scan(ScanRequest request) {
        throw new StackOverflowError("deep");
      }

      @Override
      public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
        return MessageTable.client().serviceClientConfiguration();
      }

      @Override
      public String serviceName() {
        return "dying";
      }

      @Override
      public void close() {}
    };
  }

  /** As a database under load: a large page takes longer than anybody waits. */
  @Test
  void aPageThatDoesNotComeInTimeIsAskedForSmallerAndNotTheSameAgain() {
    try (StubDynamoDb slow =
            new StubDynamoDb(
                call -> {
                  if (!call.body().contains("\"Limit\"")) {
                    await(Duration.ofSeconds(8));
                  }
                  return StubDynamoDb.ok(page().replaceFirst(",\"LastEvaluatedKey.*", "}"));
                });
        DynamoDbClient client =
            TestStack.clients(slow.endpoint(), Duration.ofSeconds(2)).bulk(new ThrottleCounter())) {
      int[] items = {0};

      new ParallelScan(new TablePages(client, "table", attempt -> {}))
          .forEachPage(
              8,
              null,
              page -> {
                items[0] += page.size();
                return true;
              });

      assertThat(items[0]).isEqualTo(8);
      long unlimited =
          slow.calls("Scan").stream().filter(call -> !call.body().contains("\"Limit\"")).count();
      assertThat(unlimited).isLessThanOrEqualTo(4);
      assertThat(slow.calls("Scan")).hasSize((int) unlimited + 8);
    }
  }

  private static void await(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatThePageTakerThrowsEndsTheScan() {
    try (StubDynamoDb endless = new StubDynamoDb(call -> StubDynamoDb.ok(page()));
        DynamoDbClient client = endless.client()) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(
              () ->
                  new ParallelScan(new TablePages(client, "table"))
                      .forEachPage(
                          3,
                          null,
                          page -> {
                            throw new IllegalStateException("full");
                          }));
    }
  }

  @Test
  void aScanThatIsInterruptedFailsInsteadOfEndingShort() {
    try (StubDynamoDb endless = new StubDynamoDb(call -> StubDynamoDb.ok(page()));
        DynamoDbClient client = endless.client()) {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(BusyException.class)
          .isThrownBy(
              () ->
                  new ParallelScan(new TablePages(client, "table"))
                      .forEachPage(2, null, page -> true));

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anEmptyTableHasNoItems() {
    MessageTable table = MessageTable.withoutStream();
    List<?>[] last = {null};

    new ParallelScan(new TablePages(MessageTable.ownClient(), table.name()))
        .forEachPage(
            3,
            null,
            page -> {
              last[0] = page;
              return true;
            });

    assertThat(last[0]).isEmpty();
  }
}
