package com.cruddur.ddb.bench;

import com.cruddur.ddb.FreshTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.Seeder;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Throttles;
import com.cruddur.ddb.dynamo.DynamoDbConversationStore;
import com.cruddur.ddb.dynamo.Items;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Items a second of a seed from ndjson beside a bare loop of BatchWriteItem by the SDK, 8 requests at
 * once, of the same messages: in turns, warmed up, medians. Against DynamoDB Local both are bounded
 * by it; against a stub that accepts every batch at once the engine itself is.
 *
 * <pre>{@code
 * mvn -B -Pbench -DskipTests package
 * java -Dhttp.maxConnections=64 -Xmx128m \
 *   -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.SeedRatio [local|stub] [MESSAGES] [ROUNDS]
 * }</pre>
 */
public final class SeedRatio {
  private static final int CONVERSATIONS = 100;
  private static final int THREADS = 8;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final DynamoDbClient client;
  private final boolean local;

  private SeedRatio(DynamoDbClient client, boolean local) {
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
    try (DynamoDbClient client = FreshTable.clients(endpoint, new CapacityMeter(false)).bulk(new Throttles())) {
      new SeedRatio(client, local).compare(messages, rounds);
    }
    System.exit(0);
  }

  private void compare(int messages, int rounds) {
    bare(table(), messages / 10);
    seed(table(), messages / 10);
    List<Double> bare = new ArrayList<>();
    List<Double> seed = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      bare.add(rate(messages, () -> bare(table(), messages)));
      seed.add(rate(messages, () -> seed(table(), messages)));
      say(
          "round %d: bare %.0f/s, seed %.0f/s, ratio %.2f, heap %d MB",
          round,
          bare.get(round - 1),
          seed.get(round - 1),
          seed.get(round - 1) / bare.get(round - 1),
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
    say(
        "medians: bare %.0f/s, seed %.0f/s, ratio %.2f",
        median(bare), median(seed), median(seed) / median(bare));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static double rate(int messages, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return messages * 1e9 / (System.nanoTime() - start);
  }

  private String table() {
    return local ? new FreshTable().name() : "stub";
  }

  private static String group(int number) {
    return Uuids.derived("bench", Integer.toString(number));
  }

  private static User user(int number) {
    return new User(Uuids.derived("user", "" + number), "User " + number, "user" + number);
  }

  /** Messages of all conversations in turn, half a minute apart. */
  private static Message message(int number) {
    int conversation = number % CONVERSATIONS;
    return new Message(
        group(conversation),
        Timestamps.format(START.plusSeconds(30L * number)),
        Uuids.derived("message", Integer.toString(number)),
        "message " + number + " of about the length that people write to each other",
        user(number / CONVERSATIONS % 2 == 0 ? conversation : conversation + 1));
  }

  private void bare(String table, int messages) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Semaphore free = new Semaphore(2 * THREADS);
    for (int i = 0; i < messages; i += 25) {
      List<WriteRequest> batch =
          IntStream.range(i, Math.min(i + 25, messages))
              .mapToObj(n -> Items.item(message(n)))
              .map(item -> WriteRequest.builder().putRequest(p -> p.item(item)).build())
              .toList();
      free.acquireUninterruptibly();
      threads.execute(
          () -> {
            client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
            free.release();
          });
    }
    free.acquireUninterruptibly(2 * THREADS);
    threads.shutdown();
  }

  private void seed(String table, int messages) {
    DynamoDbConversationStore store = new DynamoDbConversationStore(client, table);
    SeedAccount account =
        new Seeder(
                store,
                client,
                table,
                new Reconciler(store, Backoff.jittered()),
                reference -> Optional.empty(),
                START,
                new BulkListener(reject -> say("%s", reject), progress -> {}, pk -> {}))
            .seed(List.of(new SeedInput("bench.ndjson", () -> new Lines(messages))));
    if (account.kinds().get("message").written() != messages || !account.balanced()) {
      throw new IllegalStateException(account.toString());
    }
  }

  /** The input, made as it is read, so that it takes no memory. */
  private static final class Lines extends InputStream {
    private final int messages;
    private int next = -2 * CONVERSATIONS - 1;
    private byte[] line = new byte[0];
    private int position;

    Lines(int messages) {
      this.messages = messages;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (position == line.length) {
        if (next == messages) {
          return -1;
        }
        line = (text(next++) + "\n").getBytes(StandardCharsets.UTF_8);
        position = 0;
      }
      int n = Math.min(length, line.length - position);
      System.arraycopy(line, position, bytes, offset, n);
      position += n;
      return n;
    }

    private static String text(int number) {
      if (number < -CONVERSATIONS) {
        User user = user(number + 2 * CONVERSATIONS + 1);
        return "{\"type\":\"user\",\"uuid\":\"%s\",\"display_name\":\"%s\",\"handle\":\"%s\"}"
            .formatted(user.uuid(), user.displayName(), user.handle());
      } else if (number < 0) {
        int c = number + CONVERSATIONS;
        return "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"%s\",\"%s\"]}"
            .formatted(group(c), user(c).handle(), user(c + 1).handle());
      }
      Message m = message(number);
      return "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"%s\",\"message\":\"%s\",\"created_at\":\"%s\",\"message_uuid\":\"%s\"}"
          .formatted(m.groupUuid(), m.sender().handle(), m.text(), m.createdAt(), m.uuid());
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
            boolean read =
                exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("Query");
            byte[] body = (read ? "{\"Items\":[],\"Count\":0}" : "{}").getBytes(StandardCharsets.UTF_8);
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
