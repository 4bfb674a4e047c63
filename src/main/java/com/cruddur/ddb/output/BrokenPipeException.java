package com.cruddur.ddb.output;

/**
 * The reader of the output went away, as {@code head} does: a reason to end quietly, not an error.
 */
public final class BrokenPipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPipeException(Throwable cause) {
    super("the reader of the output went away", cause);
  }
}
