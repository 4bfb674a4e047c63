package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ddb shell} with a script, from a file and from a pipe. */
class ShellCommandTest {
  private static final String NONE = "00000000-0000-4000-8000-000000000000";

  private final MessageTable table = MessageTable.create();

  @Test
  void runsTheLinesOfAPipeInOrder() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    Result result =
        piped(
            "# sends, then looks\n\n"
                + "send-message "
                + group
                + " 'It'\\''s \"me\"' --from bayko  # and so on\n"
                + "get-conversation "
                + group
                + " -o ndjson --oldest-first");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("\"message\":\"first\"").contains("It's \\\"me\\\"");
    assertThat(table.messages(group)).hasSize(2);
  }

  @Test
  void stopsAtTheFirstFailureAndNamesItsLine(@TempDir Path folder) throws IOException {
    Path script = script(folder, "describe -o csv\n\nget-conversation " + NONE + "\nlist-tables\n");
    Result result = table.ddb("shell", script.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err().lines())
        .containsExactly(
            "ddb: conversation " + NONE + " does not exist",
            "  hint: See 'ddb list-conversations USER --table "
                + table.name()
                + "' for a user's conversations.",
            "ddb: " + script + ":3: failed with exit code 3",
            "  hint: No line after it was run; --keep-going runs them.");
    assertThat(result.out()).contains("ACTIVE").doesNotContain("table_name");
  }

  @Test
  void goesOnAfterFailuresWhenAskedToAndEndsWithTheFirstOnesCode() {
    Result result =
        piped("get-conversation " + NONE + "\nno-such\ndescribe -o json\n", "--keep-going");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err())
        .contains("<stdin>:1: failed with exit code 3")
        .contains("unknown command 'no-such'")
        .contains("<stdin>:2: failed with exit code 2")
        .doesNotContain("No line after it");
    assertThat(result.json().get("table").asText()).isEqualTo(table.name());
  }

  @Test
  void tellsFailuresAsJsonWhereThatIsTheFormat() {
    Result result = piped("get-conversation " + NONE, "-o", "json");
    assertThat(result.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"error\":{\"code\":"))
        .anyMatch(line -> line.contains("\"script\"") && line.contains("<stdin>:1: failed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson"})
  void tellsWrongUsageAsAProcessOfItsOwnWould(String format) {
    List<String> lines =
        List.of(
            "frobnicate",
            "cache",
            "cache gte",
            "--bogus",
            "get-conversation",
            "get-conversation x",
            "get-conversation " + NONE + " --limit many",
            "get-conversation " + NONE + " --since never",
            "list-conversations bayko --columns nope",
            "list-conversations bayko --limit 0",
            "delete-message " + NONE,
            "delete-message " + NONE + " x y",
            "send-message " + NONE,
            "export --format x",
            "rename-user bayko",
            "scan --explain --limit -1",
            "cache get key --explain",
            "get-conversation " + NONE,
            "list-users --table missing");
    List<String> alone = new ArrayList<>();
    for (String line : lines) {
      alone.add(table.ddb((line + " -o " + format).split(" ")).err().strip());
    }

    Result shell = piped(String.join("\n", lines), "-o", format, "--keep-going");

    assertThat(shell.err().lines().filter(line -> !line.contains("\"script\"")))
        .containsExactlyElementsOf(alone);
    assertThat(alone).allMatch(line -> line.startsWith("{\"error\":{\"code\":"));
  }

  @Test
  void givesItsGlobalOptionsToEveryLineWhichMaySayOtherwise() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    String line = "get-conversation " + group;
    Result result =
        DdbRunner.fresh()
            .stdin(line + "\n" + line + " -o csv\n" + line + "\n" + line + " --table none\n")
            .execute("-q", "--table", table.name(), "shell", "--show-capacity", "-o", "ndjson");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.out().lines().filter(l -> l.startsWith("{\"uuid\""))).hasSize(2);
    assertThat(result.out()).contains("uuid,user_uuid");
    assertThat(result.err().lines().filter(l -> l.startsWith("capacity: "))).hasSize(4);
    assertThat(result.err()).contains("table none does not exist");
  }

  @Test
  void takesAFlagForEveryLineAndAgainOnALine() {
    Result result =
        table
            .runner()
            .stdin("cache get none -q\ncache get none\n")
            .execute("shell", "-q", "--keep-going", "--prod", "--profile", "x");
    // A flag that is given twice is on, not off again: no notice of a miss, and production stays.
    assertThat(result.err()).doesNotContain("miss:").contains("exit code 6");
  }

  @Test
  void forgetsTheOptionsOfALineBeforeTheNextOne() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    Result result =
        piped(
            "get-conversation "
                + group
                + " --show-capacity -o ndjson\nget-conversation "
                + group
                + " --explain -o ndjson\nget-conversation "
                + group
                + " --until 2026-01-01 -o ndjson\nget-conversation "
                + group
                + " -o ndjson\n");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err().lines().filter(l -> l.startsWith("capacity: "))).hasSize(1);
    assertThat(result.out().lines().filter(l -> l.startsWith("{\"uuid\""))).hasSize(2);
    assertThat(result.out().lines().filter(l -> l.contains("key_condition"))).hasSize(1);
  }

  @Test
  void countsTheCapacityOfEachLineAlone() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    String line = "get-conversation " + group + " -q -o ndjson\n";
    Result result = piped(line + line + line, "--show-capacity");
    assertThat(result.err().lines())
        .hasSize(3)
        .allMatch(told -> told.equals("capacity: 0.5 RCU (table 0.5), 0 WCU, 1 request"));
  }

  @Test
  void carriesAQuotedLineOnToTheNext() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    Result result =
        piped("send-message " + group + " 'two\nlines' \\\n --from bayko -q\nno-such\n");
    assertThat(result.err()).contains("<stdin>:4: failed");
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains("two\nlines");
  }

  @Test
  void refusesAQuoteThatIsNeverClosed() {
    Result result = piped("describe -o csv\ndescribe 'x\ny\n");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("ddb: <stdin>:2: a quote is not closed\n");
    assertThat(result.out()).contains("ACTIVE");
  }

  @Test
  void neverLetsACommandReadThePipedScript() {
    for (String reader : new String[] {"seed -", "import -", "cache set k -"}) {
      Result result = piped(reader + " -q\nlist-tables\n");
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("standard input is the script").contains("<stdin>:1:");
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void leavesStandardInputToTheCommandsOfAFile(@TempDir Path folder) throws IOException {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    Path script = script(folder, "send-message " + group + " - --from bayko -q\n");
    Result result = table.runner().stdin("from stdin").execute("shell", script.toString());
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains("from stdin");
  }

  @Test
  void refusesDestructiveLinesWithoutYesAlsoAtATerminal(@TempDir Path folder) throws IOException {
    Path script = script(folder, "drop\n");
    Result result = table.runner().terminal("012:80").stdin("y\n").execute("shell", script + "");
    assertThat(result.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(table.exists()).isTrue();
    assertThat(piped("drop --yes -q").exitCode()).isZero();
    assertThat(table.exists()).isFalse();
  }

  @Test
  void refusesAShellInAShell() {
    Result result = piped("shell\n");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("this is the shell already");
  }

  @Test
  void understandsHelpTheNameOfTheProgramAndExit() {
    Result help = piped("help\nhelp scan\nddb describe -o csv\nexit\nno-such\n");
    assertThat(help.exitCode()).as(help.toString()).isZero();
    assertThat(help.out())
        .isEqualTo(
            DdbRunner.run("--help").out()
                + DdbRunner.run("scan", "--help").out()
                + table.ddb("describe", "-o", "csv").out());
    assertThat(piped("describe -o csv\nhelp").out()).endsWith(DdbRunner.run("--help").out());
    assertThat(piped("quit\nno-such").exitCode()).isZero();
  }

  @Test
  void saysWhatIsWrongWithAScript(@TempDir Path folder) throws IOException {
    Result missing = table.ddb("shell", folder.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("does not exist");
    Result binary = table.runner().stdin(new byte[] {(byte) 0xff, 10}).execute("shell");
    assertThat(binary.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(binary.err())
        .contains("<stdin> is not UTF-8 text", "'iconv -f latin1 -t utf-8 FILE'");
    for (String name : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252")) {
      byte[] lines = "describe 'Grüße – dort'\n".getBytes(Charset.forName(name));
      Result other = table.runner().stdin(lines).execute("shell");
      assertThat(other.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(other.err()).containsIgnoringCase("'iconv -f " + name + " -t utf-8 FILE'");
    }
    assertThat(piped("describe '\u2013' # no more\n").err()).contains("'\u2013'");
    assertThat(piped("").exitCode()).isZero();
  }

  @Test
  void rowsThatStayBehindAreToldAsTheLineThatSentWouldTellIt() {
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");
    String sent = "send-message " + group + " hello --from bayko\n";
    for (String broken : List.of("", "send-message " + group + " --from\n", "send-message\n")) {
      try (FaultyProxy proxy =
          new FaultyProxy(
              TestStack.endpoint(), FaultyProxy.from("TransactWriteItems", 1, Fault.EXPIRED))) {
        Result result =
            piped(sent + broken, "--endpoint-url", proxy.endpoint(), "--output", "json");
        assertThat(result.err().lines().filter(line -> line.contains("\"rows_behind\"")))
            .as(broken + result)
            .singleElement()
            .asString()
            .contains(proxy.endpoint());
      }
    }
  }

  private static Path script(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("script.ddb"), text);
  }

  private Result piped(String script, String... options) {
    String[] args = new String[options.length + 1];
    args[0] = "shell";
    System.arraycopy(options, 0, args, 1, options.length);
    return table.runner().stdin(script).execute(args);
  }
}
