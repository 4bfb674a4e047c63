package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.context.ExitCode;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --color}, {@code --times} and {@code --raw-csv}, and the variables beside them. */
class DisplayOptionsTest {
  private static final String ESCAPE = "\u001b";
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();
  private final DdbRunner pipe =
      table.runner().clock(InstantSource.fixed(Instant.parse("2026-03-19T12:59:59Z")));
  private final DdbRunner terminal = pipe.env("TERM", "xterm-256color").terminal("012:100");

  DisplayOptionsTest() {
    table.message(group, AT, ANDREW, "=1+1");
  }

  @Test
  void aTableHasColourOnATerminalOnly() {
    assertThat(get(terminal).out()).startsWith(ESCAPE + "[1mcreated_at");
    assertThat(get(pipe).out()).doesNotContain(ESCAPE);
    assertThat(get(pipe.env("TERM", "xterm").terminal("2")).out()).doesNotContain(ESCAPE);
  }

  @Test
  void noColorAndADumbTerminalAreHonouredUnlessColourIsAskedFor() {
    assertThat(get(terminal.env("NO_COLOR", "1")).out()).doesNotContain(ESCAPE);
    assertThat(get(terminal.env("NO_COLOR", "")).out()).contains(ESCAPE);
    assertThat(get(terminal.env("TERM", "dumb")).out()).doesNotContain(ESCAPE);
    assertThat(get(terminal.env("TERM", null)).out()).doesNotContain(ESCAPE);
    assertThat(get(terminal, "--color", "never").out()).doesNotContain(ESCAPE);
    assertThat(get(terminal.env("NO_COLOR", "1"), "--color", "always").out()).contains(ESCAPE);
    assertThat(get(pipe, "--color", "always").out()).contains(ESCAPE);
    assertThat(get(pipe, "--color=auto").out()).doesNotContain(ESCAPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson", "csv"})
  void machineFormatsHaveNeitherColourNorRelativeTimes(String format) {
    String[] options = {"-o", format, "--color", "always", "--times", "relative"};
    assertThat(get(terminal, options).out()).doesNotContain(ESCAPE).contains(AT);
  }

  @Test
  void anErrorIsColouredByWhatStderrIs() {
    assertThat(terminal.terminal("2").execute("describe", "--x").err())
        .startsWith(ESCAPE + "[1;31m");
    assertThat(terminal.terminal("1:80").execute("describe", "--x").err()).doesNotContain(ESCAPE);
    assertThat(terminal.execute("describe", "--color=never", "--x").err()).doesNotContain(ESCAPE);
    assertThat(pipe.execute("get-conversation", "x", "--color", "always").err())
        .startsWith(ESCAPE + "[1;31mddb:" + ESCAPE + "[m ");
    assertThat(terminal.execute("get-conversation", "x", "-o", "json").err())
        .doesNotContain(ESCAPE);
  }

  @Test
  void timesAreAbsoluteUnlessRelativeOnesAreWished() {
    assertThat(get(terminal).out()).contains(AT);
    assertThat(get(terminal, "--times", "relative").out()).contains("2 h ago").doesNotContain(AT);
    assertThat(get(pipe, "--times", "relative").out()).contains("2 h ago");
    assertThat(get(terminal.env("DDB_TIMES", "relative")).out()).contains("2 h ago");
    assertThat(get(terminal.env("DDB_TIMES", "relative"), "--times=absolute").out()).contains(AT);
    assertThat(get(pipe.env("DDB_TIMES", "relative")).out()).as("a pipe").contains(AT);
  }

  @Test
  void aVariableThatNamesNoStyleIsRefusedBeforeAnythingIsDone() {
    Result result =
        terminal
            .env("DDB_TIMES", "swatch")
            .execute("send-message", group, "hi", "--from", ANDREW.uuid());
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("DDB_TIMES is 'swatch'").contains("absolute or relative");
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void aFormulaInCsvStandsBehindAnApostropheUnlessRaw() {
    assertThat(get(pipe, "-o", "csv").out()).contains(",'=1+1,");
    assertThat(get(pipe, "-o", "csv", "--raw-csv").out()).contains(",=1+1,");
  }

  private Result get(DdbRunner runner, String... options) {
    String[] line = new String[options.length + 2];
    line[0] = "get-conversation";
    line[1] = group;
    System.arraycopy(options, 0, line, 2, options.length);
    Result result = runner.execute(line);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result;
  }
}
