package com.cruddur.ddb.cli.context;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** A stream that swallows what comes once it is shut: of a command that was left alone. */
public final class DetachableOutput extends OutputStream {
  private final OutputStream out;
  private final BooleanSupplier shut;

  public DetachableOutput(OutputStream out, BooleanSupplier shut) {
    this.out = out;
    this.shut = shut;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!shut.getAsBoolean()) {
      out.write(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
