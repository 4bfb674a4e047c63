package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.TestStack;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The twelve most likely mistakes, as transcripts: what one types, what is printed, the exit code,
 * and what is so afterwards.
 */
class TwelveMistakesTest {
  private static final String THEN = "2026-03-19T10:00:00.000000+00:00";

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();

  /** Asserts all that a command line printed, and its exit code. */
  private static void transcript(Result result, int exitCode, String err) {
    assertThat(result.err()).as(result.toString()).isEqualTo(err);
    assertThat(result.out()).as(result.toString()).isEmpty();
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
  }

  @Test
  void one_theWrongRegion() {
    // The table stands in eu-west-1, and the operator's shell says us-east-1.
    try (StubDynamoDb aws = onlyIn("eu-west-1")) {
      DdbRunner ddb = DdbRunner.on("cruddur-messages").env("AWS_ENDPOINT_URL", aws.endpoint());
      String there = "--endpoint-url " + aws.endpoint() + " --region us-east-1";
      transcript(
          ddb.env("AWS_REGION", "us-east-1").execute("scan"),
          3,
          """
          ddb: endpoint %s: table cruddur-messages does not exist in region us-east-1
            hint: Make it with 'ddb schema-load %s', which waits if it is being made; 'ddb list-tables %s' shows what is there; 'ddb doctor %s' looks in other regions.
          """
              .formatted(aws.endpoint(), there, there, there));
      // The doctor finds it.
      Result doctor = ddb.env("AWS_REGION", "us-east-1").execute("doctor");
      assertThat(doctor.exitCode()).isEqualTo(5);
      assertThat(doctor.out())
          .contains("cruddur-messages does not exist here, but with", "region eu-west-1");
      assertThat(aws.calls())
          .extracting(StubDynamoDb.Call::operation)
          .doesNotContain("CreateTable");
      Outcome.done(ddb.env("AWS_REGION", "eu-west-1").execute("scan"));
    }
  }

  /** A DynamoDB that has every table in one region, and none in the others. */
  private static StubDynamoDb onlyIn(String region) {
    return new StubDynamoDb(
        call -> {
          if (call.operation().equals("ListTables")) {
            return StubDynamoDb.ok("{\"TableNames\":[]}");
          } else if (!call.headers().getFirst("Authorization").contains("/" + region + "/")) {
            return StubDynamoDb.error(400, "ResourceNotFoundException");
          }
          return StubDynamoDb.ok(
              call.operation().equals("DescribeTable")
                  ? "{\"Table\":{\"TableName\":\"cruddur-messages\",\"TableStatus\":\"ACTIVE\",\"ItemCount\":0}}"
                  : "{\"Items\":[]}");
        });
  }

  @Test
  void two_noCredentials() {
    DdbRunner ddb = production(Map.of("AWS_REGION", "eu-west-1"));
    transcript(
        ddb.execute("scan", "--prod"),
        6,
        """
        ddb: AWS in eu-west-1: no credentials: no keys in the environment, no profile, and AWS_EC2_METADATA_DISABLED is set
          hint: Name a profile with --profile, or run 'aws configure' or 'aws sso login'.
        """);
  }

  /** An environment without configuration files of AWS. */
  private DdbRunner production(Map<String, String> more) {
    DdbRunner ddb =
        DdbRunner.fresh().env("HOME", folder.toString()).env("AWS_EC2_METADATA_DISABLED", "true");
    for (Map.Entry<String, String> variable : more.entrySet()) {
      ddb = ddb.env(variable.getKey(), variable.getValue());
    }
    return ddb;
  }

  @Test
  void three_anExpiredToken() {
    try (StubDynamoDb aws =
        new StubDynamoDb(c -> StubDynamoDb.error(400, "ExpiredTokenException"))) {
      transcript(
          table.ddb("seed", "--endpoint-url", aws.endpoint()),
          6,
          """
          ddb: endpoint %s: the credentials have expired: stub
            hint: Get new ones: 'aws sso login', or renew AWS_SESSION_TOKEN.
          """
              .formatted(aws.endpoint()));
      // Asked once, not again and again.
      assertThat(aws.calls()).hasSize(1);
    }
  }

  @Test
  void four_theTableIsMissing() {
    MessageTable absent = MessageTable.absent();
    transcript(
        absent.ddb("seed"),
        3,
        """
        ddb: the local stack at http://localhost:%d: table %s does not exist
          hint: Make it with 'ddb schema-load --table %s', which waits if it is being made; 'ddb list-tables' shows what is there.
        """
            .formatted(TestStack.port(), absent.name(), absent.name()));
    assertThat(absent.exists()).isFalse();
    Outcome.done(absent.ddb("schema-load"));
    Outcome.done(absent.ddb("seed"));
  }

  @Test
  void five_theLocalStackIsDown() throws IOException {
    // A bare command would start it; an endpoint that somebody exported long ago is never started.
    int port = FreePorts.next();
    DdbRunner ddb = table.runner().env("AWS_ENDPOINT_URL", "http://localhost:" + port);
    transcript(
        ddb.execute("list-tables"),
        6,
        """
        ddb: endpoint http://localhost:%d: nothing answers (connection refused)
          hint: Check --endpoint-url and AWS_ENDPOINT_URL, or leave them out to use the local stack.
        """
            .formatted(port));
    assertThat(ddb.execute("doctor").out())
        .contains("setting endpoint     http://localhost:" + port + " (AWS_ENDPOINT_URL)");
  }

  @Test
  void six_thePortIsTaken() throws IOException {
    try (StubDynamoDb other = new StubDynamoDb(c -> new StubDynamoDb.Reply(404, "<html>"));
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DdbRunner ddb =
          table
              .runner()
              .env("XDG_STATE_HOME", folder.toString())
              .env("DDB_LOCAL_PORT", "" + taken.getLocalPort());
      Result start = ddb.execute("local", "start");
      assertThat(start.err().replaceAll(" \\(pid \\d+, java\\)", ""))
          .isEqualTo(
              """
              ddb: Port %d is taken by another program.
                hint: Stop that program, or choose another port with --port or DDB_LOCAL_PORT.
              """
                  .formatted(taken.getLocalPort()));
      assertThat(start.exitCode()).isEqualTo(1);
      assertThat(ddb.execute("local", "status").exitCode()).isEqualTo(3);

      // A bare command meets a web server where it expects the stack.
      int port = Integer.parseInt(other.endpoint().replaceAll(".*:", ""));
      transcript(
          ddb.env("DDB_LOCAL_PORT", "" + port).execute("list-tables"),
          1,
          """
          ddb: the local stack at http://localhost:%d: HTTP status 404
            hint: Another program answers there: stop it, or set DDB_LOCAL_PORT to another port.
          """
              .formatted(port));
    }
  }

  @Test
  void seven_theWrongTableName() {
    String typo = table.name() + "s";
    transcript(
        table.ddb("drop", "--yes", "--table", typo),
        3,
        """
        ddb: the local stack at http://localhost:%d: table %s does not exist
          hint: Make it with 'ddb schema-load --table %s', which waits if it is being made; 'ddb list-tables' shows what is there.
        """
            .formatted(TestStack.port(), typo, typo));
    assertThat(table.exists()).isTrue();
  }

  @Test
  void eight_aDropInProductionByHabit() {
    table.conversation(THEN, "precious");
    // Production is what --prod reaches: here the test stack, by the SDK's own variables.
    DdbRunner operator =
        production(
            Map.of(
                // STS too is asked there, where nobody knows it.
                "AWS_ENDPOINT_URL", TestStack.endpoint(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "DDB_MESSAGE_TABLE", table.name()));
    transcript(
        operator.execute("drop", "--prod", "--yes"),
        4,
        """
        About to delete the table and all its items
          endpoint     %s (AWS_ENDPOINT_URL)
          account      000000000000 (the table's ARN)
          caller       unknown (STS: HTTP status 400)
          credentials  AKIAEXAMPLE (AWS_ACCESS_KEY_ID)
          region       eu-west-1 (AWS_REGION)
          table        %s (DDB_MESSAGE_TABLE)
          items        about 3
        ddb: refused to delete the table and all its items without being asked at a terminal
          hint: Nothing was changed. On --prod --yes is not enough: add --confirm-table NAME.
        """
            .formatted(TestStack.endpoint(), table.name()));
    assertThat(table.items()).hasSize(3);
    Outcome.done(
        operator.execute("drop", "--prod", "--yes", "--confirm-table", table.name(), "-q"));
    assertThat(table.exists()).isFalse();
  }

  @Test
  void nine_aHugePaste() {
    String group = table.conversation(THEN, "hello");
    String[] line = {"send-message", group, "-", "--from", "bayko"};
    transcript(
        table.runner().stdin("x".repeat(1025)).execute(line),
        2,
        """
        ddb: the message has 1025 characters, the limit is 1,024
          hint: Shorten it, or send it in parts.
        """);
    transcript(
        table.runner().stdin("x".repeat(3_000_000)).execute(line),
        2,
        """
        ddb: the message on standard input is over 1 MB
          hint: A message has at most 1,024 characters.
        """);
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void ten_aClosedPipe() {
    // ddb scan | head -1
    for (int i = 0; i < 50; i++) {
      table.put("pk", "MSG#" + i, "sk", THEN, "message", "x".repeat(20_000));
    }
    HeadOne head = new HeadOne();
    Result result = table.runner().execute(head, "scan", "-o", "ndjson");
    transcript(result, 0, "");
    assertThat(head.seen.toString(UTF_8)).startsWith("{\"pk\":\"MSG#");
  }

  /** Reads one line, then goes away. */
  private static final class HeadOne extends java.io.OutputStream {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private boolean gone;

    @Override
    public void write(int one) throws IOException {
      if (gone) {
        throw new IOException("Broken pipe");
      }
      seen.write(one);
      gone = one == '\n';
    }
  }

  @Test
  void eleven_ctrlCInABulkJob() throws Exception {
    String group = MessageTable.uuid();
    Instant first = Instant.parse("2026-03-19T10:00:00Z");
    Path file = SeedLines.write(folder.resolve("many.ndjson"), group, first, 6_000);
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    // What would end the seed before it is interrupted waits until it is.
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch amidst = new CountDownLatch(1);
    FaultyProxy.Plan plan =
        (operation, number) -> {
          if (operation.equals("BatchWriteItem") && number > 10) {
            amidst.countDown();
            await(interrupted);
          }
          return Fault.NONE;
        };
    try (FaultyProxy proxy = new FaultyProxy(TestStack.endpoint(), plan);
        DdbProcess seed =
            DdbProcess.start(
                environment,
                "seed",
                file.toString(),
                "--users",
                "seed-data/users.json",
                "--endpoint-url",
                proxy.endpoint())) {
      await(amidst);
      seed.interrupt();
      TimeUnit.MILLISECONDS.sleep(500);
      interrupted.countDown();
      Result result = seed.await();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(130);
      assertThat(result.out()).isEmpty();
      // Progress is told too, when it took long.
      assertThat(result.err().lines().filter(line -> !line.contains(" a second")))
          .containsExactly("ddb: interrupted; run the same command again to go on");
    }
    // Run again, it goes on: every record is accounted for, nothing is doubled.
    Result again = Outcome.done(table.ddb("seed", file.toString(), "-o", "json"));
    JsonNode messages =
        again.items().stream()
            .filter(item -> item.get("kind").asText().equals("message"))
            .findFirst()
            .orElseThrow();
    assertThat(messages.get("read").asInt()).isEqualTo(6_000);
    // What the first run did counts as its own when the checkpoint was written before Ctrl-C.
    assertThat(messages.get("written").asInt() + messages.get("unchanged").asInt())
        .isEqualTo(6_000);
    assertThat(table.messages(group)).hasSize(6_000);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void twelve_twoOperatorsAtOnce() {
    // Both make the table: one does, the other finds it.
    MessageTable fresh = MessageTable.absent();
    List<Result> made = both(() -> fresh.ddb("schema-load"), () -> fresh.ddb("schema-load"));
    assertThat(made).allMatch(result -> result.exitCode() == 0);
    assertThat(made.stream().filter(result -> result.out().contains("created"))).hasSize(1);

    // Both answer the same conversation in the same microsecond: both messages are kept.
    String group = table.conversation(THEN, "who answers?");
    DdbRunner frozen = table.runner().clock(() -> Instant.parse("2026-03-19T11:00:00Z"));
    List<Result> sent =
        both(
            () -> frozen.execute("send-message", group, "I do", "--from", "bayko"),
            () -> frozen.execute("send-message", group, "no, I", "--from", "andrewbrown"));
    assertThat(sent).allMatch(result -> result.exitCode() == 0 && result.err().isEmpty());
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains("I do", "no, I");
    assertThat(table.messages(group))
        .extracting(m -> m.get("sk"))
        .containsExactly(
            THEN, "2026-03-19T11:00:00.000000+00:00", "2026-03-19T11:00:00.000001+00:00");
    table.assertTrue(group, ANDREW, BAYKO);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Result> both(
      java.util.function.Supplier<Result> one, java.util.function.Supplier<Result> other) {
    CompletableFuture<Result> first = CompletableFuture.supplyAsync(one);
    Result second = other.get();
    return List.of(first.join(), second);
  }
}
