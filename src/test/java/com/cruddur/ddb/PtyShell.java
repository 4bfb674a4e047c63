package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An interactive shell on a pseudo-terminal, for what is typed: keys, not lines. */
public final class PtyShell implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(300);

  private final Process process;

  /** Keeps the beginning of a character whose end is still to come. */
  private final Reader output;

  private final StringBuilder screen = new StringBuilder();

  /**
   * Starts it.
   *
   * @param shell a shell with its options, such as {@code bash --norc}
   * @param folder its working folder and home
   */
  public PtyShell(String shell, Path folder) throws IOException {
    this(
        shell,
        folder,
        Map.of(
            "PATH", System.getenv("PATH"),
            "HOME", folder.toString(),
            "TERM", "dumb",
            "LC_ALL", "C.UTF-8",
            "INPUTRC", "/dev/null"));
  }

  /** Starts it with this environment and no other. */
  public PtyShell(String shell, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("script", "-q", "-e", "-c", shell, "/dev/null"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
    output = process.inputReader(UTF_8);
  }

  /** Types keys. */
  public void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** Types a line and waits for its output; forgets what stood on the screen before. */
  public String type(String keys, String expected) throws IOException {
    screen.setLength(0);
    type(keys);
    return await(expected);
  }

  /** Waits until the screen shows a text, and returns all of the screen: more may follow. */
  public String await(String expected) throws IOException {
    long until = System.nanoTime() + LIMIT_NANOS;
    char[] chars = new char[4096];
    while (screen.indexOf(expected) < 0) {
      boolean over = System.nanoTime() > until || !process.isAlive();
      if (output.ready()) {
        screen.append(chars, 0, Math.max(0, output.read(chars)));
      } else if (over) {
        throw new AssertionError("no '" + expected + "' on the screen:\n" + screen);
      } else {
        pause();
      }
    }
    return screen.toString();
  }

  /** Types keys and waits for a text; forgets the screen up to its end, and nothing behind it. */
  public void typeThrough(String keys, String expected) throws IOException {
    type(keys);
    await(expected);
    screen.delete(0, screen.indexOf(expected) + expected.length());
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
      throw new AssertionError("no end:\n" + screen);
    }
    return process.exitValue();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
