package com.cruddur.ddb;

import com.cruddur.ddb.dynamo.CapacityMeter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * An HTTP server that answers DynamoDB's requests as a test says: what the engine never does, such
 * as throttling, unprocessed items and transactions in progress.
 */
public final class StubDynamoDb implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** One request; operation as {@code PutItem}. */
  public record Call(String operation, String body, Headers headers) {}

  /** One answer. */
  public record Reply(int status, String body) {}

  public StubDynamoDb(Function<Call, Reply> replies) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, replies));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Call, Reply> replies) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target.substring(target.indexOf('.') + 1);
      Call call = new Call(operation, body, exchange.getRequestHeaders());
      calls.add(call);
      Reply reply = replies.apply(call);
      byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(reply.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public static Reply ok(String body) {
    return new Reply(200, body);
  }

  /** An error of the service, named without its namespace. */
  public static Reply error(int status, String type) {
    return new Reply(
        status,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"stub\"}");
  }

  /** A cancelled transaction of one item. */
  public static Reply cancelled(String code) {
    return new Reply(
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"CancellationReasons\":[{\"Code\":\""
            + code
            + "\",\"Message\":\"stub\"}],\"Message\":\"stub\"}");
  }

  public List<Call> calls() {
    return calls;
  }

  public List<Call> calls(String operation) {
    return calls.stream().filter(call -> call.operation.equals(operation)).toList();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public DynamoDbClient client() {
    return TestStack.clients(endpoint(), new CapacityMeter(false)).dynamoDb();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
