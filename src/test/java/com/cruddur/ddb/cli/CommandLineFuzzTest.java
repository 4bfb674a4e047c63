package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.output.VisibleText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of random command lines of every command there is, the same in every run. */
class CommandLineFuzzTest {
  private static final int THREADS = 4;
  private static final long LIMIT_MILLIS = 10_000;

  /** They go on until Ctrl-C, which an interrupt stands for. */
  private static final List<String> ENDLESS = List.of("tail", "run");

  private static final long ENDLESS_MILLIS = 500;

  /** Their business is this machine: here they find no folder to work in. */
  private static final List<String> LOCAL = List.of("local", "setup");

  /** They take away what the others are tried on. */
  private static final List<String> DESTRUCTIVE =
      List.of("delete-conversation", "delete-message", "forget-user");

  private final MessageTable table = MessageTable.create();
  private final MessageTable victims = MessageTable.create();
  private final List<String> groups =
      List.of(
          table.conversation("2020-01-01T00:00:00.000000+00:00", "the first"),
          table.conversation("2020-01-02T00:00:00.000000+00:00", "\u001b[31mred\u202e"),
          MessageTable.uuid());

  @Test
  void eachEndsInTimeWithACodeOfTheListAndOneLineOfCause(@TempDir Path folder) throws Exception {
    // Loading gRPC takes seconds of a busy machine, and is no hang.
    table.ddb("cache", "create", "fuzz");
    Path sample = Path.of("seed-data", "conversations.json");
    Path input = Files.copy(sample, folder.resolve(FuzzedCommandLines.INPUT));
    Random random = new Random(Fuzz.SEED);
    FuzzedCommandLines lines = new FuzzedCommandLines(random, folder, table, groups);
    Queue<String> faults = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < Fuzz.LINES; i++) {
        List<String> line = lines.next();
        String stdin = random.nextBoolean() ? "y\n" : OddText.of(random);
        boolean terminal = random.nextBoolean();
        runs.add(threads.submit(() -> tryOut(line, stdin, terminal, faults)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(faults).isEmpty();
    assertThat(input).as("nobody's file is written over").hasSameTextualContentAs(sample);
    assertThat(table.messages(groups.get(0))).isNotEmpty();
    assertThat(table.rows(ANDREW)).isNotEmpty();
  }

  private Void tryOut(List<String> line, String stdin, boolean terminal, Queue<String> faults)
      throws InterruptedException {
    DdbRunner ddb = runner(line).stdin(stdin);
    // A prompt would read the terminal of this very process.
    String streams = line.contains("shell") ? "12:80" : "012:80";
    DdbRunner there = terminal ? ddb.terminal(streams) : ddb;
    AtomicReference<Result> end = new AtomicReference<>();
    Thread thread = new Thread(() -> end.set(there.execute(line.toArray(new String[0]))), "fuzzed");
    thread.setDaemon(true);
    thread.start();
    if (line.stream().anyMatch(ENDLESS::contains)) {
      thread.join(ENDLESS_MILLIS);
      thread.interrupt();
    }
    thread.join(LIMIT_MILLIS);
    if (end.get() == null) {
      faults.add(line + " hangs at " + Arrays.toString(thread.getStackTrace()));
      return null;
    }
    boolean verbose = line.stream().anyMatch(word -> word.matches("(?s)-[a-zA-Z]*v.*|--verbose.*"));
    // An interrupt of the thread, which stands for Ctrl-C, is told with the SDK's own words.
    verbose |= line.stream().anyMatch(ENDLESS::contains);
    try {
      Result result =
          line.stream().anyMatch("--color=always"::equalsIgnoreCase) ? plain(end.get()) : end.get();
      Fuzz.check(result, terminal, verbose, line.toString());
    } catch (AssertionError e) {
      faults.add(VisibleText.of(e.getMessage()));
    }
    return null;
  }

  private DdbRunner runner(List<String> line) {
    DdbRunner ddb = table.runner().env("NO_COLOR", "1").env("MOMENTO_CACHE_NAME", "fuzz");
    if (line.stream().anyMatch(LOCAL::contains)) {
      return ddb.env("XDG_STATE_HOME", "/dev/null/state")
          .env("XDG_DATA_HOME", "/dev/null/data")
          .env("DDB_LOCAL_PORT", "1")
          .env("DDB_LOCAL_CACHE_PORT", "2");
    }
    if (line.contains("drop")) {
      ddb = ddb.env("DDB_MESSAGE_TABLE", TestStack.newTableName());
    } else if (line.stream().anyMatch(DESTRUCTIVE::contains)) {
      ddb = ddb.env("DDB_MESSAGE_TABLE", victims.name());
    }
    boolean prod = line.stream().anyMatch(word -> word.startsWith("--prod"));
    return prod ? ddb.env("AWS_ENDPOINT_URL", TestStack.endpoint()) : ddb;
  }

  /** Without the colours that were asked for. */
  private static Result plain(Result result) {
    String colour = "\u001b\\[[0-9;]*m";
    return new Result(
        result.exitCode(),
        result.out().replaceAll(colour, ""),
        result.err().replaceAll(colour, ""));
  }
}
