package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Call;
import com.cruddur.ddb.StubDynamoDb.Reply;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.dynamo.s3.S3Jobs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a stub: DynamoDB Local knows none of these calls. */
class S3TransferTest {
  private static final String TABLE = "arn:aws:dynamodb:eu-west-1:1:table/chat";
  private static final String EXPORT = TABLE + "/export/01";
  private static final String IMPORT = TABLE + "/import/01";
  private static final String LOG = "arn:aws:logs:eu-west-1:1:log-group:/aws-dynamodb/imports:*";

  private final Deque<String> states = new ArrayDeque<>(List.of("IN_PROGRESS", "COMPLETED"));
  private String recovery = "ENABLED";
  private String exists = "";
  private int errors;
  private int endedEarlier;
  private String earlier = "COMPLETED";
  private boolean stream;
  private final StubDynamoDb stub = new StubDynamoDb(this::reply);

  @AfterEach
  void stop() {
    stub.close();
  }

  private Reply reply(Call call) {
    return switch (call.operation()) {
      case "DescribeContinuousBackups" ->
          StubDynamoDb.ok(
              "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                  + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\""
                  + recovery
                  + "\"}}}");
      case "DescribeTable" -> StubDynamoDb.ok("{\"Table\":" + table() + "}");
      case "UpdateTable" -> {
        stream = true;
        yield StubDynamoDb.ok("{\"TableDescription\":" + table() + "}");
      }
      case "ExportTableToPointInTime" ->
          StubDynamoDb.ok("{\"ExportDescription\":" + export("IN_PROGRESS") + "}");
      case "DescribeExport" ->
          call.body().contains("none")
              ? StubDynamoDb.error(400, "ExportNotFoundException")
              : StubDynamoDb.ok("{\"ExportDescription\":" + described() + "}");
      case "ImportTable" ->
          exists.isEmpty()
              ? StubDynamoDb.ok("{\"ImportTableDescription\":" + imported("IN_PROGRESS") + "}")
              : StubDynamoDb.error(400, exists);
      case "DescribeImport" ->
          StubDynamoDb.ok("{\"ImportTableDescription\":" + imported(next()) + "}");
      default -> StubDynamoDb.error(400, "UnknownOperationException");
    };
  }

  /** Jobs that ended long ago first: their tokens are used up. */
  private String described() {
    return endedEarlier-- > 0 ? export(earlier, 1) : export(next());
  }

  private String next() {
    return states.size() > 1 ? states.poll() : states.peek();
  }

  private String table() {
    return "{\"TableName\":\"chat\",\"TableStatus\":\"ACTIVE\",\"TableArn\":\""
        + TABLE
        + "\",\"ItemCount\":7"
        + (stream
            ? ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"}"
            : "")
        + "}";
  }

  private static String export(String status) {
    return export(status, 4_000_000_000L);
  }

  private static String export(String status, long end) {
    return "{\"ExportArn\":\"%s\",\"TableArn\":\"%s\",\"ExportStatus\":\"%s\",\"S3Bucket\":\"bucket\","
            .formatted(EXPORT, TABLE, status)
        + "\"S3Prefix\":\"p\",\"ItemCount\":7,\"BilledSizeBytes\":700,\"EndTime\":%d,"
            .formatted(end)
        + "\"ExportManifest\":\"p/AWSDynamoDB/01/manifest-summary.json\""
        + (status.equals("FAILED")
            ? ",\"FailureCode\":\"S3NoSuchBucket\",\"FailureMessage\":\"no such bucket\"}"
            : "}");
  }

  private String imported(String status) {
    return "{\"ImportArn\":\"%s\",\"TableArn\":\"%s\",\"ImportStatus\":\"%s\",\"ErrorCount\":%d,"
            .formatted(IMPORT, TABLE, status, errors)
        + "\"S3BucketSource\":{\"S3Bucket\":\"bucket\",\"S3KeyPrefix\":\"p/data/\"},"
        + "\"ImportedItemCount\":5,\"ProcessedSizeBytes\":500,\"CloudWatchLogGroupArn\":\""
        + LOG
        + "\"}";
  }

  private Result run(String... args) {
    return DdbRunner.on("chat")
        .env("DDB_LOCAL_ACCOUNTS", "1")
        .env("AWS_ENDPOINT_URL", stub.endpoint())
        .execute(args);
  }

  private JsonNode body(String operation, int number) {
    try {
      return new ObjectMapper().readTree(stub.calls(operation).get(number).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExportIsStartedFollowedAndCounted() {
    Result result = Outcome.done(run("export", "--to-s3", "s3://bucket/p", "-o", "json"));
    assertThat(result.json().get("items").asLong()).isEqualTo(7);
    assertThat(result.json().get("bytes").asLong()).isEqualTo(700);
    assertThat(result.json().get("manifest").asText()).contains("manifest-summary.json");
    assertThat(result.err()).contains("'ddb export --follow " + EXPORT + " --endpoint-url ");
    JsonNode request = body("ExportTableToPointInTime", 0);
    assertThat(request.get("TableArn").asText()).isEqualTo(TABLE);
    assertThat(request.get("S3Bucket").asText()).isEqualTo("bucket");
    assertThat(request.get("S3Prefix").asText()).isEqualTo("p");
    assertThat(request.get("ExportFormat").asText()).isEqualTo("DYNAMODB_JSON");
  }

  @Test
  void aDryRunStartsNoExportAndTellsWhatWouldHinderIt() {
    Result dry = Outcome.done(run("export", "--to-s3", "s3://bucket/p", "--dry-run"));
    assertThat(dry.err()).endsWith("it would export table chat to s3://bucket/p\n");
    Outcome.failed(2, run("export", "--follow", EXPORT, "--dry-run"));
    recovery = "DISABLED";
    Outcome.failed(1, run("export", "--to-s3", "s3://bucket/p", "--dry-run"));
    assertThat(stub.calls("ExportTableToPointInTime")).isEmpty();
  }

  @Test
  void aRepeatedStartHasTheSameTokenAndAnotherPlaceAnother() {
    run("export", "--to-s3", "s3://bucket/p");
    run("export", "--to-s3", "s3://bucket/p");
    run("export", "--to-s3", "s3://bucket/q");
    String token = body("ExportTableToPointInTime", 0).get("ClientToken").asText();
    assertThat(body("ExportTableToPointInTime", 1).get("ClientToken").asText()).isEqualTo(token);
    assertThat(body("ExportTableToPointInTime", 2).get("ClientToken").asText()).isNotEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETED", "FAILED"})
  void jobsThatEndedEarlierUseUpTheirTokensAndTheNextOneStartsAnew(String state) {
    earlier = state;
    endedEarlier = 2;
    Outcome.done(run("export", "--to-s3", "s3://bucket/p"));
    assertThat(stub.calls("ExportTableToPointInTime")).hasSize(3);
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(n -> body("ExportTableToPointInTime", n).get("ClientToken").asText()))
        .doesNotHaveDuplicates();
  }

  @Test
  void withoutPointInTimeRecoveryNothingIsStarted() {
    recovery = "DISABLED";
    Result result = Outcome.failed(1, run("export", "--to-s3", "s3://bucket/p"));
    assertThat(result.err())
        .contains("no point-in-time recovery")
        .contains("aws dynamodb update-continuous-backups --table-name chat ");
    assertThat(stub.calls("ExportTableToPointInTime")).isEmpty();
  }

  @Test
  void aFailedExportSaysWhy() {
    states.clear();
    states.add("FAILED");
    Result result = run("export", "--to-s3", "s3://bucket/p");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains("S3NoSuchBucket: no such bucket");
    assertThat(stub.calls("ExportTableToPointInTime")).hasSize(1);
  }

  @Test
  void anImportMakesOurTableAndTurnsTheStreamOn() {
    Result result = Outcome.done(run("import", "--from-s3", "s3://bucket/p/data/", "-o", "json"));
    assertThat(result.json().get("items").asLong()).isEqualTo(5);
    JsonNode request = body("ImportTable", 0);
    assertThat(request.get("InputFormat").asText()).isEqualTo("DYNAMODB_JSON");
    assertThat(request.get("InputCompressionType").asText()).isEqualTo("GZIP");
    assertThat(request.get("S3BucketSource").get("S3KeyPrefix").asText()).isEqualTo("p/data/");
    JsonNode made = request.get("TableCreationParameters");
    assertThat(made.get("TableName").asText()).isEqualTo("chat");
    assertThat(made.get("KeySchema").toString()).contains("pk", "HASH", "sk", "RANGE");
    assertThat(made.get("GlobalSecondaryIndexes").get(0).get("IndexName").asText())
        .isEqualTo("message-group-sk-index");
    assertThat(body("UpdateTable", 0).get("StreamSpecification").get("StreamViewType").asText())
        .isEqualTo("NEW_IMAGE");
    assertThat(result.err()).contains("turned on the stream");
  }

  @Test
  void anImportWithErrorsEndsWith5AndNamesItsLog() {
    errors = 3;
    Result result = run("import", "--from-s3", "s3://bucket/p/data/", "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
    assertThat(result.json().get("errors").asLong()).isEqualTo(3);
    assertThat(result.err()).contains("3 items were not imported, see " + LOG);
  }

  @Test
  void anImportIntoATableThatExistsIsRefused() {
    exists = "ResourceInUseException";
    Result result = Outcome.failed(1, run("import", "--from-s3", "s3://bucket/p/data/"));
    assertThat(result.err()).contains("table chat exists").contains("--table");
  }

  @Test
  void aJobIsFollowedByItsArnWithoutStartingAnother() {
    Outcome.done(run("export", "--follow", EXPORT));
    Outcome.done(run("import", "--follow", IMPORT));
    assertThat(stub.calls("ExportTableToPointInTime")).isEmpty();
    assertThat(stub.calls("ImportTable")).isEmpty();
    Outcome.failed(3, run("export", "--follow", TABLE + "/export/none"));
  }

  @Test
  void followingEndsWhenTheThreadIsInterruptedAndTheJobGoesOn() {
    S3Jobs jobs = new S3Jobs(stub.client(), InstantSource.system());
    Backoff interrupting = attempt -> Thread.currentThread().interrupt();
    S3Jobs.Job job = jobs.follow(jobs.describe(EXPORT), interrupting, seen -> {});
    assertThat(Thread.interrupted()).isTrue();
    assertThat(job.state()).isEqualTo(S3Jobs.State.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export --to-s3 bucket",
        "export --to-s3 s3://B_/p",
        "export --to-s3 s3://bucket//p",
        "import --from-s3 https://bucket/p",
        "import --from-s3 s3://bucket/p --follow a/import/b",
        "import --from-s3 s3://bucket/p file",
        "export --to-s3 s3://bucket/p --out x",
        "import",
      })
  void whatCannotBeMeantIsRefused(String command) {
    Outcome.failed(2, run(command.split(" ")));
    assertThat(stub.calls()).isEmpty();
  }

  @Test
  void theLocalStackKnowsNoS3() {
    for (String command :
        new String[] {"export --to-s3 s3://bucket/p", "import --from-s3 s3://bucket/p"}) {
      assertThat(Outcome.failed(2, DdbRunner.run(command.split(" "))).err())
          .contains("DynamoDB Local knows no export to S3");
    }
  }

  @Test
  void onProdAnImportAsksFirst() {
    Result result =
        DdbRunner.on("chat")
            .env("AWS_ENDPOINT_URL", stub.endpoint())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "a")
            .env("AWS_SECRET_ACCESS_KEY", "b")
            .execute("import", "--from-s3", "s3://bucket/p", "--prod");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
    assertThat(result.err())
        .contains("s3://bucket/p", "chat (DDB_MESSAGE_TABLE)", "the table is new");
    assertThat(stub.calls("ImportTable")).isEmpty();
  }
}
