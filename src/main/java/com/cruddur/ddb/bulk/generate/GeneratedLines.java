package com.cruddur.ddb.bulk.generate;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** Lines that are made while they are read. */
final class GeneratedLines extends InputStream {
  private final long count;
  private final LongFunction<String> lines;
  private long next;
  private byte[] line = new byte[0];
  private int position;

  /**
   * A stream of lines.
   *
   * @param lines asked for each line once, in order, from 0 on
   */
  GeneratedLines(long count, LongFunction<String> lines) {
    this.count = count;
    this.lines = lines;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (position == line.length) {
      if (next == count) {
        return -1;
      }
      line = (lines.apply(next++) + "\n").getBytes(StandardCharsets.UTF_8);
      position = 0;
    }
    int n = Math.min(length, line.length - position);
    System.arraycopy(line, position, bytes, offset, n);
    position += n;
    return n;
  }
}
