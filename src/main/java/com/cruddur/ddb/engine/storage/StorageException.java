package com.cruddur.ddb.engine.storage;

/** A store that cannot be opened, read or written; the message names the file and the cure. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String cure;

  public StorageException(String message, String cure, Throwable cause) {
    super(message, cause);
    this.cure = cure;
  }

  /** What the user can do about it, a sentence. */
  public String cure() {
    return cure;
  }
}
