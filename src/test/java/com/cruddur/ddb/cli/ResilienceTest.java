package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.FaultyProxy.Plan;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What changes under a command while it runs: nothing is lost, and the cause is one line. */
class ResilienceTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00.000000+00:00";
  private static final Instant START = Instant.parse("2026-03-19T10:00:00Z");

  @TempDir private Path folder;

  private static Result through(MessageTable table, Plan plan, String... args) {
    try (FaultyProxy proxy = new FaultyProxy(TestStack.endpoint(), plan)) {
      return table
          .runner()
          .execute(
              Stream.concat(
                      Stream.of(args),
                      Stream.of("--endpoint-url", proxy.endpoint(), "--timeout=20"))
                  .toArray(String[]::new));
    }
  }

  private Path input(String group, int messages) throws IOException {
    return SeedLines.write(
        folder.resolve("input.ndjson"), group, START, messages, i -> "m" + i + "x".repeat(900));
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "UNRECOGNIZED"})
  void credentialsThatEndInTheMiddleOfALongJobLoseNothing(Fault fault) throws IOException {
    MessageTable table = MessageTable.create();
    String group = MessageTable.uuid();
    String[] seed = {"seed", input(group, 1_000).toString(), "--users", "seed-data/users.json"};
    ended(fault, through(table, FaultyProxy.from("BatchWriteItem", 10, fault), seed));
    assertThat(table.messages(group)).hasSizeBetween(1, 999);
    Outcome.done(table.ddb(seed));
    assertThat(table.messages(group)).hasSize(1_000);
    table.assertTrue(group, ANDREW, BAYKO);

    String out = folder.resolve("export").toString();
    String[] export = {"export", "--out", out, "--segments", "1", "-q"};
    ended(fault, through(table, FaultyProxy.from("Scan", 2, fault), export));
    Outcome.done(table.ddb(export));
    MessageTable copy = MessageTable.create();
    String[] load = {"import", out, "-q"};
    ended(fault, through(copy, FaultyProxy.from("BatchWriteItem", 10, fault), load));
    Outcome.done(copy.ddb(load));
    assertThat(copy.items()).hasSameElementsAs(table.items());
  }

  private static void ended(Fault fault, Result result) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines().filter(line -> line.startsWith("ddb:")))
        .as("%s", result)
        .singleElement()
        .asString()
        .contains(
            fault == Fault.EXPIRED
                ? "the credentials have expired"
                : "The proxy says UnrecognizedClientException.");
    assertThat(result.err())
        .contains("  hint: ", fault == Fault.EXPIRED ? "Get new ones" : "Check the credentials")
        .contains("What was done stays; run the same command again to go on.\n")
        .doesNotContain("fault of ddb");
  }

  @ParameterizedTest
  @EnumSource(names = {"GARBAGE", "EMPTY", "TRUNCATE"})
  void anAnswerThatIsNoneIsNeverTakenForOne(Fault fault) {
    MessageTable table = MessageTable.create();
    String group = table.conversation(LONG_AGO, "the first");
    Plan always = (operation, number) -> fault;
    for (String[] line :
        List.of(
            new String[] {"get-conversation", group},
            new String[] {"describe"},
            new String[] {"list-tables"},
            new String[] {"check", group})) {
      Result result = through(table, always, line);
      assertThat(result.exitCode()).as("%s: %s", List.of(line), result).isIn(1, 6);
      Outcome.failed(result.exitCode(), result);
    }
    Result sent =
        through(
            table,
            FaultyProxy.from("PutItem", 1, fault),
            "send-message",
            group,
            "hello",
            "--from",
            "bayko");
    assertThat(table.messages(group)).as("%s", sent).hasSize(2);
    if (sent.exitCode() != 0) {
      Outcome.failed(sent.exitCode(), sent);
      assertThat(sent.err()).contains("Part of it may be done");
    }
  }

  @Test
  void aTableThatIsDroppedWhileItIsWorkedOnIsNamed() throws IOException {
    for (String operation : List.of("BatchWriteItem", "Scan")) {
      MessageTable table = MessageTable.create();
      String group = MessageTable.uuid();
      Path input = input(group, 1_200);
      if (operation.equals("Scan")) {
        Outcome.done(table.ddb("seed", input.toString(), "--restart"));
      }
      Plan dropped =
          (name, number) -> {
            if (name.equals(operation) && number == 2) {
              MessageTable.client().deleteTable(request -> request.tableName(table.name()));
            }
            return Fault.NONE;
          };
      Result result =
          operation.equals("Scan")
              ? through(table, dropped, "scan", "--segments", "1", "-o", "ndjson")
              : through(table, dropped, "seed", input.toString(), "--restart");
      assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(result.err()).contains("table " + table.name() + " does not exist");
    }
  }

  @Test
  void aStackThatIsKilledBetweenAndDuringCommandsLosesNothing() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("DDB_LOCAL_PORT", "" + FreePorts.next());
    environment.put("DDB_LOCAL_CACHE_PORT", "" + FreePorts.next());
    environment.put("HOME", folder.toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    // Without the folder of an installation it takes the class path of this process.
    DdbRunner ddb = DdbRunner.on("chat").home(null);
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      ddb = ddb.env(variable.getKey(), variable.getValue());
    }
    ddb = ddb.env("DDB_USERS", "seed-data/users.json");
    LocalStack stack = new LocalStack(StackSettings.of(environment), ChildJvm.classPath());
    try {
      ScriptLines script =
          new ScriptLines()
              .line("schema-load")
              .line("cache create")
              .line("start-conversation hello --from bayko --to londo")
              .line("list-conversations bayko --cached")
              .then(() -> kill(stack))
              .line("list-conversations bayko --cached -o csv")
              .line("list-conversations bayko --cached -o csv");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Result result = ddb.execute(script, out, "shell");
      assertThat(result.exitCode()).as("%s %s", result, out).isZero();
      assertThat(out.toString(UTF_8).lines().filter(line -> line.contains(",hello,")))
          .as("%s %s", result, out)
          .hasSize(2);
      assertThat(result.err()).doesNotContain("ddb:");

      String group = MessageTable.uuid();
      String file = input(group, 240).toString();
      DdbRunner seeding = ddb;
      CompletableFuture<Result> seed =
          CompletableFuture.supplyAsync(() -> seeding.execute("seed", file, "--max-wcu=100"));
      while (seeding.execute("get-conversation", group).exitCode() != 0) {
        Thread.sleep(20);
      }
      kill(stack);
      stack.start();
      assertThat(seed.join().exitCode()).as("%s", seed.join()).isZero();
      Result count = ddb.execute("check", group);
      assertThat(count.err()).contains("checked 240 messages and 2 rows of 1 conversation: 0 f");
    } finally {
      stack.stop();
    }
  }

  /** Waits for the end itself: JDK 25 tells of it after twenty seconds only. */
  private static void kill(LocalStack stack) {
    ProcessHandle process = ProcessHandle.of(stack.status().orElseThrow().pid()).orElseThrow();
    process.destroyForcibly();
    while (process.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
