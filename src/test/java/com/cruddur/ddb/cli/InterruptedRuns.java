package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands that are interrupted after some time, and what must be seen and left of each. */
public final class InterruptedRuns {
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final int SIGNALS = 128;

  private final Path folder;
  private final MessageTable table = MessageTable.create();
  private final Path input;
  private final Path export;
  private final Path script;
  private int number;

  /**
   * Commands on a table of their own.
   *
   * @param folder an empty one
   * @param messages how many messages bulk commands work on
   */
  public InterruptedRuns(Path folder, int messages) throws IOException {
    this.folder = folder;
    this.input = folder.resolve("input.ndjson");
    this.export = folder.resolve("export");
    this.script = folder.resolve("script.ddb");
    DdbRunner ddb = table.runner();
    String count = Integer.toString(messages);
    ddb.execute("cache", "create");
    Outcome.done(ddb.execute("seed"));
    Outcome.done(ddb.execute("seed", "--generate", "--messages", count, "--out", "" + input));
    Outcome.done(ddb.execute("seed", "--generate", "--messages", count, "-q"));
    Outcome.done(ddb.execute("export", "--out", export.toString()));
    Files.writeString(script, "list-tables\nseed '" + input + "'\nscan\ncheck\nstats\n");
  }

  /** Command lines by their names; each may be run any number of times. */
  public Map<String, List<String>> commands() {
    String out = folder.resolve("out-" + number).toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("seed", List.of("seed", input.toString()));
    commands.put("import", List.of("import", export.toString()));
    commands.put("export folder", List.of("export", "--out", out));
    commands.put("export file", List.of("export", "--out", out + ".ndjson.gz"));
    commands.put(
        "generate", List.of("seed", "--generate", "--messages", "900000", "--out", out + ".nd"));
    commands.put("check", List.of("check", "--repair"));
    commands.put("stats", List.of("stats"));
    commands.put("scan", List.of("scan", "-o", "ndjson"));
    commands.put(
        "send-message", List.of("send-message", GROUP, "hello " + number, "--from", "bayko"));
    commands.put("tail", List.of("tail", GROUP));
    commands.put("trigger", List.of("trigger", "run", "--from", "latest"));
    commands.put("cached", List.of("get-conversation", GROUP, "--cached"));
    commands.put("cache set", List.of("cache", "set", "key", "value"));
    commands.put("cache list", List.of("cache", "list"));
    commands.put("cache token", List.of("cache", "token"));
    commands.put("doctor", List.of("doctor"));
    commands.put("script", List.of("shell", "--keep-going", script.toString()));
    return commands;
  }

  /**
   * Runs a command and interrupts it.
   *
   * @param signal such as {@code INT}
   * @param signalNumber such as 2
   * @return the exit code: that of the signal, unless the command was faster
   */
  public int run(String name, String signal, int signalNumber, long millis) throws Exception {
    number++;
    List<String> command = commands().get(name);
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    environment.put("DDB_USERS", "seed-data/users.json");
    try (DdbProcess process = DdbProcess.start(environment, command.toArray(String[]::new))) {
      Thread.sleep(millis);
      List<ProcessHandle> children = process.children();
      process.signal(signal);
      Result result = process.await();
      String what = name + " " + signal + " after " + millis + " ms: " + result;
      assertThat(result.err())
          .as(what)
          .doesNotContain(
              "Exception", "unexpected", "fault of ddb", "Log4j", "the local cache", "    at ");
      if (result.exitCode() == SIGNALS + signalNumber) {
        assertThat(result.err().lines().filter(InterruptedRuns::isTrouble))
            .as(what)
            .hasSizeLessThan(2);
      } else {
        assertThat(result.exitCode()).as(what).isIn(ExitCode.DONE, ExitCode.FINDINGS);
      }
      assertThat(children).as(what).noneMatch(ProcessHandle::isAlive);
      assertThat(unfinished()).as(what).isEmpty();
      return result.exitCode();
    }
  }

  private static boolean isTrouble(String line) {
    return line.startsWith("ddb:") || line.startsWith("warning:");
  }

  /** Files that no later run goes on with. */
  private List<String> unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return names.stream()
          .filter(name -> name.endsWith(".part") || name.endsWith(".ddb-new"))
          .filter(
              name ->
                  names.stream()
                      .noneMatch(
                          other ->
                              other.startsWith("." + name.replaceAll("\\.part$", "") + ".ddb-")))
          .toList();
    }
  }
}
