package com.cruddur.ddb.aws;

/**
 * A set-up for AWS that cannot be used: the message says what it is and why, the hint how to repair
 * it.
 */
public final class AwsSetupException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String hint;

  /** What cannot be used. */
  public enum Kind {
    /** Nobody can sign. */
    CREDENTIALS,
    /** No region is named. */
    REGION,
    /** A configuration file, a proxy, a bundle of certificates, a number of attempts. */
    SETTING
  }

  /**
   * A set-up that cannot be used.
   *
   * @param hint the cure, a sentence
   * @param cause null for none
   */
  public AwsSetupException(Kind kind, String message, String hint, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  static AwsSetupException credentials(String message, String hint) {
    return new AwsSetupException(Kind.CREDENTIALS, message, hint, null);
  }

  static AwsSetupException setting(String message, String hint, Throwable cause) {
    return new AwsSetupException(Kind.SETTING, message, hint, cause);
  }

  public Kind kind() {
    return kind;
  }

  public String hint() {
    return hint;
  }
}
