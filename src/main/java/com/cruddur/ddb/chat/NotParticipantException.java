package com.cruddur.ddb.chat;

/** The sender takes no part in the conversation. */
public final class NotParticipantException extends ChatException {
  private static final long serialVersionUID = 1L;

  public NotParticipantException(String message, String hint) {
    super(message, hint);
  }
}
