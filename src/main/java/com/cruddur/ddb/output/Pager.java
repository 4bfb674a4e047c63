package com.cruddur.ddb.output;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Writer to a terminal that gives what is longer than the screen to a pager. Up to a screen it
 * holds the text back; then it starts the pager and passes on what comes as it comes. Closing it
 * shows what is held, or waits until the user has left the pager; the Writer behind it stays open.
 *
 * <p>A pager that cannot be run is no failure: the text goes to the Writer behind. One that Ctrl-C
 * ended is an {@link InterruptedIOException} on closing.
 */
public final class Pager extends Writer {
  /** What sh answers for a command that is not there or cannot be run. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int NOT_FOUND = 127;

  /** What sh answers when Ctrl-C ended it or the pager. */
  private static final int INTERRUPTED = 130;

  /** More than a pipe holds: beyond it the pager has read something. */
  private static final int MOST_KEPT = 1 << 18;

  /** For a pager that puts the terminal back as it was. */
  private static final int END_SECONDS = 2;

  /** A pager to be run, and the screen it is run on. */
  public record Settings(
      String command, int rows, int columns, Map<String, String> environment, Redirect to) {}

  private final Settings settings;
  private final Writer plain;
  private final Thread hook = new Thread(this::await);
  private StringBuilder kept = new StringBuilder();
  private int line;
  private int rows;
  private Process process;
  private Writer target;

  /**
   * A pager for one piece of output.
   *
   * @param plain the terminal, for what needs no pager
   * @param settings its command is run by sh; rows and columns are those of the screen
   */
  public Pager(Writer plain, Settings settings) {
    this.plain = plain;
    this.settings = settings;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    if (kept != null) {
      kept.append(text, offset, length);
    }
    if (target == null) {
      count(text, offset, length);
      if (rows < settings.rows()) {
        return;
      }
      String held = kept.toString();
      start();
      send(held);
    } else {
      send(new String(text, offset, length));
    }
    if (kept != null && kept.length() > MOST_KEPT) {
      kept = null;
    }
  }

  /** Counts the rows of the screen; the prompt will need one more. */
  private void count(char[] text, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      boolean full = settings.columns() > 0 && line == settings.columns();
      boolean end = text[i] == '\n';
      rows += end || full ? 1 : 0;
      line = end ? 0 : full ? 1 : line + 1;
    }
  }

  private void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", settings.command())
            .redirectOutput(settings.to())
            .redirectError(settings.to());
    builder.environment().clear();
    builder.environment().putAll(settings.environment());
    try {
      process = builder.start();
    } catch (IOException e) {
      target = plain;
      return;
    }
    target = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    // Ctrl-C reaches both: whoever would end now leaves the terminal to the pager until it ends.
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void send(String text) throws IOException {
    try {
      target.write(text);
    } catch (IOException e) {
      left(e);
    }
  }

  @Override
  public void flush() throws IOException {
    if (target != null) {
      try {
        target.flush();
      } catch (IOException e) {
        left(e);
      }
    }
  }

  /** The pager reads no more: it was left, which is a closed pipe, or it never ran. */
  private void left(IOException e) throws IOException {
    if (target == plain) {
      throw e;
    }
    int code = await();
    if (kept == null || (code != NOT_EXECUTABLE && code != NOT_FOUND)) {
      throw new IOException("Broken pipe", e);
    }
    target = plain;
    plain.write(kept.toString());
    kept = null;
    plain.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      if (target == null) {
        plain.write(kept.toString());
      } else if (target != plain) {
        end();
      }
      plain.flush();
    } finally {
      if (process != null) {
        leaveTerminal();
        unhook();
      }
    }
  }

  private void end() throws IOException {
    try {
      target.close();
    } catch (IOException e) {
      // It was left before all was shown.
    }
    int code = await();
    if (code == INTERRUPTED) {
      // The same Ctrl-C may reach this process later.
      throw new InterruptedIOException("interrupted");
    } else if (kept != null && (code == NOT_EXECUTABLE || code == NOT_FOUND)) {
      plain.write(kept.toString());
    }
  }

  /**
   * Ends the pager if whoever waited for it was interrupted, and waits for its end: while it lives,
   * it may read what is typed at the next prompt.
   */
  private void leaveTerminal() {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    CompletableFuture<?> end =
        CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
    all.forEach(ProcessHandle::destroy);
    end.copy().completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS).join();
    all.forEach(ProcessHandle::destroyForcibly);
    end.join();
  }

  private void unhook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and waits for it.
    }
  }

  private int await() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
