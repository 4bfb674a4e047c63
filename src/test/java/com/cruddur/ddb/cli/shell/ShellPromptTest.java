package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.PtyShell;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ddb shell} at a pseudo-terminal, which util-linux's script gives it. */
class ShellPromptTest {
  private static final String UP = "\033OA";
  private static final String CTRL_C = "\003";
  private static final String CTRL_D = "\004";

  private final MessageTable table = MessageTable.create();
  private final String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");

  @Test
  void editsCompletesStopsAndRemembers(@TempDir Path state) throws Exception {
    try (PtyShell typist = prompt(state, "120x40", "cat")) {
      typist.typeThrough("", "ddb> ");
      typist.typeThrough("list-conv\t", "list-conversations ");
      typist.typeThrough("andrewbr\t", "andrewbrown ");
      typist.typeThrough("-o js\t", "json ");
      typist.typeThrough("\r", "\"next_token\": null");
      typist.typeThrough("", "ddb> ");
      typist.typeThrough("get-conversation " + group.substring(0, 9) + "\t", group);
      typist.typeThrough(CTRL_C, "ddb> ");
      typist.typeThrough("get-conversation none\r", "ddb[2]> ");
      typist.typeThrough("tail " + group + "\r", "Ctrl-C ends it");
      typist.typeThrough(CTRL_C, "ddb[130]> ");
      typist.typeThrough("drop\r", "[y/N] ");
      typist.typeThrough("n\n", "ddb[4]> ");
      typist.typeThrough("drop\r", "[y/N] ");
      typist.typeThrough(CTRL_C, "ddb[130]> ");
      typist.typeThrough("send-message " + group + " - --from bayko -q\r", "\033[?2004l");
      typist.typeThrough("typed\n" + CTRL_D, "ddb> ");
      typist.typeThrough("cache get eyJhbGciOiJIUzI1NiJ9 -q\r", "ddb[3]> ");
      // The line with a key is not there to go back to.
      typist.typeThrough(UP, "--from bayko");
      typist.typeThrough(CTRL_C, "ddb> ");
      typist.typeThrough(CTRL_D, "");
      assertThat(typist.exitCode()).isZero();
    }
    assertThat(table.exists()).isTrue();
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains("typed");
    Path history = state.resolve("ddb").resolve("history");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(history)).contains("tail " + group).doesNotContain("eyJ");
  }

  @Test
  void longOutputGoesToThePagerWhichHasTheTerminalMeanwhile(@TempDir Path state) throws Exception {
    for (int i = 0; i < 12; i++) {
      String at = "2026-03-19T11:00:%02d.000000+00:00".formatted(i);
      table.message(group, at, MessageTable.ANDREW, "m" + i);
    }
    String pager = "sed 's/^/| /'; printf 'a key? '; read key </dev/tty; echo left by $key";
    try (PtyShell typist = prompt(state, "120x10", pager)) {
      typist.typeThrough("", "ddb> ");
      typist.typeThrough("get-conversation " + group + "\r", "| ");
      typist.typeThrough("", "a key? ");
      typist.typeThrough("q\n", "left by q");
      typist.typeThrough("", "ddb> ");
      typist.typeThrough("get-conversation " + group + " --no-pager\r", "  m0");
      typist.typeThrough("", "ddb> ");
      typist.typeThrough("get-conversation " + group + " --limit 2\r", "  m10");
      typist.typeThrough("", "ddb> ");
      // Ctrl-C ends the pager and the command, not the shell.
      typist.typeThrough("get-conversation " + group + "\r", "a key? ");
      typist.typeThrough(CTRL_C, "ddb[130]> ");
      typist.typeThrough("list-tables --no-pager\r", table.name());
      typist.typeThrough("", "ddb> ");
      typist.typeThrough(CTRL_D, "");
      assertThat(typist.exitCode()).isZero();
    }
  }

  @Test
  void keepsNoLineThatHoldsASecret() {
    assertThat(
            List.of(
                "cache set k eyJlbmRwb2ludCI6ImEuYi5jIn0=",
                "x AKIAIOSFODNN7EXAMPLE",
                "x wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "cache set api_key 1"))
        .noneMatch(ShellHistory::keeps);
    assertThat(
            List.of(
                "get-conversation " + group,
                "cache token --read-only",
                "seed /a/folder/of/a/rather/long/name/that/goes/on/and/on.json"))
        .allMatch(ShellHistory::keeps);
  }

  @Test
  void offersNothingThatATerminalObeysOrThatWouldHaveToBeEscaped() {
    assertThat(List.of("bayko", "a b", "über", "user:1")).allMatch(ShellCompleter::isPlain);
    assertThat(List.of("\033[2J", "a\nb", "\u202eb", "it's", "\\x", "-o", "", " x", "\u0007"))
        .noneMatch(ShellCompleter::isPlain);
  }

  /** {@code ddb shell} on a terminal of so many columns and rows. */
  private PtyShell prompt(Path state, String size, String pager) throws IOException {
    List<String> command = new ArrayList<>(DdbProcess.command("shell"));
    command.add(1, "-Dddb.terminal=012:" + size);
    String columns = size.split("x")[0];
    String rows = size.split("x")[1];
    String line =
        command.stream()
            .map(ShellWords::quoted)
            .collect(
                Collectors.joining(" ", "stty rows " + rows + " cols " + columns + "; exec ", ""));
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.putAll(
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "SHELL",
            "/bin/sh",
            "TERM",
            "xterm",
            "LC_ALL",
            "C.UTF-8",
            "DDB_PAGER",
            pager,
            "XDG_STATE_HOME",
            state.toString(),
            "DDB_MESSAGE_TABLE",
            table.name()));
    return new PtyShell(line, Path.of("."), environment);
  }
}
