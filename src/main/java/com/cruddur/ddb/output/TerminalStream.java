package com.cruddur.ddb.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 lines on their way to a terminal: what it would obey is spelled as in JSON ({@code \}{@code
 * u202e}), which inside a JSON string is the same text. A line is passed on when it is complete.
 */
public final class TerminalStream extends OutputStream {
  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  public TerminalStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    line.write(b);
    if (b == '\n') {
      endLine();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, start, i + 1 - start);
        endLine();
        start = i + 1;
      }
    }
    line.write(bytes, start, offset + length - start);
  }

  private void endLine() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    StringBuilder visible = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\n' || (c == '\r' && text.charAt(i + 1) == '\n');
      visible.append(!ends && VisibleText.isObeyed(c) ? VisibleText.hex(c) : String.valueOf(c));
    }
    out.write(visible.toString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
