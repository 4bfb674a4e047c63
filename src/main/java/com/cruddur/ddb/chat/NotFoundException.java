package com.cruddur.ddb.chat;

/** A conversation or a user does not exist. */
public final class NotFoundException extends ChatException {
  private static final long serialVersionUID = 1L;

  public NotFoundException(String message, String hint) {
    super(message, hint);
  }
}
