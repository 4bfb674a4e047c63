package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of the engine and does to requests what a {@link Plan} says: what the service and
 * the network do on a bad day. Everything else goes through, both ways.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DRIP_MILLIS = 50;
  private static final String BACKFILLING =
      "Cannot read from backfilling global secondary index: message-group-sk-index";
  private static final List<String> PASSED_ON =
      List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");

  private final URI target;
  private final Plan plan;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  /** Requests that something was done to. */
  public final AtomicInteger faults = new AtomicInteger();

  /** Says what becomes of a request; called by many threads. */
  @FunctionalInterface
  public interface Plan {
    /**
     * The fault of a request.
     *
     * @param operation as {@code PutItem}
     * @param number 1 for the first request of this operation, and so on
     */
    Fault of(String operation, int number);
  }

  /** A third throttled, some errors and cuts, and every batch handed back by half. */
  public FaultyProxy(String endpoint) {
    this(
        endpoint,
        rates(
            7,
            Fault.HALF_BATCH,
            Map.of(
                Fault.THROTTLE, 33, Fault.ERROR_500, 7, Fault.CUT_BEFORE, 4, Fault.CUT_AFTER, 4)));
  }

  public FaultyProxy(String endpoint, Plan plan) {
    this.target = URI.create(endpoint);
    this.plan = plan;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Faults by chance.
   *
   * @param usual what becomes of the other requests
   * @param percent how many of a hundred requests have each fault
   */
  public static Plan rates(long seed, Fault usual, Map<Fault, Integer> percent) {
    Random random = new Random(seed);
    Map<Fault, Integer> ordered = new EnumMap<>(percent);
    return (operation, number) -> {
      int dice;
      synchronized (random) {
        dice = random.nextInt(100);
      }
      for (Map.Entry<Fault, Integer> rate : ordered.entrySet()) {
        dice -= rate.getValue();
        if (dice < 0) {
          return rate.getKey();
        }
      }
      return usual;
    };
  }

  /** The first requests of an operation have these faults, one each; all else goes through. */
  public static Plan first(String operation, Fault... faults) {
    return (name, number) ->
        name.equals(operation) && number <= faults.length ? faults[number - 1] : Fault.NONE;
  }

  /** Every request of an operation from a number on has this fault. */
  public static Plan from(String operation, int number, Fault fault) {
    return (name, n) -> name.equals(operation) && n >= number ? fault : Fault.NONE;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many requests of an operation came. */
  public int requests(String operation) {
    return count(operation).get();
  }

  private AtomicInteger count(String operation) {
    return requests.computeIfAbsent(operation, o -> new AtomicInteger());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String header = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = header.substring(header.indexOf('.') + 1);
      Fault fault = plan.of(operation, count(operation).incrementAndGet());
      if (fault != Fault.NONE && fault != Fault.HALF_BATCH) {
        faults.incrementAndGet();
      }
      switch (fault) {
        case THROTTLE -> error(exchange, 400, "ProvisionedThroughputExceededException");
        case ERROR_500 -> error(exchange, 500, "InternalServerError");
        case EXPIRED -> error(exchange, 400, "ExpiredTokenException");
        case UNRECOGNIZED -> error(exchange, 400, "UnrecognizedClientException");
        case IN_USE -> error(exchange, 400, "ResourceInUseException");
        case NO_TABLE -> error(exchange, 400, "ResourceNotFoundException");
        case CUT_BEFORE -> {}
        case HANG_BEFORE -> hang();
        case BACKFILLING -> {
          if (new String(body, UTF_8).contains("IndexName")) {
            error(exchange, 400, "ValidationException", BACKFILLING);
          } else {
            pass(exchange, forward(exchange, body), Fault.NONE);
          }
        }
        case HALF_BATCH -> {
          if (operation.equals("BatchWriteItem")) {
            half(exchange, body);
          } else {
            pass(exchange, forward(exchange, body), Fault.NONE);
          }
        }
        default -> pass(exchange, forward(exchange, body), fault);
      }
    }
  }

  /** Hands the answer back, after what the fault does to it. */
  private void pass(HttpExchange exchange, HttpResponse<byte[]> answer, Fault fault)
      throws IOException {
    byte[] body = answer.body();
    int status = answer.statusCode();
    // What DynamoDB itself sends too: it tells an answer that was damaged.
    answer
        .headers()
        .firstValue("x-amz-crc32")
        .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
    switch (fault) {
      case CUT_AFTER -> {}
      case HANG_AFTER -> hang();
      case CUT_MIDDLE -> write(exchange, status, body.length, half(body));
      case TRUNCATE -> write(exchange, status, body.length / 2, half(body));
      case DRIP -> drip(exchange, status, body);
      case GARBAGE -> {
        exchange.getResponseHeaders().remove("x-amz-crc32");
        reply(exchange, 200, "<html><body>It works!</body></html>".getBytes(UTF_8));
      }
      case TABLE_CREATING -> restate(exchange, body, "(Table|Index)", "CREATING");
      case INDEX_CREATING -> restate(exchange, body, "(Index)", "CREATING");
      case TABLE_DELETING -> restate(exchange, body, "(Table)", "DELETING");
      case EMPTY -> {
        exchange.getResponseHeaders().remove("x-amz-crc32");
        reply(exchange, 200, new byte[0]);
      }
      default -> reply(exchange, status, body);
    }
  }

  /** Describes a table as the database does, but for the state of it or of its index. */
  private static void restate(HttpExchange exchange, byte[] body, String what, String state)
      throws IOException {
    String text = new String(body, UTF_8);
    exchange.getResponseHeaders().remove("x-amz-crc32");
    reply(
        exchange,
        200,
        text.replaceAll("\"" + what + "Status\":\"ACTIVE\"", "\"$1Status\":\"" + state + "\"")
            .getBytes(UTF_8));
  }

  private static byte[] half(byte[] body) {
    return java.util.Arrays.copyOf(body, body.length / 2);
  }

  private void hang() throws InterruptedIOException {
    pause(Integer.MAX_VALUE);
  }

  /** Until the proxy is closed, at most. */
  private boolean pause(int millis) throws InterruptedIOException {
    try {
      return !closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void drip(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    OutputStream out = exchange.getResponseBody();
    for (byte one : body) {
      out.write(one);
      out.flush();
      if (!pause(DRIP_MILLIS)) {
        return;
      }
    }
  }

  /** Does half of a batch and hands the rest back. */
  private void half(HttpExchange exchange, byte[] body) throws IOException {
    ObjectNode request = (ObjectNode) JSON.readTree(body);
    ObjectNode tables = (ObjectNode) request.get("RequestItems");
    String table = tables.fieldNames().next();
    ArrayNode puts = (ArrayNode) tables.get(table);
    ArrayNode left = JSON.createArrayNode();
    while (puts.size() > 1 && left.size() < puts.size()) {
      left.add(puts.remove(0));
    }
    HttpResponse<byte[]> answer = forward(exchange, JSON.writeValueAsBytes(request));
    ObjectNode reply = JSON.createObjectNode();
    if (!left.isEmpty()) {
      reply.putObject("UnprocessedItems").set(table, left);
    }
    boolean done = answer.statusCode() == 200;
    reply(exchange, answer.statusCode(), done ? JSON.writeValueAsBytes(reply) : answer.body());
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).POST(BodyPublishers.ofByteArray(body));
    for (String header : PASSED_ON) {
      request.header(header, exchange.getRequestHeaders().getFirst(header));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static void error(HttpExchange exchange, int status, String type) throws IOException {
    error(exchange, status, type, "The proxy says " + type + ".");
  }

  private static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    String body =
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
            + type
            + "\",\"message\":\""
            + message
            + "\"}";
    reply(exchange, status, body.getBytes(UTF_8));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    write(exchange, status, body.length, body);
  }

  private static void write(HttpExchange exchange, int status, int length, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    // 0 would mean chunks of an unknown length.
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
