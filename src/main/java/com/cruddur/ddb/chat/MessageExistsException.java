package com.cruddur.ddb.chat;

/** A message of this uuid is stored with another text; nothing was added or changed. */
public final class MessageExistsException extends ChatException {
  private static final long serialVersionUID = 1L;

  MessageExistsException(Message stored) {
    super(
        "message " + stored.uuid() + " already exists with different text",
        "Nothing was added. Send a new message without --message-uuid, or with another one.");
  }
}
