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

  /** Around every call about one conversation. */
  protected <T> T call(String groupUuid, Supplier<T> call) {
    return call.get();
  }

  /** Around every write. */
  <T> T write(Supplier<T> write) {
    return write.get();
  }

  /** After rows were written or not, before anybody has the answer. */
  protected RowWrite wrote(
      RowWrite outcome, List<ConversationRow> put, List<ConversationRow> deleted) {
    return outcome;
  }

  private <T> T write(String groupUuid, Supplier<T> write) {
    return call(groupUuid, () -> write(write));
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
    return call(groupUuid, () -> store.newestMessage(groupUuid));
  }

  @Override
  public Optional<Message> newestByMoment(String groupUuid) {
    return call(groupUuid, () -> store.newestByMoment(groupUuid));
  }

  @Override
  public Optional<Message> message(String groupUuid, String createdAt) {
    return call(groupUuid, () -> store.message(groupUuid, createdAt));
  }

  @Override
  public List<Message> findMessages(String groupUuid, String messageUuid) {
    return call(groupUuid, () -> store.findMessages(groupUuid, messageUuid));
  }

  @Override
  public Optional<Message> recentMessage(String groupUuid, String messageUuid) {
    return call(groupUuid, () -> store.recentMessage(groupUuid, messageUuid));
  }

  @Override
  public Optional<User> findSender(String groupUuid, String userUuid) {
    return call(groupUuid, () -> store.findSender(groupUuid, userUuid));
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return call(groupUuid, () -> store.indexedRows(groupUuid));
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    return call(groupUuid, () -> store.rows(userUuid, groupUuid));
  }

  @Override
  public Optional<Message> putMessage(Message message) {
    return write(message.groupUuid(), () -> store.putMessage(message));
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return write(message.groupUuid(), () -> store.putMessageOnce(message));
  }

  @Override
  public boolean rewriteMessage(Message from, Message to) {
    return write(from.groupUuid(), () -> store.rewriteMessage(from, to));
  }

  @Override
  public RowWrite moveMessage(Message message, String createdAt) {
    return write(message.groupUuid(), () -> store.moveMessage(message, createdAt));
  }

  @Override
  public boolean deleteMessage(Message message) {
    return write(message.groupUuid(), () -> store.deleteMessage(message));
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
    return write(first.groupUuid(), () -> store.start(first, rows));
  }

  @Override
  public RowWrite createRow(ConversationRow row) {
    return write(row.groupUuid(), () -> wrote(store.createRow(row), List.of(row), List.of()));
  }

  @Override
  public RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return write(to.groupUuid(), () -> wrote(store.moveRow(from, to), List.of(to), List.of(from)));
  }

  @Override
  public RowWrite rewriteRow(ConversationRow row, String text) {
    return write(row.groupUuid(), () -> wrote(store.rewriteRow(row, text), List.of(), List.of()));
  }

  @Override
  public RowWrite renameRow(ConversationRow row, User other) {
    return write(row.groupUuid(), () -> wrote(store.renameRow(row, other), List.of(), List.of()));
  }

  @Override
  public RowWrite deleteRow(ConversationRow row) {
    return write(row.groupUuid(), () -> wrote(store.deleteRow(row), List.of(), List.of(row)));
  }

  @Override
  public RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return write(
        stays.groupUuid(), () -> wrote(store.mergeRow(second, stays), List.of(), List.of(second)));
  }
}
