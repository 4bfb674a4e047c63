package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real shell in a folder of its own, with {@code seed-data} and {@code ddb} as in a checkout, and
 * a local stack of its own that scripts may start, stop and reset. {@code ddb} there runs in one
 * process for all ({@link ShellServer}): what a reader types into a shell is run as it is typed.
 */
public final class ExampleShell implements AutoCloseable {
  private static final long LIMIT_SECONDS = 300;

  private final Path folder;
  private final Path work;
  private final Process server;
  private final Map<String, String> environment;

  /** Starts it in an empty folder; the stack starts when a script needs it. */
  public ExampleShell(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.work = folder.resolve("work");
    copy(Path.of("seed-data"), work.resolve("seed-data"));
    Path ddb = Files.createDirectories(work.resolve("bin")).resolve("ddb");
    try (InputStream shim = ExampleShell.class.getResourceAsStream("/ddb-shim.sh")) {
      Files.copy(shim, ddb);
    }
    ddb.toFile().setExecutable(true);
    new ProcessBuilder("mkfifo", folder.resolve("calls").toString()).start().waitFor();
    this.environment = environment(folder, work);
    List<String> command = new ArrayList<>(DdbProcess.command(folder.toString()));
    command.set(command.indexOf(Main.class.getName()), ShellServer.class.getName());
    this.server =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
  }

  private static Map<String, String> environment(Path folder, Path work) {
    return Map.of(
        "DDB_SHIM", folder.toString(),
        "PATH", work.resolve("bin") + ":" + System.getenv("PATH"),
        "HOME", folder.toString(),
        "LC_ALL", "C.UTF-8",
        "XDG_STATE_HOME", folder.resolve("state").toString(),
        "XDG_DATA_HOME", folder.resolve("data").toString(),
        "XDG_CACHE_HOME", folder.resolve("cache").toString(),
        "DDB_LOCAL_PORT", "" + FreePorts.next(),
        "DDB_LOCAL_CACHE_PORT", "" + FreePorts.next());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      // A hidden one is the lock of a seed that another test runs there.
      for (Path file :
          files.filter(file -> !file.getFileName().toString().startsWith(".")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** The folder in which scripts run. */
  public Path work() {
    return work;
  }

  /** Runs a script to its end. */
  public DdbRunner.Result run(String script) throws IOException, InterruptedException {
    return start(script).await();
  }

  /** A shell of the same place on a terminal of 80 columns and 24 rows, which runs a script. */
  public PtyShell onTerminal(String script) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "script", ".sh"), script);
    Map<String, String> terminal = new HashMap<>(environment);
    // The pager would be run by the process that serves, which has no terminal.
    terminal.putAll(Map.of("TERM", "xterm", "NO_COLOR", "1", "DDB_PAGER", "cat"));
    return new PtyShell("stty cols 80 rows 24; exec bash " + file, work, terminal);
  }

  /** Starts a script. */
  public Script start(String script) throws IOException {
    return new Script(script);
  }

  /** A script that runs, and what it has printed. */
  public final class Script {
    private final Path out = Files.createTempFile(folder, "script", ".out");
    private final Path err = Files.createTempFile(folder, "script", ".err");
    private final Process process;

    private Script(String script) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", script)
              .directory(work.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      this.process = builder.start();
    }

    /** What it has printed so far on both streams. */
    public String printed() throws IOException {
      return Files.readString(out) + Files.readString(err);
    }

    /** Ends a command that goes on until Ctrl-C. */
    public void interrupt() {
      process.destroy();
    }

    /** Waits for its end; fails at once when the process that serves it has ended. */
    public DdbRunner.Result await() throws IOException, InterruptedException {
      try {
        CompletableFuture.anyOf(process.onExit(), server.onExit())
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // Told below.
      }
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(
            "no end: %s\nthe server says: %s"
                .formatted(printed(), Files.readString(folder.resolve("server.log"))));
      }
      return new DdbRunner.Result(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
  }

  /** Stops the stack and the process. */
  @Override
  public void close() throws IOException, InterruptedException {
    if (server.isAlive()) {
      run("ddb local stop -q");
    }
    server.destroy();
    server.waitFor();
  }
}
