package com.cruddur.ddb.bulk;

/** A run that ended before its end because it was asked to; a checkpoint says where. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("stopped before the end");
  }
}
