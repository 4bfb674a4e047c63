package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.dynamo.s3.S3Jobs;
import com.cruddur.ddb.dynamo.s3.S3Jobs.State;
import com.cruddur.ddb.dynamo.s3.S3Url;
import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.TestEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** On the engine, as the local target and by its url. */
class S3TransferTest {
  private static final String MANIFEST = "manifest-summary.json";

  @TempDir private Path folder;
  private TestEngine engine;
  private Path bucket;

  @BeforeEach
  void start() {
    engine = new TestEngine(folder.resolve("s3"), Faults.NONE);
    bucket = engine.bucket("bucket");
    Outcome.done(ddb("schema-load"));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void fill() {
    engine.pointInTimeRecovery("chat");
    for (int i = 0; i < 7; i++) {
      engine.put("chat", "p", "item" + i, "text");
    }
  }

  /** As on a machine whose local target this engine is. */
  private Result ddb(String... args) {
    return runner("chat").execute(args);
  }

  private DdbRunner runner(String table) {
    return DdbRunner.on(table)
        .clock(engine::now)
        .env("DDB_LOCAL_PORT", Integer.toString(engine.port()));
  }

  private List<ExportDescription> exports() {
    return engine.client().listExports(r -> {}).exportSummaries().stream()
        .map(e -> engine.client().describeExport(r -> r.exportArn(e.exportArn())))
        .map(described -> described.exportDescription())
        .toList();
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(bucket)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void anExportIsStartedFollowedAndCounted() throws IOException {
    fill();
    Result result = Outcome.done(ddb("export", "--to-s3", "s3://bucket/p", "-o", "json"));
    ExportDescription made = exports().get(0);
    assertThat(result.json().get("items").asLong()).isEqualTo(7);
    assertThat(result.json().get("bytes").asLong()).isEqualTo(7 * (2 + 1 + 2 + 5 + 4 + 4));
    assertThat(bucket.resolve(result.json().get("manifest").asText())).isRegularFile();
    assertThat(made.exportFormatAsString()).isEqualTo("DYNAMODB_JSON");
    assertThat(made.s3Prefix()).isEqualTo("p");
    assertThat(files(MANIFEST)).hasSize(1);
  }

  @Test
  void whatWasExportedIsImportedAsATableOfOursWithItsStream() throws IOException {
    fill();
    Outcome.done(ddb("export", "--to-s3", "s3://bucket/p"));
    String data = bucket.relativize(files(MANIFEST).get(0).getParent()) + "/data/";
    Result result =
        Outcome.done(
            runner("copy").execute("import", "--from-s3", "s3://bucket/" + data, "-o", "json"));
    assertThat(result.json().get("items").asLong()).isEqualTo(7);
    assertThat(result.json().get("errors").asLong()).isZero();
    assertThat(result.err()).contains("turned on the stream");
    var table = engine.client().describeTable(r -> r.tableName("copy")).table();
    assertThat(table.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
    assertThat(table.globalSecondaryIndexes().get(0).indexName())
        .isEqualTo("message-group-sk-index");
    Outcome.done(runner("copy").execute("diff", "chat", "copy"));
  }

  @Test
  void theFolderOfAnExportIsReadByImportToo() {
    fill();
    Outcome.done(ddb("export", "--to-s3", "s3://bucket/p"));
    Outcome.done(runner("copy").execute("schema-load"));
    Outcome.done(runner("copy").execute("import", bucket.resolve("p").toString()));
    Outcome.done(runner("copy").execute("diff", "chat", "copy"));
  }

  @Test
  void aDryRunStartsNoExportAndTellsWhatWouldHinderIt() {
    Result without = Outcome.failed(1, ddb("export", "--to-s3", "s3://bucket/p", "--dry-run"));
    assertThat(without.err()).contains("no point-in-time recovery");
    fill();
    Result dry = Outcome.done(ddb("export", "--to-s3", "s3://bucket/p", "--dry-run"));
    assertThat(dry.err()).endsWith("it would export table chat to s3://bucket/p\n");
    Outcome.failed(2, ddb("export", "--follow", "arn:x/export/1", "--dry-run"));
    assertThat(exports()).isEmpty();
  }

  @Test
  void anExportThatEndedEarlierHasUsedUpItsTokenAndTheNextOneStartsAnew() {
    fill();
    for (String place : List.of("p", "p", "p", "q")) {
      Outcome.done(ddb("export", "--to-s3", "s3://bucket/" + place));
    }
    assertThat(exports().stream().map(ExportDescription::clientToken))
        .hasSize(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void anImportIsDoneOnceAndAgainOnlyWhenItsTableWasDropped() throws IOException {
    Files.write(
        bucket.resolve("data.gz"),
        gzip("{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"1\"}}}\n"));
    String[] line = {"import", "--from-s3", "s3://bucket/data"};
    Outcome.done(runner("copy").execute(line));
    Outcome.done(runner("copy").execute(line));
    assertThat(engine.client().listImports(r -> {}).importSummaryList()).hasSize(1);
    Outcome.done(runner("copy").execute("drop", "--yes"));
    Outcome.done(runner("copy").execute(line));
    assertThat(engine.client().listImports(r -> {}).importSummaryList()).hasSize(2);
    assertThat(engine.client().scan(r -> r.tableName("copy")).count()).isEqualTo(1);
  }

  @Test
  void withoutPointInTimeRecoveryNothingIsStarted() {
    Result result = Outcome.failed(1, ddb("export", "--to-s3", "s3://bucket/p"));
    assertThat(result.err())
        .contains("no point-in-time recovery")
        .contains("'ddb schema-load --update --point-in-time-recovery --table chat'");
    assertThat(exports()).isEmpty();
  }

  @Test
  void anExportIntoABucketThatIsNotThereFailsAndNamesItsFolder() {
    fill();
    Result result = ddb("export", "--to-s3", "s3://nowhere/p");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.err())
        .contains("S3NoSuchBucket: The specified bucket does not exist")
        .contains(folder.resolve("s3/nowhere").toString());
    assertThat(folder.resolve("s3/nowhere")).doesNotExist();
  }

  @Test
  void anExportIntoABucketThatMayNotBeWrittenFails() throws IOException {
    fill();
    Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("r-x------"));
    try {
      Assumptions.assumeFalse(Files.isWritable(bucket), "this user may write everywhere");
      Result result = ddb("export", "--to-s3", "s3://bucket/p");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
      assertThat(result.err()).contains("S3AccessDenied: Access Denied: " + bucket);
    } finally {
      Files.setPosixFilePermissions(bucket, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void anImportFromABucketThatIsNotThereFailsAndLeavesNoTable() {
    Result result = runner("copy").execute("import", "--from-s3", "s3://nowhere/p");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.err()).contains("S3NoSuchBucket: The specified bucket does not exist");
    assertThat(engine.client().listTables().tableNames()).containsExactly("chat");
  }

  @Test
  void anImportWithErrorsEndsWith5AndTellsTheFirst() throws IOException {
    Files.write(
        bucket.resolve("data.gz"),
        gzip(
            "{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"1\"}}}\n"
                + "{\"Item\":{\"pk\":{\"S\":\"p\"}}}\n"
                + "{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"3\"}}}\n"));
    Result result = runner("copy").execute("import", "--from-s3", "s3://bucket/data", "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
    assertThat(result.json().get("items").asLong()).isEqualTo(2);
    assertThat(result.json().get("errors").asLong()).isEqualTo(1);
    assertThat(result.err())
        .contains("1 item was not imported: ItemValidationError")
        .contains("data.gz, item 2: ")
        .contains("Missing the key sk");
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void anImportIntoATableThatExistsIsRefused() {
    Result result = Outcome.failed(1, ddb("import", "--from-s3", "s3://bucket/p/data/"));
    assertThat(result.err()).contains("table chat exists").contains("--table");
  }

  @Test
  void aJobIsFollowedByItsArnWithoutStartingAnother() throws IOException {
    fill();
    Outcome.done(ddb("export", "--to-s3", "s3://bucket/p"));
    String data = bucket.relativize(files(MANIFEST).get(0).getParent()) + "/data/";
    Outcome.done(runner("copy").execute("import", "--from-s3", "s3://bucket/" + data));
    String export = exports().get(0).exportArn();
    String imported = engine.client().listImports(r -> {}).importSummaryList().get(0).importArn();
    Outcome.done(ddb("export", "--follow", export));
    Outcome.done(ddb("import", "--follow", imported));
    assertThat(exports()).hasSize(1);
    assertThat(engine.client().listImports(r -> {}).importSummaryList()).hasSize(1);
    Outcome.failed(3, ddb("export", "--follow", export.replaceAll("/[^/]*$", "/none")));
  }

  @Test
  void followingEndsWhenTheThreadIsInterruptedAndTheJobGoesOn() {
    S3Jobs jobs = new S3Jobs(engine.client(), engine::now);
    Backoff interrupting = attempt -> Thread.currentThread().interrupt();
    S3Jobs.Job running =
        new S3Jobs.Job(
            "arn:x/export/1",
            "arn:x",
            State.RUNNING,
            null,
            new S3Url("bucket", ""),
            0,
            0,
            0,
            null,
            null);
    S3Jobs.Job job = jobs.follow(running, interrupting, seen -> {});
    assertThat(Thread.interrupted()).isTrue();
    assertThat(job.state()).isEqualTo(State.RUNNING);
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
    Outcome.failed(2, ddb(command.split(" ")));
    assertThat(exports()).isEmpty();
    assertThat(engine.client().listImports(r -> {}).importSummaryList()).isEmpty();
  }

  /** AWS takes minutes; the engine is done before anybody can look. */
  @Test
  void aJobThatRunsIsToldWithHowToFollowIt() {
    String arn = "arn:aws:dynamodb:us-east-1:000000000000:table/chat/export/01";
    Deque<String> states = new ArrayDeque<>(List.of("IN_PROGRESS", "IN_PROGRESS", "COMPLETED"));
    try (StubDynamoDb slow =
        new StubDynamoDb(
            call ->
                StubDynamoDb.ok(
                    "{\"ExportDescription\":{\"ExportArn\":\"%s\",\"ExportStatus\":\"%s\","
                            .formatted(arn, states.size() > 1 ? states.poll() : states.peek())
                        + "\"S3Bucket\":\"bucket\",\"ItemCount\":7}}"))) {
      Result result =
          Outcome.done(
              runner("chat")
                  .env("AWS_ENDPOINT_URL", slow.endpoint())
                  .execute("export", "--follow", arn));
      assertThat(result.err())
          .contains("export " + arn + " runs; 'ddb export --follow " + arn + " --endpoint-url ");
      assertThat(slow.calls("DescribeExport")).hasSize(3);
    }
  }

  /** What answers so is DynamoDB Local, which no test may fetch. */
  @Test
  void whateverElseListensTellsItselfThatItKnowsNoS3() {
    try (StubDynamoDb other =
        new StubDynamoDb(
            call ->
                call.operation().equals("DescribeTable")
                    ? StubDynamoDb.ok(
                        "{\"Table\":{\"TableName\":\"chat\",\"TableStatus\":\"ACTIVE\",\"TableArn\":"
                            + "\"arn:aws:dynamodb:ddblocal:000000000000:table/chat\"}}")
                    : StubDynamoDb.error(400, "UnknownOperationException"))) {
      for (String command :
          List.of("export --to-s3 s3://bucket/p", "import --from-s3 s3://bucket/p")) {
        Result result =
            runner("chat").env("AWS_ENDPOINT_URL", other.endpoint()).execute(command.split(" "));
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.err()).contains("knows no export to S3 and no import from S3");
      }
    }
  }

  @Test
  void onProdAnImportAsksFirst() {
    Result result =
        runner("chat")
            .env("AWS_ENDPOINT_URL", engine.endpoint())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "a")
            .env("AWS_SECRET_ACCESS_KEY", "b")
            .execute("import", "--from-s3", "s3://bucket/p", "--prod");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
    assertThat(result.err())
        .contains("s3://bucket/p", "chat (DDB_MESSAGE_TABLE)", "the table is new");
    assertThat(engine.client().listImports(r -> {}).importSummaryList()).isEmpty();
  }
}
