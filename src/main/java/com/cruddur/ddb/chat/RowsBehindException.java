package com.cruddur.ddb.chat;

/**
 * The message is stored, but not every conversation row was moved to it: never send it again. The
 * cause says why.
 */
public final class RowsBehindException extends ChatException {
  private static final long serialVersionUID = 1L;

  RowsBehindException(String groupUuid, RuntimeException cause) {
    super(
        "the message is stored, but not every row was moved to it",
        "Do not send it again: run 'ddb check " + groupUuid + " --repair'.");
    initCause(cause);
  }
}
