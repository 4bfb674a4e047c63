package com.cruddur.ddb.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Spells out what a JSON generator lets through but a terminal would obey or a decoder would
 * refuse: DEL, C1 and bidirectional controls, line separators, lone surrogates. All of them can
 * only stand inside a JSON string, where the escape means the same character, so nothing is lost.
 */
final class JsonSafeWriter extends FilterWriter {
  /**
   * The first half of a pair whose second half may come with the next call; 0 when there is none.
   */
  private char pending;

  JsonSafeWriter(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c), 0, 1);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int end = offset + length;
    int safe = offset;
    for (int i = offset; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x7f && pending == 0) {
        continue;
      }
      out.write(text, safe, i - safe);
      writeChecked(c);
      safe = i + 1;
    }
    out.write(text, safe, end - safe);
  }

  @Override
  public void close() throws IOException {
    endPair();
    super.close();
  }

  private void writeChecked(char c) throws IOException {
    if (pending != 0 && Character.isLowSurrogate(c)) {
      out.write(new char[] {pending, c});
      pending = 0;
      return;
    }
    endPair();
    if (Character.isHighSurrogate(c)) {
      pending = c;
    } else if (Character.isLowSurrogate(c) || (c >= 0x7f && VisibleText.isObeyed(c))) {
      out.write(VisibleText.hex(c));
    } else {
      out.write(c);
    }
  }

  private void endPair() throws IOException {
    if (pending != 0) {
      out.write(VisibleText.hex(pending));
      pending = 0;
    }
  }
}
