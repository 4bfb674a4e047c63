package com.cruddur.ddb.bench.engine;

import com.cruddur.ddb.engine.EngineProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The engine in a process of its own under a client that is not the bound, line by line beside what
 * DynamoDB Local took on the same machine, quiet. Each line tells the processor time of engine and
 * client for one item, which other processes disturb least, and how many processors both kept busy:
 * near two together the machine is the bound, else waiting is (the log, a lock, one connection).
 * Started by {@code src/bench/engine/run.sh}.
 *
 * <pre>EngineBench [LINE...] [--items=N] [--threads=N]</pre>
 */
public final class EngineBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LINES =
      List.of(
          "fill-memory",
          "fill-disk",
          "reads-memory",
          "reads-disk",
          "transactions",
          "memory",
          "sizes");
  private static final int QUERIES = 20_000;
  private static final String SCAN = "{\"TableName\":\"messages\"%s}";
  private static final int TRANSACTIONS = 5_000;
  private static final int PAGES = 21;
  private static final Duration MOST_IDLE = Duration.ofMinutes(2);

  private final Path folder = Files.createTempDirectory("engine-bench");
  private int items = 200_000;
  private int threads = 4;
  private EngineProcess engine;
  private MessagesTable table;
  private ProcessorTime time;

  private EngineBench() throws IOException {}

  public static void main(String[] arguments) throws Exception {
    EngineBench bench = new EngineBench();
    List<String> lines = Arrays.stream(arguments).filter(a -> !a.startsWith("--")).toList();
    for (String argument : arguments) {
      if (argument.startsWith("--items=")) {
        bench.items = Integer.parseInt(argument.substring(8));
      } else if (argument.startsWith("--threads=")) {
        bench.threads = Integer.parseInt(argument.substring(10));
      }
    }
    for (String line : lines.isEmpty() ? LINES : lines) {
      try {
        bench.run(line);
      } finally {
        bench.stop();
      }
    }
  }

  private void run(String line) throws Exception {
    say("%s: %d items, %d connections", line, items, threads);
    switch (line) {
      case "fill-memory" -> fill(null, 4_897, 10);
      case "fill-disk" -> fill(folder.resolve("tables"), 1_365, 25);
      case "reads-memory" -> reads(null, 18.5, 8.3, 5_053);
      case "reads-disk" -> reads(folder.resolve("tables"), 11.3, 9.0, 6_219);
      case "transactions" -> {
        transactions(null, 352);
        stop();
        transactions(folder.resolve("tables"), 291);
      }
      case "memory" -> memory();
      case "sizes" -> {
        sizes(false);
        stop();
        sizes(true);
      }
      default -> throw new IllegalArgumentException("no such line: " + line + "; " + LINES);
    }
  }

  private void start(Path tables) throws IOException {
    // As the stack runs it, within a smaller heap.
    String[] options = {
      "-Xms16m",
      tables == null ? "-Xmx1g" : "-Xmx256m",
      "-XX:MinHeapFreeRatio=10",
      "-XX:MaxHeapFreeRatio=20",
      "-XX:MinHeapDeltaBytes=32m"
    };
    engine = tables == null ? EngineProcess.inMemory(options) : new EngineProcess(tables, options);
    table = new MessagesTable(engine.port());
    table.create();
  }

  private void stop() throws Exception {
    if (engine != null) {
      engine.close();
      engine = null;
    }
    if (Files.exists(folder.resolve("tables"))) {
      try (Stream<Path> files = Files.walk(folder.resolve("tables"))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void fill(Path tables, double others, double aim) throws Exception {
    start(tables);
    double first = 0;
    for (int round = 1; round <= 3; round++) {
      if (round > 1) {
        table.drop();
        table.create();
      }
      time = ProcessorTime.of(engine.pid());
      double seconds = table.fill(items, threads);
      double rate = items / seconds;
      first = round == 1 ? seconds : first;
      say("  fill %d: %.0f items a second%s", round, rate, time.since(seconds, items));
      if (round == 1) {
        say("    DynamoDB Local %.0f, ratio %.1f (aim %.0f)", others, rate / others, aim);
      } else if (round == 3) {
        say("    third beside first: %.2f (aim at most 1.3)", seconds / first);
      }
    }
  }

  /** Filled, overwritten twice, and dropped and filled twice; the stream's day of records apart. */
  private void sizes(boolean stream) throws Exception {
    Path tables = folder.resolve("tables");
    start(tables);
    table.drop();
    table.create(stream);
    say("  %s the stream", stream ? "with" : "without");
    for (String after : List.of("a fill", "an overwrite", "another", "a drop and a fill", "both")) {
      if (after.equals("a drop and a fill") || after.equals("both")) {
        table.drop();
        table.create(stream);
      }
      table.fill(items, threads, "User of " + after);
      StoreSize size = StoreSize.of(tables, table);
      say("    after %s: %.1f MB, %.2f times the items", after, size.disk() / 1e6, size.ratio());
    }
  }

  private void reads(Path tables, double others, double othersOfEight, double queries)
      throws Exception {
    start(tables);
    table.fill(items, threads);
    pages();
    query();
    time = ProcessorTime.of(engine.pid());
    double took = query();
    say("  query of 20: %.0f a second%s", QUERIES / took, time.since(took, QUERIES));
    say("    DynamoDB Local %.0f, ratio %.1f", queries, QUERIES / took / queries);
    for (int segments : new int[] {1, 8}) {
      scan(segments);
      time = ProcessorTime.of(engine.pid());
      double seconds = scan(segments);
      double micros = seconds * 1e6 / items;
      double other = segments == 1 ? others : othersOfEight;
      say("  scan in %d: %.2f us an item%s", segments, micros, time.since(seconds, items));
      say("    DynamoDB Local %.1f, ratio %.1f (aim 8)", other, other / micros);
    }
  }

  private void pages() throws IOException {
    try (RawClient client = new RawClient(engine.port())) {
      double[] millis = new double[PAGES];
      String from = "";
      for (int warm = 0; warm < 2 * PAGES; warm++) {
        long start = System.nanoTime();
        byte[] page = client.call("Scan", SCAN.formatted(from));
        millis[warm % PAGES] = (System.nanoTime() - start) / 1e6;
        JsonNode next = JSON.readTree(page).get("LastEvaluatedKey");
        from = next == null ? "" : ",\"ExclusiveStartKey\":" + next;
      }
      Arrays.sort(millis);
      say("  page of 1 MB: %.1f ms (aim 25)", millis[PAGES / 2]);
    }
  }

  private double query() throws InterruptedException {
    return table.inParallel(
        threads,
        (client, thread) -> {
          for (int i = thread; i < QUERIES; i += threads) {
            client.call(
                "Query",
                "{\"TableName\":\"messages\",\"Limit\":20,\"ScanIndexForward\":false,"
                    + "\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":"
                    + "{\":p\":{\"S\":\""
                    + MessagesTable.partition((int) (i * 7919L % items))
                    + "\"}}}");
          }
        });
  }

  private double scan(int segments) throws InterruptedException {
    return table.inParallel(
        segments,
        (client, segment) -> {
          String part = ",\"Segment\":" + segment + ",\"TotalSegments\":" + segments;
          String from = "";
          while (from != null) {
            from = next(client.call("Scan", SCAN.formatted(part + from)));
          }
        });
  }

  /**
   * The key stands at the end of a page; the page is not parsed, so that the client costs little.
   */
  private static String next(byte[] page) {
    int tail = Math.max(0, page.length - 600);
    String end = new String(page, tail, page.length - tail, StandardCharsets.UTF_8);
    int at = end.indexOf("\"LastEvaluatedKey\":");
    if (at < 0) {
      return null;
    }
    String key = end.substring(at + 19);
    return ",\"ExclusiveStartKey\":" + key.substring(0, key.indexOf("}}") + 2);
  }

  private void transactions(Path tables, double others) throws Exception {
    start(tables);
    transact(0);
    time = ProcessorTime.of(engine.pid());
    double seconds = transact(TRANSACTIONS);
    double rate = TRANSACTIONS / seconds;
    say(
        "  three puts, 1 connection, %s: %.0f a second%s",
        tables == null ? "memory" : "disk", rate, time.since(seconds, TRANSACTIONS));
    say("    DynamoDB Local %.0f, ratio %.1f (aim 10)", others, rate / others);
  }

  private double transact(int from) throws InterruptedException {
    return table.inParallel(
        1,
        (client, thread) -> {
          for (int i = from; i < from + TRANSACTIONS; i++) {
            StringBuilder body = new StringBuilder("{\"TransactItems\":[");
            for (int put = 0; put < 3; put++) {
              body.append(put == 0 ? "" : ",")
                  .append("{\"Put\":{\"TableName\":\"messages\",\"ConditionExpression\":")
                  .append("\"attribute_not_exists(pk)\",\"Item\":")
                  .append(MessagesTable.item("T" + put, i))
                  .append("}}");
            }
            client.call("TransactWriteItems", body.append("]}").toString());
          }
        });
  }

  /** What the process holds when nobody has asked it anything for a while. */
  private void memory() throws Exception {
    start(folder.resolve("tables"));
    table.fill(items, threads);
    long full = residentMegabytes();
    long end = System.nanoTime() + MOST_IDLE.toNanos();
    long idle = full;
    while (idle >= 200 && System.nanoTime() < end) {
      Thread.sleep(1_000);
      idle = residentMegabytes();
    }
    say("  resident: %d MB after the fill, %d MB idle (aim less than 200)", full, idle);
  }

  private long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + engine.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS");
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
