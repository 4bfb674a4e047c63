package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of DynamoDB Local and does what the service does on a bad day: it throttles a
 * third of the requests, fails some, cuts connections before and after the work is done, and hands
 * half of a batch back.
 */
final class FaultyProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(7);
  final AtomicInteger faults = new AtomicInteger();

  FaultyProxy(String endpoint) throws IOException {
    target = URI.create(endpoint);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized int dice() {
    return random.nextInt(100);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      int dice = dice();
      if (dice < 48) {
        faults.incrementAndGet();
      }
      if (dice < 33) {
        error(exchange, 400, "ProvisionedThroughputExceededException");
      } else if (dice < 40) {
        error(exchange, 500, "InternalServerError");
      } else if (dice < 44) {
        return;
      } else if (dice < 48) {
        forward(exchange, body);
      } else if (operation.endsWith("BatchWriteItem")) {
        half(exchange, body);
      } else {
        HttpResponse<byte[]> answer = forward(exchange, body);
        reply(exchange, answer.statusCode(), answer.body());
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
    for (String header :
        new String[] {"X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date"}) {
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
    String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\"}";
    reply(exchange, status, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
