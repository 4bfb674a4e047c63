package com.cruddur.ddb.chat;

/** Others changed the same rows faster than we could, to the last try; nothing was lost. */
public final class BusyException extends ChatException {
  private static final long serialVersionUID = 1L;

  public BusyException(String message, String hint) {
    super(message, hint);
  }
}
