package com.cruddur.ddb.chat;

/** The caller's input is not usable as it stands. */
public final class InvalidInputException extends ChatException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message, String hint) {
    super(message, hint);
  }
}
