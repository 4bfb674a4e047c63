package com.cruddur.ddb.aws;

/** Credentials that cannot be had: the message names whose and why, the hint the cure. */
public final class CredentialsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String hint;

  /**
   * A failure to get credentials.
   *
   * @param hint a sentence for the user
   * @param cause null for none
   */
  public CredentialsException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
