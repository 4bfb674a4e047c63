package com.cruddur.ddb.bench;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.seed.Seeder;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Items a second of a seed from an ndjson file beside two bare loops of BatchWriteItem that write
 * the same items and neither read nor check anything, with as many requests at once as suit each
 * best: one on the SDK's light client as the SDK makes it, one on the client that ddb makes of it.
 * In turns in one process, all warmed up, medians; and the processor time of each, which a busy
 * machine changes less. Against DynamoDB Local all are bounded by it; against a stub in this
 * process that accepts every batch at once the engine itself is. With {@code heap} it seeds 1, 2, 5
 * and 10 million against the stub and prints the heap that is in use after a collection when nine
 * tenths of each are written.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 -Xmx128m \
 *   -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.SeedRatio [local|stub|heap] [MESSAGES] [ROUNDS]
 * }</pre>
 */
public final class SeedRatio {
  private static final int[] CONCURRENCY = {2, 4, 8, 16, 32};

  private final DynamoDbClient plain;
  private final DynamoDbClient client;
  private final boolean local;

  private SeedRatio(DynamoDbClient plain, DynamoDbClient client, boolean local) {
    this.plain = plain;
    this.client = client;
    this.local = local;
  }

  public static void main(String[] args) throws IOException {
    boolean local = args.length == 0 || args[0].equals("local");
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    HttpServer stub = local ? null : stub();
    String endpoint =
        local ? TestStack.endpoint() : "http://127.0.0.1:" + stub.getAddress().getPort();
    try (DynamoDbClient plain = plain(endpoint);
        DynamoDbClient client =
            TestStack.clients(endpoint, new CapacityMeter(false)).bulk(new ThrottleCounter())) {
      SeedRatio ratio = new SeedRatio(plain, client, local);
      if (args.length > 0 && args[0].equals("heap")) {
        ratio.heap();
      } else {
        ratio.compare(messages, rounds);
      }
    }
    System.exit(0);
  }

  private static DynamoDbClient plain(String endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private void compare(int messages, int rounds) throws IOException {
    Path little = Messages.input(messages / 4);
    Path all = Messages.input(messages);
    on(table -> bare(plain, table, messages / 4, 8));
    on(table -> bare(client, table, messages / 4, 8));
    on(table -> seed(table, little, messages / 4, n -> {}));
    int best = bestConcurrency("SDK's client", plain, messages / 10);
    int ours = bestConcurrency("ddb's client", client, messages / 10);
    List<Runnable> runs =
        List.of(
            () -> on(table -> bare(plain, table, messages, best)),
            () -> on(table -> bare(client, table, messages, ours)),
            () -> on(table -> seed(table, all, messages, n -> {})));
    List<List<Cost>> costs = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < runs.size(); turn++) {
        int run = (round + turn) % runs.size();
        costs.get(run).add(Cost.of(runs.get(run)));
      }
      say(
          "round %d: bare %.0f/s, on ddb's client %.0f/s, seed %.0f/s; collections %.0f, %.0f and"
              + " %.0f %% of the time",
          round + 1,
          messages / costs.get(0).get(round).seconds(),
          messages / costs.get(1).get(round).seconds(),
          messages / costs.get(2).get(round).seconds(),
          100 * costs.get(0).get(round).collected(),
          100 * costs.get(1).get(round).collected(),
          100 * costs.get(2).get(round).collected());
    }
    tell("the bare loop", costs.get(0), costs.get(2));
    tell("the bare loop on ddb's client", costs.get(1), costs.get(2));
  }

  private static void tell(String what, List<Cost> bare, List<Cost> seed) {
    List<Double> clock = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int round = 0; round < bare.size(); round++) {
      clock.add(bare.get(round).seconds() / seed.get(round).seconds());
      processor.add(bare.get(round).processorSeconds() / seed.get(round).processorSeconds());
    }
    say(
        "seed / %s: %.2f %s, by processor time %.2f",
        what,
        Cost.median(clock),
        clock.stream().map("%.2f"::formatted).toList(),
        Cost.median(processor));
  }

  private int bestConcurrency(String what, DynamoDbClient with, int messages) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int requests : CONCURRENCY) {
      double seconds = Cost.of(() -> on(table -> bare(with, table, messages, requests))).seconds();
      say("bare, %s, %d requests at once: %.0f/s", what, requests, messages / seconds);
      if (seconds < least) {
        least = seconds;
        best = requests;
      }
    }
    return best;
  }

  private void heap() throws IOException {
    for (int millions : new int[] {1, 2, 5, 10}) {
      int messages = millions * 1_000_000;
      Path all = Messages.input(messages);
      long[] heap = {0};
      LongConsumer look =
          read -> heap[0] = heap[0] == 0 && read > messages / 10 * 9L ? used() : heap[0];
      on(table -> seed(table, all, messages, look));
      say("%d million: %.1f MB in use after a collection", millions, heap[0] / 1e6);
      Files.delete(all);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** With a table that is dropped afterwards: DynamoDB Local holds them in memory. */
  private void on(Consumer<String> work) {
    if (!local) {
      work.accept("stub");
      return;
    }
    String table = MessageTable.withoutStream().name();
    work.accept(table);
    client.deleteTable(r -> r.tableName(table));
  }

  private void bare(DynamoDbClient with, String table, int messages, int requests) {
    ExecutorService threads = Executors.newFixedThreadPool(requests);
    Semaphore free = new Semaphore(2 * requests);
    for (int i = 0; i < messages; i += 25) {
      List<WriteRequest> batch =
          IntStream.range(i, Math.min(i + 25, messages))
              .mapToObj(n -> Items.item(Messages.message(n)))
              .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)).build())
              .toList();
      free.acquireUninterruptibly();
      threads.execute(
          () -> {
            with.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
            free.release();
          });
    }
    free.acquireUninterruptibly(2 * requests);
    threads.shutdown();
  }

  private void seed(String table, Path input, int messages, LongConsumer read) {
    DynamoDbConversationStore store = new DynamoDbConversationStore(client, table);
    SeedAccount account =
        new Seeder(
                store,
                new DynamoDbItemTable(client, table),
                new Reconciler(store, Backoff.jittered()),
                reference -> Optional.empty(),
                new Seeder.TranscriptEnd(Instant.now(), false),
                new BulkListener(
                    reject -> say("%s", reject),
                    progress -> read.accept(progress.read()),
                    pk -> {},
                    note -> {}))
            .seed(List.of(SeedInput.file(input)));
    if (account.kinds().get("message").written() != messages || !account.balanced()) {
      throw new IllegalStateException(account.toString());
    }
  }

  private static HttpServer stub() throws IOException {
    // Else every answer waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            boolean read = target.endsWith("Query") || target.endsWith("Scan");
            String none = target.endsWith("BatchGetItem") ? "{\"Responses\":{}}" : "{}";
            byte[] body =
                (read ? "{\"Items\":[],\"Count\":0}" : none).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
