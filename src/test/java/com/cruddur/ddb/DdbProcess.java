package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * ddb as a process of its own, for what cannot be tried inside this one: kills, pipes, many at
 * once, and what the SDK reads of its process. Slow (a second of two processors each); elsewhere
 * use {@link DdbRunner}.
 */
public final class DdbProcess implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private DdbProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The command that runs {@code Main}. */
  public static List<String> command(String... args) {
    List<String> command =
        ChildJvm.command(
            "-Dhttp.maxConnections=64",
            "-Dhttp.KeepAlive.remainingData=0",
            "-Dfile.encoding=UTF-8");
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** Starts {@code ddb} with this environment and no other, on the test stack unless it says so. */
  public static DdbProcess start(Map<String, String> environment, String... args) {
    return startCommand(environment, command(args));
  }

  /** Starts any command, such as a shell with a pipe, with the environment of a ddb process. */
  public static DdbProcess startCommand(Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("ddb-process", ".out");
      Path err = Files.createTempFile("ddb-process", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      return new DdbProcess(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has said on standard error. */
  public String errSoFar() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said something on standard error. */
  public void awaitErr(String words) {
    await(words, err, () -> {});
  }

  /**
   * Waits until it has printed something.
   *
   * @param cause is done again and again meanwhile
   */
  public void awaitOut(String words, Runnable cause) {
    await(words, out, cause);
  }

  private void await(String words, Path file, Runnable cause) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!read(file).contains(words)) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new AssertionError("it has not said '" + words + "' but\n" + read(out) + errSoFar());
      }
      cause.run();
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Ends it as {@code kill -9} does, wherever it is. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Interrupts it as Ctrl-C does. */
  public void interrupt() {
    signal("INT");
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends it a signal, such as {@code TERM}. */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Processes that it has started and that live. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** Waits for its end and returns what came of it. */
  public DdbRunner.Result await() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + process.info());
      }
      return new DdbRunner.Result(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
