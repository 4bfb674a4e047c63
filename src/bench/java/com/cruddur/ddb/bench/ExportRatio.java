package com.cruddur.ddb.bench;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.export.ExportAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.WorkerThreads;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Items a second of an export to a folder (gzip and manifests) beside a bare parallel scan by the
 * SDK that drops what it reads, in as many segments as suit it best: of one table of DynamoDB
 * Local, in turns in one process, both warmed up, medians.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.ExportRatio [MESSAGES] [ROUNDS] [SEGMENTS OF EXPORT]
 * }</pre>
 */
public final class ExportRatio {
  private static final int[] SEGMENTS = {1, 2, 4, 8, 16, 32};

  private final DynamoDbClient client;
  private final String table = MessageTable.withoutStream().name();
  private final int messages;
  private final int exportSegments;

  private ExportRatio(DynamoDbClient client, int messages, int exportSegments) {
    this.client = client;
    this.messages = messages;
    this.exportSegments = exportSegments;
  }

  public static void main(String[] args) throws IOException {
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    int segments = args.length > 2 ? Integer.parseInt(args[2]) : 32;
    try (DynamoDbClient client =
        TestStack.clients(TestStack.endpoint(), new CapacityMeter(false))
            .bulk(new ThrottleCounter())) {
      new ExportRatio(client, messages, segments).compare(rounds);
    }
    System.exit(0);
  }

  private void compare(int rounds) throws IOException {
    try (BatchWriter writer = new BatchWriter(client, table, Backoff.jittered())) {
      IntStream.range(0, messages).forEach(n -> writer.put(Items.item(Messages.message(n))));
      writer.flush();
    }
    scan(exportSegments);
    export();
    int best = bestSegments();
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      boolean exportFirst = round % 2 == 0;
      double early = exportFirst ? export() : scan(best);
      double late = exportFirst ? scan(best) : export();
      double scan = exportFirst ? late : early;
      double export = exportFirst ? early : late;
      ratios.add(export / scan);
      say("round %d: scan %.0f/s, export %.0f/s, ratio %.2f", round, scan, export, export / scan);
    }
    say("median ratio %.2f", Cost.median(ratios));
  }

  private int bestSegments() {
    int best = 0;
    double most = 0;
    for (int segments : SEGMENTS) {
      double rate = Math.max(scan(segments), scan(segments));
      say("bare scan, %d segments: %.0f/s", segments, rate);
      if (rate > most) {
        most = rate;
        best = segments;
      }
    }
    return best;
  }

  /** Items a second. */
  private double scan(int segments) {
    Cost cost =
        Cost.of(
            () -> {
              ExecutorService threads = WorkerThreads.pool(segments, "scan");
              List<Future<Long>> parts =
                  IntStream.range(0, segments)
                      .mapToObj(segment -> threads.submit(() -> count(segment, segments)))
                      .toList();
              check(parts.stream().mapToLong(WorkerThreads::await).sum());
              threads.shutdown();
            });
    return messages / cost.seconds();
  }

  private long count(int segment, int segments) {
    return client
        .scanPaginator(r -> r.tableName(table).segment(segment).totalSegments(segments))
        .stream()
        .mapToLong(page -> page.items().size())
        .sum();
  }

  /** Items a second. */
  private double export() throws IOException {
    Path folder = Files.createTempDirectory("export-ratio");
    Exporter exporter =
        new Exporter(
            () -> new TableAdmin(client).describe(table),
            new DynamoDbItemTable(client, table).pages(),
            InstantSource.system(),
            items -> {});
    Cost cost =
        Cost.of(
            () -> {
              ExportAccount account = exporter.toDirectory(folder, exportSegments);
              check(account.items());
            });
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return messages / cost.seconds();
  }

  private void check(long items) {
    if (items != messages) {
      throw new IllegalStateException(items + " items, not " + messages);
    }
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
