package com.cruddur.ddb.cli.shell;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that a script of {@code ddb shell} sends one after another. */
class ShellSendsTest {
  private final MessageTable table = MessageTable.create();
  private final String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");

  private String send(int number) {
    return "send-message " + group + " 'text " + number + "' --from bayko\n";
  }

  private String sends(int count) {
    return IntStream.range(0, count).mapToObj(this::send).collect(Collectors.joining());
  }

  @Test
  void moveTheRowsOfTheirConversationTogether() {
    try (FaultyProxy proxy = new FaultyProxy(TestStack.endpoint(), (operation, n) -> Fault.NONE)) {
      Result result =
          table
              .runner()
              .stdin(sends(40))
              .execute("shell", "-q", "-o", "ndjson", "--endpoint-url", proxy.endpoint());
      Outcome.done(result);
      assertThat(result.out().lines()).hasSize(40);
      assertThat(proxy.requests("PutItem")).isEqualTo(40);
      // Two for each second of them; 80 if each moved its own.
      assertThat(proxy.requests("TransactWriteItems")).isBetween(2, 60);
    }
    assertThat(table.messages(group)).hasSize(41);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void haveMovedThemWhenTheNextLineIsSomethingElse() {
    Result result =
        table
            .runner()
            .stdin(sends(3) + "list-conversations andrewbrown -o csv\n")
            .execute("shell", "-q", "-o", "ndjson");
    Outcome.done(result);
    assertThat(result.out()).contains(",text 2,");
  }

  @Test
  void haveMovedThemWhenALineFailsOrCannotBeRead() {
    for (String end : List.of("no-such\n", "send-message 1 2 --from x\n", "describe 'x\n")) {
      table.message(group, "2026-03-19T10:00:01.000000+00:00", ANDREW, "between");
      Result result = table.runner().stdin(sends(3) + end).execute("shell", "-q");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("<stdin>:4: ");
      table.assertTrue(group, ANDREW, BAYKO);
    }
  }

  @Test
  void haveMovedThemBeforeTheScriptIsWaitedFor() {
    List<String> seen = new ArrayList<>();
    // It holds no byte, so that reading many at a time is no slower.
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    InputStream later =
        new InputStream() {
          @Override
          public int read() {
            if (seen.isEmpty()) {
              table.assertTrue(group, ANDREW, BAYKO);
              seen.add(table.rows(ANDREW).get(0).get("message"));
            }
            return -1;
          }
        };
    InputStream script =
        new SequenceInputStream(
            new ByteArrayInputStream((sends(2) + "# that is all\n").getBytes(UTF_8)), later);
    Result result = table.runner().execute(script, new ByteArrayOutputStream(), "shell", "-q");
    Outcome.done(result);
    assertThat(seen).containsExactly("text 1");
  }

  @Test
  void tellWhereTheRowsCouldNotBeMovedAndThatNothingIsToBeSentAgain() {
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(), FaultyProxy.from("TransactWriteItems", 1, Fault.ERROR_500))) {
      Result result =
          table
              .runner()
              .stdin(sends(2) + "list-tables\n")
              .execute("shell", "-q", "--timeout", "5", "--endpoint-url", proxy.endpoint());
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(result.err())
          .contains("is stored, but not every row was moved")
          .contains("check " + group + " --repair")
          .contains("failed with exit code 1")
          .contains("No line after it was run");
      assertThat(result.out()).doesNotContain("table_name");
    }
    Outcome.done(table.ddb("check", group, "--repair"));
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void moveTheRowsAlsoAfterCtrlC(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("script"), sends(20_000));
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    try (DdbProcess process = DdbProcess.start(environment, "shell", "-q", script.toString())) {
      for (int i = 0; i < 6000 && table.messages(group).size() < 30; i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      process.interrupt();
      Result result = process.await();
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(result.err().lines().count()).isLessThanOrEqualTo(1);
    }
    table.assertTrue(group, ANDREW, BAYKO);
  }
}
