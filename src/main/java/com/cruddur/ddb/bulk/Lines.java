package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.text.Count;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream as bytes, without their line ends ({@code \n} or {@code \r\n}). A line
 * beyond the limit is read past and given cut off.
 */
public final class Lines {
  /** The greatest length of a line in bytes. */
  public static final int LIMIT = 5_000_000;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private long number;

  /** The bytes before the buffer. */
  private long before;

  private boolean tooLong;

  public Lines(InputStream in) {
    this(in, 0, 0);
  }

  /**
   * The lines of the rest of a stream.
   *
   * @param number of the last line before
   * @param bytes how long all before is
   */
  public Lines(InputStream in, long number, long bytes) {
    this.in = in;
    this.number = number;
    this.before = bytes;
  }

  /**
   * Reads past what an earlier run has read: skipping would leave it out of a checksum.
   *
   * @param in that can be marked, at its start
   * @throws InvalidInputException when the stream is shorter, or no line ends there
   */
  public static void pass(InputStream in, String name, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    byte last = '\n';
    for (long left = bytes; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw noEnd(name, bytes);
      }
      last = buffer[n - 1];
      left -= n;
    }
    if (last != '\n') {
      in.mark(1);
      if (in.read() >= 0) {
        throw noEnd(name, bytes);
      }
      in.reset();
    }
  }

  private static InvalidInputException noEnd(String name, long bytes) {
    return new InvalidInputException(
        "the checkpoint does not fit "
            + name
            + ": no line of it ends after "
            + Count.of(bytes, "byte"),
        "Nothing was done. --restart starts over.");
  }

  /** The next line; null at the end. */
  public byte[] next() throws IOException {
    int newline = position;
    while (newline < end && buffer[newline] != '\n') {
      newline++;
    }
    if (newline < end) {
      byte[] line = Arrays.copyOfRange(buffer, position, newline);
      position = newline + 1;
      number++;
      tooLong = false;
      return withoutReturn(line);
    }
    return acrossBuffers();
  }

  private byte[] acrossBuffers() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean any = false;
    tooLong = false;
    while (position < end || fill()) {
      any = true;
      int from = position;
      while (position < end && buffer[position] != '\n') {
        position++;
      }
      keep(line, from, position - from);
      if (position < end) {
        position++;
        number++;
        return withoutReturn(line.toByteArray());
      }
    }
    if (!any) {
      return null;
    }
    number++;
    return withoutReturn(line.toByteArray());
  }

  private void keep(ByteArrayOutputStream line, int from, int length) {
    int kept = Math.min(length, LIMIT - line.size());
    line.write(buffer, from, kept);
    tooLong |= kept < length;
  }

  private boolean fill() throws IOException {
    before += end;
    position = 0;
    end = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private static byte[] withoutReturn(byte[] line) {
    boolean ended = line.length > 0 && line[line.length - 1] == '\r';
    return ended ? Arrays.copyOf(line, line.length - 1) : line;
  }

  /** Whether a line holds nothing but white space. */
  public static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (!Character.isWhitespace(b)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it holds what a file system leaves after a crash; a parser would take it for UTF-16.
   */
  public static boolean beginsWithNul(byte[] line) {
    return line.length > 0 && line[0] == 0;
  }

  /** The number of the line that {@link #next} gave, 1 for the first. */
  public long number() {
    return number;
  }

  /** How many bytes stand before the next line. */
  public long bytes() {
    return before + position;
  }

  /** Whether the line that {@link #next} gave was cut off at the limit. */
  public boolean tooLong() {
    return tooLong;
  }
}
