package com.cruddur.ddb.chat;

/** The database refuses a conversation row for what is in it, such as one that grows too large. */
public final class RowRefusedException extends ChatException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal of one row.
   *
   * @param reason the database's own words
   */
  public RowRefusedException(ConversationRow row, String reason, RuntimeException cause) {
    super(
        "the row of user "
            + row.ownerUuid()
            + " in conversation "
            + row.groupUuid()
            + " cannot be written: "
            + reason,
        "Make the item smaller or remove what DynamoDB names, then run 'ddb check "
            + row.groupUuid()
            + " --repair'.");
    initCause(cause);
  }
}
