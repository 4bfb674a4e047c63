package com.cruddur.ddb.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * A Writer whose failures are unchecked, a closed pipe told apart from the rest. Closing it only
 * flushes.
 */
final class PipeWriter extends Writer {
  /** What operating systems and {@link java.io.PipedWriter} say of a pipe without a reader. */
  private static final List<String> CLOSED_PIPE =
      List.of(
          "broken pipe",
          "pipe closed",
          "pipe broken",
          "pipe is being closed",
          "pipe has been ended",
          "read end dead",
          "connection reset");

  private final Writer out;

  PipeWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    try {
      out.write(text, offset, length);
    } catch (IOException e) {
      throw unchecked(e);
    }
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  @Override
  public void write(String text, int offset, int length) {
    try {
      out.write(text, offset, length);
    } catch (IOException e) {
      throw unchecked(e);
    }
  }

  @Override
  public void write(int c) {
    try {
      out.write(c);
    } catch (IOException e) {
      throw unchecked(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unchecked(e);
    }
    // A PrintWriter keeps the cause to itself; on stdout it is a closed pipe nearly always.
    if (out instanceof PrintWriter printWriter && printWriter.checkError()) {
      throw new BrokenPipeException(null);
    }
  }

  @Override
  public void close() {
    flush();
  }

  static RuntimeException unchecked(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return CLOSED_PIPE.stream().anyMatch(message::contains)
        ? new BrokenPipeException(e)
        : new UncheckedIOException(e);
  }
}
