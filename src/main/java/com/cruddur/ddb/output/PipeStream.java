package com.cruddur.ddb.output;

import java.io.IOException;
import java.io.OutputStream;

/** A stream whose failures are unchecked, a closed pipe told apart from the rest. */
public final class PipeStream extends OutputStream {
  private final OutputStream out;

  public PipeStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    try {
      out.write(b);
    } catch (IOException e) {
      throw PipeWriter.unchecked(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw PipeWriter.unchecked(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw PipeWriter.unchecked(e);
    }
  }
}
