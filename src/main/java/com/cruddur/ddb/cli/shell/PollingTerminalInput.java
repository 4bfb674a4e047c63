package com.cruddur.ddb.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Terminal;

/**
 * What is typed while a command runs. A read from a terminal cannot be interrupted, and would take
 * what is typed at the next prompt; so it only begins when there is something to read. The end of
 * the input cannot be seen that way: {@link #open} makes Ctrl-D a character that ends a line.
 */
final class PollingTerminalInput extends InputStream {
  private static final int CTRL_D = 4;
  private static final int POLL_MILLIS = 20;

  private final InputStream in;

  PollingTerminalInput(InputStream in) {
    this.in = in;
  }

  /** Prepares the terminal for a command; returns what it was, to be set again after it. */
  static Attributes open(Terminal terminal) {
    Attributes before = terminal.getAttributes();
    Attributes attributes = new Attributes(before);
    attributes.setControlChar(ControlChar.VEOF, 0);
    attributes.setControlChar(ControlChar.VEOL, CTRL_D);
    terminal.setAttributes(attributes);
    return before;
  }

  @Override
  public int read() throws IOException {
    try {
      while (in.available() == 0) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    int key = in.read();
    return key == CTRL_D ? -1 : key;
  }

  /** A line at most, as from a terminal. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = 0;
    int key = 0;
    while (count < length && key != '\n' && (key = read()) >= 0) {
      bytes[offset + count++] = (byte) key;
    }
    return count == 0 && length > 0 ? -1 : count;
  }
}
