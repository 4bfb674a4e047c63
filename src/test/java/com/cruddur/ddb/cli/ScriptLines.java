package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** A script whose lines come one by one, with things that happen in between. */
public final class ScriptLines extends InputStream {
  private final Queue<Runnable> before = new ArrayDeque<>();
  private final Queue<String> lines = new ArrayDeque<>();
  private Runnable next = () -> {};

  public ScriptLines line(String line) {
    before.add(next);
    lines.add(line + "\n");
    next = () -> {};
    return this;
  }

  public ScriptLines then(Runnable step) {
    next = step;
    return this;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (lines.isEmpty()) {
      return -1;
    }
    before.remove().run();
    byte[] line = lines.remove().getBytes(UTF_8);
    System.arraycopy(line, 0, buffer, offset, line.length);
    return line.length;
  }
}
