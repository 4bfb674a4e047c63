package com.cruddur.ddb.chat;

/**
 * A message that was sent by a batch of one, as send-message does.
 *
 * @param rows what became of the conversation rows
 */
public record Sent(Message message, boolean alreadySent, Reconciliation rows) {
  /** Sends one message and moves the rows. */
  public static Sent send(Chat chat, String groupUuid, String from, String text, String uuid) {
    SendBatch batch = chat.sends();
    SendBatch.Stored stored = batch.send(groupUuid, from, text, uuid);
    return new Sent(stored.message(), stored.alreadySent(), batch.end().get(0));
  }
}
