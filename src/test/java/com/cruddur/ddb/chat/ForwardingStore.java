package com.cruddur.ddb.chat;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in front of another one: tests override what they want to go wrong. */
public class ForwardingStore implements ConversationStore {
  private final ConversationStore store;

  public ForwardingStore(ConversationStore store) {
    this.store = store;
  }

  /** Around every write. */
  <T> T write(Supplier<T> write) {
    return write.get();
  }

  @Override
  public Page<Message> messages(MessageQuery query) {
    return store.messages(query);
  }

  @Override
  public Page<ConversationRow> conversations(ConversationQuery query) {
    return store.conversations(query);
  }

  @Override
  public boolean isPageOf(MessageQuery query, Page<Message> page) {
    return store.isPageOf(query, page);
  }

  @Override
  public boolean isPageOf(ConversationQuery query, Page<ConversationRow> page) {
    return store.isPageOf(query, page);
  }

  @Override
  public Optional<Message> newestMessage(String groupUuid) {
    return store.newestMessage(groupUuid);
  }

  @Override
  public Optional<Message> newestByMoment(String groupUuid) {
    return store.newestByMoment(groupUuid);
  }

  @Override
  public Optional<Message> message(String groupUuid, String createdAt) {
    return store.message(groupUuid, createdAt);
  }

  @Override
  public Optional<Message> findMessage(String groupUuid, String messageUuid) {
    return store.findMessage(groupUuid, messageUuid);
  }

  @Override
  public Optional<Message> recentMessage(String groupUuid, String messageUuid) {
    return store.recentMessage(groupUuid, messageUuid);
  }

  @Override
  public Optional<User> findSender(String groupUuid, String userUuid) {
    return store.findSender(groupUuid, userUuid);
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return store.indexedRows(groupUuid);
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    return store.rows(userUuid, groupUuid);
  }

  @Override
  public Optional<Message> putMessage(Message message) {
    return write(() -> store.putMessage(message));
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return write(() -> store.putMessageOnce(message));
  }

  @Override
  public boolean rewriteMessage(Message from, Message to) {
    return write(() -> store.rewriteMessage(from, to));
  }

  @Override
  public RowWrite moveMessage(Message message, String createdAt) {
    return store.moveMessage(message, createdAt);
  }

  @Override
  public boolean deleteMessage(Message message) {
    return write(() -> store.deleteMessage(message));
  }

  @Override
  public void deleteMessages(List<Message> messages) {
    write(
        () -> {
          store.deleteMessages(messages);
          return null;
        });
  }

  @Override
  public RowWrite start(Message first, List<ConversationRow> rows) {
    return write(() -> store.start(first, rows));
  }

  @Override
  public RowWrite createRow(ConversationRow row) {
    return write(() -> store.createRow(row));
  }

  @Override
  public RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return write(() -> store.moveRow(from, to));
  }

  @Override
  public RowWrite rewriteRow(ConversationRow row, String text) {
    return write(() -> store.rewriteRow(row, text));
  }

  @Override
  public RowWrite renameRow(ConversationRow row, User other) {
    return write(() -> store.renameRow(row, other));
  }

  @Override
  public RowWrite deleteRow(ConversationRow row) {
    return write(() -> store.deleteRow(row));
  }

  @Override
  public RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return write(() -> store.mergeRow(second, stays));
  }
}
