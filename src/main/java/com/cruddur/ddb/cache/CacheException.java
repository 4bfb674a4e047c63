package com.cruddur.ddb.cache;

/**
 * The cache cannot do what was asked. The message is one line that names the place and the cause,
 * the hint one line that names the cure; neither they nor any cause holds a key.
 */
public final class CacheException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String hint;

  /** What kind of failure it is. */
  public enum Kind {
    /** There is no key, or it is none that can be used. */
    NO_KEY,
    /** The service refuses the key, or does not allow this with it. */
    NOT_ALLOWED,
    /** The service cannot be reached, or does not answer in time. */
    UNREACHABLE,
    /** The cache does not exist. */
    NO_CACHE,
    /** A limit of the service or the account: size, rate, number of caches. */
    LIMIT,
    /** The request is not one that the service takes. */
    INVALID,
    /** A write to production that nobody allowed; nothing was sent. */
    REFUSED,
    /** Any other failure of the service. */
    FAILED
  }

  CacheException(Kind kind, String message, String hint, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /** A failure without a deeper cause that may be told. */
  public CacheException(Kind kind, String message, String hint) {
    this(kind, message, hint, null);
  }

  public Kind kind() {
    return kind;
  }

  /** What to do about it, one line; null when there is nothing to say. */
  public String hint() {
    return hint;
  }
}
