package com.cruddur.ddb.bulk;

import java.io.IOException;

/** A gzip stream that breaks off, is damaged, or is followed by something else. */
public final class BrokenGzipException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenGzipException(String message) {
    super(message);
  }

  public static BrokenGzipException here() {
    return new BrokenGzipException("the gzip file is broken from here");
  }
}
