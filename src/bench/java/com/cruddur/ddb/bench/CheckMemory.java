package com.cruddur.ddb.bench;

import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.check.Check;
import com.cruddur.ddb.dynamo.check.Summary;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Checks a table of a million messages in 10,000 conversations, which is made up page by page by a
 * stub of DynamoDB in another process (DynamoDB Local would need 10 GB for it). Run the client with
 * {@code -Xmx256m}; it prints the findings (none) and the time.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * CP='target/test-classes:target/classes:target/ddb/ddb/lib/*'
 * java -cp "$CP" com.cruddur.ddb.bench.CheckMemory serve 18099 &
 * java -Xmx256m -cp "$CP" com.cruddur.ddb.bench.CheckMemory check 18099
 * }</pre>
 */
public final class CheckMemory {
  private static final int CONVERSATIONS = 10_000;
  private static final int MESSAGES = 100;
  private static final int CONVERSATIONS_A_PAGE = 30;
  private static final String TEXT = "Lorem ipsum dolor sit amet, consetetur sadipscing ".repeat(3);

  private CheckMemory() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    if (args[0].equals("serve")) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.setExecutor(Executors.newFixedThreadPool(8));
      server.createContext("/", CheckMemory::scan);
      server.start();
      return;
    }
    Target target =
        new Target(
            Target.Kind.ENDPOINT,
            URI.create("http://127.0.0.1:" + port),
            "us-east-1",
            null,
            "local",
            "local",
            "messages");
    long began = System.nanoTime();
    long[] findings = new long[1];
    try (DynamoDbClient client =
        new DynamoDbClients(target, "bench", new CapacityMeter(false)).dynamoDb()) {
      Summary summary =
          new Check(
                  new DynamoDbItemTable(client, "messages"),
                  new DynamoDbConversationStore(client, "messages"))
              .table(4, null, read -> {}, checked -> findings[0]++);
      // Summary[messages=1000000, rows=20000, …], 0 findings, 40 s, heap of 256 MB
      System.out.printf(
          "%s, %d findings, %d s, heap of %d MB%n",
          summary,
          findings[0],
          (System.nanoTime() - began) / 1_000_000_000,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  private static void scan(HttpExchange exchange) throws IOException {
    JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
    int segment = request.path("Segment").asInt(0);
    int segments = request.path("TotalSegments").asInt(1);
    int end = CONVERSATIONS * (segment + 1) / segments;
    int from =
        request
            .path("ExclusiveStartKey")
            .path("pk")
            .path("S")
            .asInt(CONVERSATIONS * segment / segments);
    int to = Math.min(from + CONVERSATIONS_A_PAGE, end);
    StringBuilder items = new StringBuilder();
    for (int i = from; i < to; i++) {
      conversation(items, i);
    }
    items.setLength(Math.max(0, items.length() - 1));
    String last = to < end ? ",\"LastEvaluatedKey\":{" + key(Integer.toString(to), "x") + "}" : "";
    byte[] answer = ("{\"Items\":[" + items + "]" + last + "}").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static void conversation(StringBuilder items, int number) {
    String group = uuid(1, number);
    for (int m = 0; m < MESSAGES; m++) {
      items.append('{').append(key("MSG#" + group, time(m)));
      items.append(",\"message_uuid\":{\"S\":\"").append(uuid(2, m)).append("\"}");
      attributes(items, m, uuid(3 + m % 2, number));
    }
    for (int side = 0; side < 2; side++) {
      items.append('{').append(key("GRP#" + uuid(3 + side, number), time(MESSAGES - 1)));
      items.append(",\"message_group_uuid\":{\"S\":\"").append(group).append("\"}");
      attributes(items, MESSAGES - 1, uuid(4 - side, number));
    }
  }

  private static void attributes(StringBuilder items, int message, String user) {
    items.append(",\"message\":{\"S\":\"").append(TEXT).append(message);
    items.append("\"},\"user_display_name\":{\"S\":\"A User\"},\"user_handle\":{\"S\":\"user\"}");
    items.append(",\"user_uuid\":{\"S\":\"").append(user).append("\"}},");
  }

  private static String key(String pk, String sk) {
    return "\"pk\":{\"S\":\"" + pk + "\"},\"sk\":{\"S\":\"" + sk + "\"}";
  }

  private static String time(int second) {
    return String.format("2026-03-19T10:%02d:%02d.000000+00:00", second / 60, second % 60);
  }

  private static String uuid(int kind, int number) {
    return String.format("%08x-0000-4000-8000-%012x", kind, number);
  }
}
