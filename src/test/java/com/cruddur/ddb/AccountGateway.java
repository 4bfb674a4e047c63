package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A tunnel on loopback behind which the test stack's tables stand in a real account: every ARN on
 * the way back names it, every one on the way in names the stack's.
 */
public final class AccountGateway implements AutoCloseable {
  /** The account that the tables stand in. */
  public static final String ACCOUNT = "123456789012";

  private static final String EMULATED = ":000000000000:";
  private static final Set<String> PASSED_ON =
      Set.of("x-amz-target", "content-type", "authorization", "x-amz-date");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ConcurrentLinkedQueue<String> operations = new ConcurrentLinkedQueue<>();
  private final Set<String> actions = ConcurrentHashMap.newKeySet();
  private final Set<String> denied;

  /** A gateway that refuses some operations, such as {@code DescribeTable}, as IAM does. */
  public AccountGateway(String... denied) {
    this.denied = Set.of(denied);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String endpoint() {
    return "http://localhost:" + port();
  }

  /** The operations that came, such as {@code PutItem}, in order. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  /** Those of them that change something. */
  public List<String> writes() {
    return operations.stream()
        .filter(o -> !o.matches("(Get|BatchGet|Query|Scan|Describe|List).*"))
        .toList();
  }

  /**
   * What IAM is asked for by the requests that came, each with what it is asked for: {@code table},
   * {@code index}, {@code stream}, or {@code *} for no resource, such as {@code table Query}.
   */
  public Set<String> actions() {
    return Set.copyOf(actions);
  }

  private static Set<String> actions(String target, String operation, String body) {
    if (target.startsWith("DynamoDBStreams")) {
      return Set.of("stream " + operation);
    } else if (operation.startsWith("List")) {
      return Set.of("* " + operation);
    } else if (!operation.startsWith("Transact")) {
      return Set.of(
          (operation.matches("Query|Scan") && body.contains("\"IndexName\"") ? "index " : "table ")
              + operation);
    }
    Map<String, String> parts =
        Map.of(
            "\"Put\":", "table PutItem",
            "\"Delete\":", "table DeleteItem",
            "\"Update\":", "table UpdateItem",
            "\"ConditionCheck\":", "table ConditionCheckItem",
            "\"Get\":", "table GetItem");
    return parts.entrySet().stream()
        .filter(part -> body.contains(part.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = target.substring(target.indexOf('.') + 1);
      operations.add(operation);
      actions.addAll(actions(target, operation, body));
      if (denied.contains(operation)) {
        answer(
            exchange,
            400,
            "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"User:"
                + " arn:aws:iam::123456789012:user/ops is not authorized to perform: dynamodb:"
                + operation
                + " on resource: arn:aws:dynamodb:us-east-1:123456789012:table/t because no"
                + " identity-based policy allows the dynamodb:"
                + operation
                + " action\"}");
        return;
      }
      HttpResponse<String> answer = forward(exchange, body.replace(":" + ACCOUNT + ":", EMULATED));
      answer(exchange, answer.statusCode(), answer.body().replace(EMULATED, ":" + ACCOUNT + ":"));
    }
  }

  private HttpResponse<String> forward(HttpExchange exchange, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(TestStack.endpoint()))
            .POST(BodyPublishers.ofString(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.get(0));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
