package com.cruddur.ddb.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Each problem is there for real, except what only AWS does: a stub answers for it. */
class DoctorCommandTest {
  /** The column of what was found. */
  private static final int FOUND = 30;

  private static final String STREAM_OFF = "\"StreamSpecification\":{\"StreamEnabled\":false}";
  private static final String STREAM_ON =
      "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"}";

  private final MessageTable table = MessageTable.create();

  /** The one finding of a check. */
  private static JsonNode finding(Result result, String check) {
    List<JsonNode> found =
        result.items().stream().filter(i -> i.get("check").asText().equals(check)).toList();
    assertThat(found).as(check + " in " + result).hasSize(1);
    return found.get(0);
  }

  private static void assertProblem(Result result, String check, String found, String cure) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
    JsonNode one = finding(result, check);
    assertThat(one.get("status").asText()).as(result.toString()).isEqualTo("problem");
    assertThat(one.get("found").asText()).contains(found);
    assertThat(one.get("why").asText()).isNotBlank();
    assertThat(one.get("cure").asText()).contains(cure);
  }

  private static void assertOk(Result result, String check, String found) {
    JsonNode one = finding(result, check);
    assertThat(one.get("status").asText()).as(result.toString()).isEqualTo("ok");
    assertThat(one.get("found").asText()).contains(found);
  }

  @Test
  void isAsWideAsTheTerminalAndBreaksNoCommand() {
    DdbRunner missing = DdbRunner.on("not-there");
    for (int columns : new int[] {60, 80, 200}) {
      String out = missing.terminal("1:" + columns).execute("doctor").out();
      assertThat(out).contains("'ddb schema-load --table not-there'");
      assertThat(out.lines().filter(line -> !line.contains("'")))
          .allMatch(
              // But for a word that is longer than its column, such as a path.
              line -> line.length() <= columns || !line.substring(FOUND).contains(" "),
              columns + "");
    }
    assertThat(missing.execute("doctor").out().lines().filter(line -> line.contains("cure:")))
        .anyMatch(line -> line.contains("or name another with --table"));
  }

  private static Result doctor(DdbRunner ddb, String... more) {
    List<String> line = new ArrayList<>(List.of("doctor", "-o", "json"));
    line.addAll(List.of(more));
    return ddb.execute(line.toArray(String[]::new));
  }

  @Test
  void aHealthyStackHasNoProblemAndEveryCheckIsTold() {
    String cache = "doctor-" + MessageTable.uuid();
    DdbRunner ddb = table.runner().env("MOMENTO_CACHE_NAME", cache);
    Outcome.done(ddb.execute("cache", "create"));
    Result result = Outcome.done(doctor(ddb));
    assertThat(result.items())
        .extracting(item -> item.get("check").asText())
        .containsExactly(
            "java",
            "launcher",
            "archive",
            "setting endpoint",
            "setting region",
            "setting credentials",
            "setting table",
            "local stack",
            "endpoint",
            "credentials",
            "clock",
            "table",
            "schema",
            "index",
            "stream",
            "capacity",
            "throttling",
            "backup",
            "cache key",
            "cache",
            "cache limits");
    assertOk(result, "setting region", "us-east-1 (default of a local endpoint)");
    assertOk(result, "throttling", " RCU");
    assertOk(result, "capacity", "on-demand");
    assertOk(result, "cache", cache);
    assertThat(finding(result, "backup").get("status").asText()).isEqualTo("skipped");
    assertThat(result.err()).contains("21 checks: 0 problems");
    Outcome.done(ddb.execute("cache", "delete", "--yes"));
  }

  @Test
  void aPersonReadsWhyAndTheCureBelowEachProblem() {
    MessageTable absent = MessageTable.absent();
    Result result = absent.ddb("doctor");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out())
        .contains(
            "problem  table                "
                + absent.name()
                + " does not exist\n"
                + "         why:                 there is nothing to read or write\n"
                + "         cure:                'ddb schema-load --table ");
    assertThat(absent.ddb("doctor", "-o", "csv").out()).startsWith("status,check,found,why,cure");
    assertThat(absent.ddb("doctor", "-o", "ndjson").out().lines()).allMatch(l -> l.startsWith("{"));
    assertThat(absent.exists()).isFalse();
  }

  @Test
  void aTableOfAnotherSchemaHasEachDifferenceTold() {
    MessageTable other = MessageTable.absent();
    MessageTable.client()
        .createTable(
            r ->
                r.tableName(other.name())
                    .attributeDefinitions(
                        a -> a.attributeName("pk").attributeType(ScalarAttributeType.N))
                    .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
    Result result = doctor(other.runner());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(
            result.items().stream()
                .filter(i -> i.get("check").asText().equals("schema"))
                .map(i -> i.get("found").asText()))
        .anyMatch(found -> found.startsWith("table key: expected pk HASH, sk RANGE"))
        .anyMatch(found -> found.startsWith("type of pk: expected S, found N"))
        .anyMatch(found -> found.startsWith("index: expected message-group-sk-index"));
    assertThat(result.items())
        .filteredOn(i -> i.get("found").asText().startsWith("index: expected"))
        .allMatch(i -> i.get("cure").asText().startsWith("'ddb schema-load --update "));
    assertProblem(
        result, "stream", "off", "aws dynamodb update-table --table-name " + other.name());
  }

  @Test
  void aLocalStackThatIsDownIsToldAndNotStarted() throws Exception {
    int port = FreePorts.next();
    Result result = doctor(table.runner().env("DDB_LOCAL_PORT", "" + port));
    assertProblem(result, "local stack", "nothing listens on port " + port, "ddb setup");
    try (ServerSocket free = new ServerSocket(port)) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void aDeadEndpointLeavesTheOtherChecksToGoOn() {
    Result result = doctor(table.runner(), "--endpoint-url", "http://127.0.0.1:1");
    assertThat(result.items())
        .anyMatch(i -> i.get("found").asText().equals("http://127.0.0.1:1: nothing answers"));
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(finding(result, "cache").get("status").asText()).isEqualTo("skipped");
    Result unknown = doctor(table.runner(), "--endpoint-url", "http://nowhere.invalid:8000");
    assertThat(unknown.out()).contains("no host of this name is known");
  }

  @Test
  void aMuteEndpointEndsInTime() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<Socket> held = new ArrayList<>();
      Thread accepting =
          new Thread(
              () -> {
                try {
                  while (true) {
                    held.add(mute.accept());
                  }
                } catch (IOException end) {
                  // The test is over.
                }
              });
      accepting.setDaemon(true);
      accepting.start();
      Result result =
          doctor(
              table.runner(),
              "--timeout=2",
              "--endpoint-url",
              "http://127.0.0.1:" + mute.getLocalPort());
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.out()).contains("no answer in time");
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void whatIsNoDynamoDbIsTold() {
    try (StubDynamoDb stub =
        new StubDynamoDb(call -> new StubDynamoDb.Reply(404, "<html>It works!</html>"))) {
      Result result = doctor(table.runner(), "--endpoint-url", stub.endpoint());
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.out()).contains("HTTP status 404", "Is it DynamoDB that answers there?");
    }
  }

  /**
   * A DynamoDB Local that was started without -sharedDb keeps a database for each key and region.
   */
  @Test
  void aTableThatStandsUnderAnotherKeyOrRegionIsFoundThere() {
    try (StubDynamoDb alone = new StubDynamoDb(DoctorCommandTest::answerAlone)) {
      String place = "key id dummy and region eu-west-1";
      DdbRunner ddb = DdbRunner.on("alone");
      assertProblem(doctor(ddb, "--endpoint-url", alone.endpoint()), "table", place, "-sharedDb");
      String port = alone.endpoint().substring(alone.endpoint().lastIndexOf(':') + 1);
      Result local = doctor(ddb.env("DDB_LOCAL_PORT", port));
      assertProblem(local, "table", place, "-sharedDb");
      assertThat(finding(local, "local stack").get("found").asText())
          .contains("something that ddb did not start listens on port " + port);
    }
  }

  private static StubDynamoDb.Reply answerAlone(StubDynamoDb.Call call) {
    if (call.operation().equals("ListTables")) {
      return StubDynamoDb.ok("{\"TableNames\":[]}");
    }
    String signed = String.valueOf(call.headers().getFirst("Authorization"));
    boolean there = signed.contains("Credential=dummy/") && signed.contains("/eu-west-1/");
    return there
        ? StubDynamoDb.ok("{\"Table\":{\"TableName\":\"alone\",\"TableStatus\":\"ACTIVE\"}}")
        : StubDynamoDb.error(400, "ResourceNotFoundException");
  }

  @Test
  void aClockThatIsOffIsToldByTheServersDate() {
    Result far = doctor(table.runner().clock(() -> Instant.now().plus(Duration.ofMinutes(10))));
    assertProblem(far, "clock", "ahead of the server's", "timedatectl");
    Result near = doctor(table.runner().clock(() -> Instant.now().minusSeconds(90)));
    assertThat(finding(near, "clock").get("status").asText()).isEqualTo("note");
    assertThat(finding(near, "clock").get("found").asText()).contains("behind");
  }

  @Test
  void credentialsThatAreRefusedAreTold() {
    for (String code : List.of("ExpiredTokenException", "UnrecognizedClientException")) {
      try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.error(400, code))) {
        Result result = doctor(table.runner(), "--endpoint-url", stub.endpoint());
        String cure = code.startsWith("Expired") ? "aws sso login" : "aws sts get-caller-identity";
        assertProblem(result, "credentials", "stub", cure);
      }
    }
  }

  // What only AWS has: another account

  private Result onAws(String stream, String index, String recovery, String query) {
    try (StubDynamoDb stub =
        new StubDynamoDb(
            call ->
                switch (call.operation()) {
                  case "ListTables" -> StubDynamoDb.ok("{\"TableNames\":[]}");
                  case "DescribeTable" -> StubDynamoDb.ok(description(stream, index));
                  case "DescribeContinuousBackups" ->
                      StubDynamoDb.ok(
                          "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":"
                              + "\"ENABLED\",\"PointInTimeRecoveryDescription\":{"
                              + "\"PointInTimeRecoveryStatus\":\"%s\"}}}".formatted(recovery));
                  default ->
                      query == null
                          ? StubDynamoDb.ok("{\"Items\":[]}")
                          : StubDynamoDb.error(400, query);
                })) {
      return doctor(table.runner(), "--endpoint-url", stub.endpoint());
    }
  }

  private static String description(String stream, String index) {
    return """
        {"Table":{"TableName":"t","TableStatus":"ACTIVE","ItemCount":7,
        "TableArn":"arn:aws:dynamodb:eu-west-1:123456789012:table/t",
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":6},
        "GlobalSecondaryIndexes":[{"IndexName":"message-group-sk-index","IndexStatus":"%s",
        "Backfilling":true,"Projection":{"ProjectionType":"ALL"},"KeySchema":[
        {"AttributeName":"message_group_uuid","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}],
        %s}}
        """
        .formatted(index, stream);
  }

  @Test
  void backupsThatAreOffAreAProblem() {
    Result off = onAws(STREAM_ON, "ACTIVE", "DISABLED", null);
    assertProblem(off, "backup", "off", "PointInTimeRecoveryEnabled=true");
    Result on = Outcome.done(onAws(STREAM_ON, "ACTIVE", "ENABLED", null));
    assertOk(on, "backup", "on");
    assertOk(on, "capacity", "provisioned, 5 RCU, 6 WCU");
    assertOk(on, "table", "about 7 items, account 123456789012, region eu-west-1");
  }

  @Test
  void anIndexThatIsBeingFilledIsAProblem() {
    Result result = onAws(STREAM_OFF, "CREATING", "ENABLED", null);
    assertProblem(result, "index", "CREATING, being filled", "wait");
    assertProblem(result, "stream", "off", "StreamEnabled=true");
  }

  @Test
  void aTableThatIsThrottledIsAProblem() {
    Result result = onAws(STREAM_ON, "ACTIVE", "ENABLED", "ThrottlingException");
    assertProblem(result, "throttling", "stub", "PAY_PER_REQUEST");
    Result denied = onAws(STREAM_ON, "ACTIVE", "ENABLED", "AccessDeniedException");
    assertProblem(denied, "read", "stub", "");
  }

  // The cache

  @Test
  void aCacheThatIsMissingIsToldWithItsCure() {
    Result result = doctor(table.runner().env("MOMENTO_CACHE_NAME", "no-such"));
    assertProblem(result, "cache", "cache no-such does not exist", "ddb cache create no-such");
    Result down = doctor(table.runner().env("DDB_LOCAL_CACHE_PORT", "1"));
    assertProblem(down, "cache", "port 1: nothing answers", "ddb local start");
    Result long_ = doctor(table.runner().env("MOMENTO_TTL_SECONDS", "90000"));
    assertThat(finding(long_, "cache limits").get("status").asText()).isEqualTo("note");
  }

  @Test
  void aKeyThatCannotBeUsedIsToldAndNotShown() {
    DdbRunner ddb =
        table
            .runner()
            .env("DDB_LOCAL_PORT", "1")
            .env("AWS_SECRET_ACCESS_KEY", "do-not-tell")
            .env("MOMENTO_API_KEY", "do-not-tell");
    Result result = doctor(ddb, "--endpoint-url", TestStack.endpoint());
    assertProblem(result, "cache key", "the key has none of the forms", "gomomento.com");
    assertThat(result.out() + result.err()).doesNotContain("do-not-tell");
  }
}
