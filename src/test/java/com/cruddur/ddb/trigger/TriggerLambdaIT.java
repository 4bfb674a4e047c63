package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The packaged function, under Lambda's own Java runtime, with records of a real stream. */
class TriggerLambdaIT {
  private static final Path JAR = Path.of("target", "ddb-trigger.jar");
  private static final Path CACHE_JAR = Path.of("target", "ddb-trigger-cache.jar");

  @TempDir private static Path functions;
  private static Path function;
  private static Path cacheFunction;

  /** No such host, by RFC 6761: the function says that the cache is away, and goes on. */
  private static final String NOWHERE = "cell.invalid";

  private static final String HANDLER = "com.cruddur.ddb.trigger.TriggerLambda::handleRequest";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @BeforeAll
  static void unzip() throws IOException {
    function = LambdaRuntime.unzip(JAR, functions.resolve("function"));
    cacheFunction = LambdaRuntime.unzip(CACHE_JAR, functions.resolve("cache"));
  }

  @Test
  void thePackagedFunctionMovesTheRowsAndReportsWhatItCannotHandle() throws Exception {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
      table.put(GROUP, BAYKO, "2026-03-19T10:00:01.000000+00:00", "a secret");
      String event = event(table.streamArn(), records(table));
      try (LambdaRuntime lambda =
          new LambdaRuntime(function, HANDLER, environment(table.name()), directory)) {

        assertThat(lambda.invoke(event)).isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(table.list(ANDREW))
            .extracting(ConversationRow::message)
            .containsExactly("a secret");
        assertThat(table.list(BAYKO))
            .extracting(ConversationRow::lastMessageAt)
            .containsExactly("2026-03-19T10:00:01.000000+00:00");
        assertThat(lambda.log())
            .contains("\"event\":\"batch\"", "\"records\":4,\"messages\":2", "\"rows_written\":2")
            .doesNotContain("a secret")
            .doesNotContain("SLF4J");
        assertThat(lambda.invoke("{}")).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(lambda.invoke(event.replace("[{", "[null,{},{\"dynamodb\":{}},{")))
            .isEqualTo("{\"batchItemFailures\":[]}");
      }
    }
  }

  static Stream<Arguments> keys() {
    String claims = "{\"cp\":\"control.%s\",\"c\":\"cache.%s\"}".formatted(NOWHERE, NOWHERE);
    String one = "{\"endpoint\":\"%s\",\"api_key\":\"k\"}".formatted(NOWHERE);
    return Stream.of(
        Arguments.of("no key", Map.of()),
        Arguments.of("a version 1 key", Map.of("MOMENTO_API_KEY", base64(one))),
        Arguments.of("a legacy token", Map.of("MOMENTO_AUTH_TOKEN", jwt(claims))),
        Arguments.of(
            "a version 2 key",
            Map.of("MOMENTO_API_KEY", jwt("{\"t\":\"g\"}"), "MOMENTO_ENDPOINT", NOWHERE)));
  }

  private static String jwt(String claims) {
    return base64("{\"alg\":\"none\"}") + "." + base64(claims) + "." + base64("signature");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void theJarWithTheCacheClientStartsAndMovesTheRowsWith(String name, Map<String, String> key)
      throws Exception {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
      table.put(GROUP, BAYKO, "2026-03-19T10:00:01.000000+00:00", "new");
      Map<String, String> environment = new HashMap<>(environment(table.name()));
      environment.putAll(key);
      try (LambdaRuntime lambda =
          new LambdaRuntime(cacheFunction, HANDLER, environment, directory)) {

        assertThat(lambda.invoke(event(table.streamArn(), records(table))))
            .isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("new");
        assertThat(lambda.log()).doesNotContain("NoClassDefFound", "ClassNotFound", "SLF4J");
        if (key.isEmpty()) {
          assertThat(lambda.log()).doesNotContain("\"event\":\"cache\"");
        } else {
          assertThat(lambda.log()).contains("\"event\":\"cache\"", "Momento");
          key.values().stream()
              .filter(value -> !value.equals(NOWHERE))
              .forEach(value -> assertThat(log(lambda)).doesNotContain(value));
        }
      }
    }
  }

  @Test
  void aKeyIsReadFromItsSecretWithASignedRequest() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer secrets =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secrets.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
          asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          String one = "{\"endpoint\":\"%s\",\"api_key\":\"k\"}".formatted(NOWHERE);
          byte[] answer =
              ("{\"Name\":\"key\",\"SecretString\":\"" + base64(one) + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    secrets.start();
    String arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:momento-AbCdEf";
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
      table.put(GROUP, BAYKO, "2026-03-19T10:00:01.000000+00:00", "new");
      Map<String, String> environment = new HashMap<>(environment(table.name()));
      environment.put("MOMENTO_API_KEY_SECRET_ARN", arn);
      environment.put(
          "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:" + secrets.getAddress().getPort());
      try (LambdaRuntime lambda =
          new LambdaRuntime(cacheFunction, HANDLER, environment, directory)) {

        assertThat(lambda.invoke(event(table.streamArn(), records(table))))
            .isEqualTo("{\"batchItemFailures\":[]}");

        assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("new");
        assertThat(asked.get(0)).isEqualTo("secretsmanager.GetSecretValue");
        assertThat(asked.get(1)).startsWith("AWS4-HMAC-SHA256 Credential=local/");
        assertThat(asked.get(2)).isEqualTo("{\"SecretId\":\"" + arn + "\"}");
        assertThat(asked).hasSize(3);
        assertThat(lambda.log()).contains("\"event\":\"cache\"");
      }
    } finally {
      secrets.stop(0);
    }
  }

  private static String log(LambdaRuntime lambda) {
    try {
      return lambda.log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFailureNamesTheFirstRecordThatItConcerns() throws Exception {
    String first;
    String event;
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
      table.put(GROUP, BAYKO, "2026-03-19T10:00:01.000000+00:00", "hi");
      List<Record> records = records(table);
      event = event(table.streamArn().replace(table.name(), "no-such-table"), records);
      first =
          records.stream()
              .filter(r -> StreamChange.of(r).isMessage())
              .findFirst()
              .orElseThrow()
              .dynamodb()
              .sequenceNumber();
    }
    try (LambdaRuntime lambda =
        new LambdaRuntime(function, HANDLER, environment("no-such-table"), directory)) {

      assertThat(lambda.invoke(event))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + first + "\"}]}");

      assertThat(lambda.log()).contains("\"level\":\"ERROR\"", "\"event\":\"failed\"", GROUP);
    }
  }

  @Test
  void theJarHasNothingOfTheCommandLineTheLocalStackOrTheCacheClient() throws Exception {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("com/cruddur/ddb/trigger/TriggerLambda.class")
          .noneMatch(name -> name.matches("(picocli|momento|io/grpc|org/jline)/.*"))
          .noneMatch(name -> name.matches("com/cruddur/ddb/(cli|local|output|bulk)/.*"))
          .noneMatch(name -> name.startsWith("com/amazonaws/services/dynamodbv2/"));
    }
    assertThat(JAR.toFile().length()).isLessThan(10_000_000);
  }

  private static Map<String, String> environment(String table) {
    return Map.of(
        "DDB_MESSAGE_TABLE", table,
        "AWS_ENDPOINT_URL_DYNAMODB", TestStack.endpoint(),
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "local",
        "AWS_SECRET_ACCESS_KEY", "local");
  }

  private static List<Record> records(MessageTable table) {
    List<Record> records = new ArrayList<>();
    try (DynamoDbStreamsClient streams = TestStack.streams()) {
      new StreamPoller(
              streams,
              table.streamArn(),
              Checkpoints.inMemory(),
              Start.TRIM_HORIZON,
              batch -> {
                records.addAll(batch);
                return Optional.empty();
              },
              warning -> {},
              Backoff.jittered())
          .run(true);
    }
    return records;
  }

  /** Records in the form in which Lambda gets them. */
  private static String event(String arn, List<Record> records) {
    ObjectNode event = JSON.createObjectNode();
    for (Record record : records) {
      ObjectNode one = event.withArray("Records").addObject();
      one.put("eventID", record.eventID());
      one.put("eventName", record.eventNameAsString());
      one.put("eventVersion", record.eventVersion());
      one.put("eventSource", record.eventSource());
      one.put("awsRegion", record.awsRegion());
      one.put("eventSourceARN", arn);
      ObjectNode change = one.putObject("dynamodb");
      change.put(
          "ApproximateCreationDateTime",
          record.dynamodb().approximateCreationDateTime().getEpochSecond());
      change.set("Keys", attributes(record.dynamodb().keys()));
      change.set("NewImage", attributes(record.dynamodb().newImage()));
      change.put("SequenceNumber", record.dynamodb().sequenceNumber());
      change.put("SizeBytes", record.dynamodb().sizeBytes());
      change.put("StreamViewType", record.dynamodb().streamViewTypeAsString());
    }
    return event.toString();
  }

  private static ObjectNode attributes(Map<String, AttributeValue> attributes) {
    ObjectNode node = JSON.createObjectNode();
    attributes.forEach((name, value) -> node.putObject(name).put("S", value.s()));
    return node;
  }
}
