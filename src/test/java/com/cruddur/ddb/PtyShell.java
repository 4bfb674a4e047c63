package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An interactive shell on a pseudo-terminal, for what is typed: keys, not lines. */
public final class PtyShell implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(300);

  private final Process process;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

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
  PtyShell(String shell, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("script", "-q", "-e", "-c", shell, "/dev/null"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Types keys. */
  public void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** Types a line and waits for its output; forgets what stood on the screen before. */
  public String type(String keys, String expected) throws IOException {
    screen.reset();
    type(keys);
    return await(expected);
  }

  /** Waits until the screen shows a text, and returns all of the screen. */
  public String await(String expected) throws IOException {
    InputStream in = process.getInputStream();
    long until = System.nanoTime() + LIMIT_NANOS;
    // All of it is decoded anew: what is read may end within a character.
    String shown = screen.toString(UTF_8);
    while (!shown.contains(expected)) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new AssertionError("no '" + expected + "' on the screen:\n" + shown);
      }
      byte[] bytes = in.readNBytes(in.available());
      if (bytes.length == 0) {
        pause();
      }
      screen.writeBytes(bytes);
      shown = screen.toString(UTF_8);
    }
    return shown;
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
