package com.cruddur.ddb.cli.context;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a command's output goes through a pager, which is one that writes to a file here. */
class PagerChoiceTest {
  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();
  private DdbRunner runner;

  @BeforeEach
  void aScreenOfTenRows() {
    for (int i = 0; i < 12; i++) {
      table.message(group, "2026-03-19T10:00:%02d.000000+00:00".formatted(i), ANDREW, "m" + i);
    }
    runner =
        table
            .runner()
            .terminal("012:100x10")
            .env("TERM", "xterm")
            .env("PATH", System.getenv("PATH"))
            .env("DDB_PAGER", "{ cat; echo $LESS; } > " + file("ddb"))
            .env("PAGER", "cat > " + file("plain"));
  }

  @Test
  void aLongListOnATerminalGoesToThePager() throws Exception {
    Result result = get(runner);
    assertThat(result.out()).isEmpty();
    assertThat(Files.readString(file("ddb")).lines().toList()).hasSize(15).endsWith("FRX");
    assertThat(result.err()).as("what is said after it was left").isEmpty();
  }

  @Test
  void theUsersOwnSettingsOfPagerAndLessAreHeard() throws Exception {
    get(runner.env("DDB_PAGER", null));
    assertThat(file("plain")).isNotEmptyFile();
    get(runner.env("LESS", "-S"));
    assertThat(Files.readString(file("ddb"))).endsWith("-S\n");
    assertThat(get(runner.env("DDB_PAGER", "")).out()).contains("m11");
    assertThat(get(runner.env("DDB_PAGER", "cat")).out()).contains("m11");
  }

  @Test
  void whatIsShortOrNotForAScreenHasNone() {
    assertThat(get(runner, "--limit", "3").out()).contains("m11");
    assertThat(get(runner, "--no-pager").out()).contains("m11");
    assertThat(get(runner.terminal("02")).out()).contains("m11");
    assertThat(get(runner.terminal("012:100")).out()).as("of unknown height").contains("m11");
    assertThat(get(runner.env("TERM", "dumb")).out()).contains("m11");
    assertThat(file("ddb")).doesNotExist();
  }

  @Test
  void leavingItEarlyIsNoFailure() {
    Result result = get(runner.env("DDB_PAGER", "exit 0"));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void whereThereIsNoPagerTheListIsPrinted() {
    DdbRunner bare = runner.env("DDB_PAGER", null).env("PAGER", null).env("PATH", "/nonexistent");
    assertThat(get(bare).out()).contains("m11", "m0");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Result get(DdbRunner from, String... options) {
    String[] line = new String[options.length + 2];
    line[0] = "get-conversation";
    line[1] = group;
    System.arraycopy(options, 0, line, 2, options.length);
    Result result = from.execute(line);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result;
  }
}
