package com.cruddur.ddb.cli.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ddb shell} at a pseudo-terminal, which util-linux's script gives it. */
class ShellPromptTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(300);
  private static final String UP = "\033OA";
  private static final String CTRL_C = "\003";
  private static final String CTRL_D = "\004";

  private final MessageTable table = MessageTable.create();
  private final String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "first");

  @Test
  void editsCompletesStopsAndRemembers(@TempDir Path state) throws Exception {
    try (Typist typist = new Typist(state)) {
      typist.type("", "ddb> ");
      typist.type("list-conv\t", "list-conversations ");
      typist.type("andrewbr\t", "andrewbrown ");
      typist.type("-o js\t", "json ");
      typist.type("\r", "\"next_token\": null");
      typist.type("", "ddb> ");
      typist.type("get-conversation " + group.substring(0, 9) + "\t", group);
      typist.type(CTRL_C, "ddb> ");
      typist.type("get-conversation none\r", "ddb[2]> ");
      typist.type("tail " + group + "\r", "Ctrl-C ends it");
      typist.type(CTRL_C, "ddb[130]> ");
      typist.type("drop\r", "[y/N] ");
      typist.type("n\n", "ddb[4]> ");
      typist.type("drop\r", "[y/N] ");
      typist.type(CTRL_C, "ddb[130]> ");
      typist.type("send-message " + group + " - --from bayko -q\r", "\033[?2004l");
      typist.type("typed\n" + CTRL_D, "ddb> ");
      typist.type("cache get eyJhbGciOiJIUzI1NiJ9 -q\r", "ddb[3]> ");
      // The line with a key is not there to go back to.
      typist.type(UP, "--from bayko");
      typist.type(CTRL_C, "ddb> ");
      typist.type(CTRL_D, "");
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
    try (Typist typist = new Typist(state, "120x10", pager)) {
      typist.type("", "ddb> ");
      typist.type("get-conversation " + group + "\r", "| ");
      typist.type("", "a key? ");
      typist.type("q\n", "left by q");
      typist.type("", "ddb> ");
      typist.type("get-conversation " + group + " --no-pager\r", "  m0");
      typist.type("", "ddb> ");
      typist.type("get-conversation " + group + " --limit 2\r", "  m10");
      typist.type("", "ddb> ");
      // Ctrl-C ends the pager and the command, not the shell.
      typist.type("get-conversation " + group + "\r", "a key? ");
      typist.type(CTRL_C, "ddb[130]> ");
      typist.type("list-tables --no-pager\r", table.name());
      typist.type("", "ddb> ");
      typist.type(CTRL_D, "");
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

  /** Types keys, each after what it waits for was shown. */
  private final class Typist implements AutoCloseable {
    private final Process process;

    /** Keeps the beginning of a character whose end is still to come. */
    private final Reader screen;

    private final StringBuilder shown = new StringBuilder();

    Typist(Path state) throws IOException {
      this(state, "120x40", "cat");
    }

    Typist(Path state, String size, String pager) throws IOException {
      List<String> command = new ArrayList<>(DdbProcess.command("shell"));
      command.add(1, "-Dddb.terminal=012:" + size);
      String columns = size.split("x")[0];
      String rows = size.split("x")[1];
      String line =
          command.stream()
              .map(ShellWords::quoted)
              .collect(
                  Collectors.joining(
                      " ", "stty rows " + rows + " cols " + columns + "; exec ", ""));
      ProcessBuilder builder = new ProcessBuilder("script", "-qfec", line, "/dev/null");
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.putAll(TestStack.environment());
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
      process = builder.redirectErrorStream(true).start();
      screen = process.inputReader(UTF_8);
    }

    void type(String keys, String awaited) throws Exception {
      OutputStream keyboard = process.getOutputStream();
      keyboard.write(keys.getBytes(UTF_8));
      keyboard.flush();
      char[] chars = new char[4096];
      long start = System.nanoTime();
      int at = shown.indexOf(awaited);
      while (at < 0) {
        assertThat(System.nanoTime() - start)
            .as("'%s' after '%s' in: %s", awaited, keys, shown)
            .isLessThan(LIMIT_NANOS);
        if (screen.ready()) {
          shown.append(chars, 0, Math.max(0, screen.read(chars)));
        } else {
          Thread.sleep(20);
        }
        at = shown.indexOf(awaited);
      }
      shown.delete(0, at + awaited.length());
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)).isTrue();
      return process.exitValue();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
