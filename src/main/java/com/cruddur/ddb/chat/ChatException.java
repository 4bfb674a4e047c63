package com.cruddur.ddb.chat;

/** A request that cannot be met: the message names the cause in one line, the hint the cure. */
public abstract sealed class ChatException extends RuntimeException
    permits InvalidInputException,
        NotFoundException,
        NotParticipantException,
        BusyException,
        MessageExistsException,
        RowRefusedException,
        RowsBehindException {
  private static final long serialVersionUID = 1L;
  private final String hint;

  ChatException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do about it, one line. */
  public String hint() {
    return hint;
  }
}
