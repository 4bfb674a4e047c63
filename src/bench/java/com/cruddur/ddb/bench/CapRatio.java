package com.cruddur.ddb.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * How well {@code --max-rcu} and {@code --max-wcu} are kept: every bulk command runs through a
 * proxy that writes down the capacity which the engine says each request has consumed, and when.
 * Told are the mean, the most of any ten seconds and of any one, as shares of the cap; and requests
 * that were not asked for what they consume. For a quiet machine: a late answer counts in its
 * second.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -cp "target/test-classes:target/classes:target/ddb/ddb/lib/*" \
 *   com.cruddur.ddb.bench.CapRatio [MESSAGES] [RCU] [WCU]
 * }</pre>
 */
public final class CapRatio {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> DATA =
      List.of("Query", "Scan", "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem");

  private record Consumed(long nanos, boolean write, double units) {}

  private final ConcurrentLinkedQueue<Consumed> consumed = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> silent = new ConcurrentLinkedQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer proxy;

  private CapRatio() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(Executors.newCachedThreadPool());
    proxy.createContext("/", this::handle);
    proxy.start();
  }

  public static void main(String[] args) throws IOException {
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 4_000;
    String rcu = args.length > 1 ? args[1] : "40";
    String wcu = args.length > 2 ? args[2] : "200";
    CapRatio bench = new CapRatio();
    Path folder = Files.createTempDirectory("cap-ratio");
    Path input = folder.resolve("in.ndjson");
    Path export = folder.resolve("export");
    String table = MessageTable.withoutStream().name();
    bench.quietly("seed", "--generate", "--messages", "" + messages, "--out", "" + input);
    bench.run(table, wcu, true, "seed", "" + input, "--max-wcu", wcu);
    bench.run(table, rcu, false, "seed", "" + input, "--max-rcu", rcu, "--restart");
    bench.run(table, rcu, false, "export", "--out", "" + export, "--max-rcu", rcu);
    bench.run(table, rcu, false, "import", "" + export, "--max-rcu", rcu);
    bench.run(
        MessageTable.withoutStream().name(), wcu, true, "import", "" + export, "--max-wcu", wcu);
    for (String read : List.of("scan -o ndjson", "stats", "check", "find zzzz", "diff " + export)) {
      Stream<String> line = Stream.concat(Stream.of(read.split(" ")), Stream.of("--max-rcu", rcu));
      bench.run(table, rcu, false, line.toArray(String[]::new));
    }
    System.exit(0);
  }

  private void quietly(String... line) {
    DdbRunner.on("none").execute(line);
  }

  private void run(String table, String cap, boolean writes, String... line) {
    consumed.clear();
    silent.clear();
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(List.of("-q", "--endpoint-url", "http://127.0.0.1:" + proxy.getAddress().getPort()));
    long start = System.nanoTime();
    int exit = DdbRunner.on(table).execute(all.toArray(String[]::new)).exitCode();
    double seconds = (System.nanoTime() - start) / 1e9;
    List<Consumed> of = consumed.stream().filter(c -> c.write == writes).toList();
    double sum = of.stream().mapToDouble(Consumed::units).sum();
    double rate = Double.parseDouble(cap);
    System.out.printf(
        "%-30s exit %d, %5.1f s, %6.0f units, mean %.2f, ten seconds %.2f, one second %.2f, silent %s%n",
        String.join(" ", line).replaceAll("/\\S*/", ""),
        exit,
        seconds,
        sum,
        sum / seconds / rate,
        most(of, 10) / 10 / rate,
        most(of, 1) / rate,
        silent.stream().distinct().toList());
  }

  private static double most(List<Consumed> of, int seconds) {
    double most = 0;
    for (Consumed first : of) {
      long end = first.nanos + seconds * 1_000_000_000L;
      double sum =
          of.stream()
              .filter(c -> c.nanos >= first.nanos && c.nanos < end)
              .mapToDouble(Consumed::units)
              .sum();
      most = Math.max(most, sum);
    }
    return most;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target.substring(target.indexOf('.') + 1);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(TestStack.endpoint()));
    for (String name : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
      request.header(name, exchange.getRequestHeaders().getFirst(name));
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      HttpResponse<byte[]> answer =
          client.send(
              request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
      note(operation, answer.body());
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void note(String operation, byte[] body) throws IOException {
    JsonNode units = JSON.readTree(new String(body, UTF_8)).path("ConsumedCapacity");
    boolean write = operation.matches("PutItem|UpdateItem|DeleteItem|BatchWriteItem|Transact.*");
    if (units.isMissingNode()) {
      if (DATA.contains(operation) || write) {
        silent.add(operation);
      }
      return;
    }
    double sum = 0;
    for (JsonNode part : units.isArray() ? units : JSON.createArrayNode().add(units)) {
      sum += part.path("CapacityUnits").asDouble();
    }
    consumed.add(new Consumed(System.nanoTime(), write, sum));
  }
}
