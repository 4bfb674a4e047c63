package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.User;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A store that fails: before a call took effect, after it did (the answer is lost), or by a crash
 * of the whole process, which no handler may catch.
 */
final class FaultyStore implements ConversationStore {
  private final ConversationStore store;
  private final Set<String> alwaysFailing = ConcurrentHashMap.newKeySet();
  private Random random;
  private double before;
  private double after;
  private double crash;
  private LaggingIndex index;
  private final AtomicInteger rowWrites = new AtomicInteger();

  FaultyStore(ConversationStore store) {
    this.store = store;
  }

  /** The database answered 500. */
  static final class ServiceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServiceFailure(String message) {
      super(message);
    }
  }

  /** The process died. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  void failAlways(String groupUuid) {
    alwaysFailing.add(groupUuid);
  }

  /** The shares of calls that fail, 0 to 1 each. */
  void failAtRandom(long seed, double beforeCalls, double afterCalls, double crashes) {
    random = new Random(seed);
    before = beforeCalls;
    after = afterCalls;
    crash = crashes;
  }

  /** Shows the rows as the index does, late, rather than as the table has them. */
  void readFrom(LaggingIndex laggingIndex) {
    index = laggingIndex;
  }

  /** How many writes of rows took effect. */
  int rowWrites() {
    return rowWrites.get();
  }

  private RowWrite write(String groupUuid, Supplier<RowWrite> write, Consumer<LaggingIndex> seen) {
    return call(
        groupUuid,
        () -> {
          RowWrite outcome = write.get();
          if (outcome == RowWrite.DONE) {
            rowWrites.incrementAndGet();
            if (index != null) {
              seen.accept(index);
            }
          }
          return outcome;
        });
  }

  private <T> T call(String groupUuid, Supplier<T> call) {
    if (alwaysFailing.contains(groupUuid)) {
      throw new ServiceFailure("500 as asked");
    }
    if (draw() < crash / 2) {
      throw new Crash();
    }
    if (draw() < before) {
      throw new ServiceFailure("500, nothing was done");
    }
    T answer = call.get();
    if (draw() < after) {
      throw new ServiceFailure("500, but it was done");
    }
    if (draw() < crash / 2) {
      throw new Crash();
    }
    return answer;
  }

  private synchronized double draw() {
    return random == null ? 1 : random.nextDouble();
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
  public Optional<Message> findMessage(String groupUuid, String messageUuid) {
    return call(groupUuid, () -> store.findMessage(groupUuid, messageUuid));
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
    return call(
        groupUuid, () -> index == null ? store.indexedRows(groupUuid) : index.rows(groupUuid));
  }

  @Override
  public List<ConversationRow> rows(String userUuid, String groupUuid) {
    return call(groupUuid, () -> store.rows(userUuid, groupUuid));
  }

  @Override
  public Optional<Message> putMessage(Message message) {
    return call(message.groupUuid(), () -> store.putMessage(message));
  }

  @Override
  public Optional<Message> putMessageOnce(Message message) {
    return call(message.groupUuid(), () -> store.putMessageOnce(message));
  }

  @Override
  public RowWrite start(Message first, List<ConversationRow> rows) {
    return call(first.groupUuid(), () -> store.start(first, rows));
  }

  @Override
  public RowWrite createRow(ConversationRow row) {
    return write(row.groupUuid(), () -> store.createRow(row), i -> i.put(row));
  }

  @Override
  public RowWrite moveRow(ConversationRow from, ConversationRow to) {
    return write(
        to.groupUuid(),
        () -> store.moveRow(from, to),
        i -> {
          i.put(to);
          i.delete(from);
        });
  }

  @Override
  public RowWrite rewriteRow(ConversationRow row, String text) {
    return write(row.groupUuid(), () -> store.rewriteRow(row, text), i -> {});
  }

  @Override
  public RowWrite renameRow(ConversationRow row, User other) {
    return write(row.groupUuid(), () -> store.renameRow(row, other), i -> {});
  }

  @Override
  public boolean rewriteMessage(Message from, Message to) {
    return call(from.groupUuid(), () -> store.rewriteMessage(from, to));
  }

  @Override
  public RowWrite moveMessage(Message message, String createdAt) {
    return call(message.groupUuid(), () -> store.moveMessage(message, createdAt));
  }

  @Override
  public boolean deleteMessage(Message message) {
    return call(message.groupUuid(), () -> store.deleteMessage(message));
  }

  @Override
  public void deleteMessages(List<Message> messages) {
    messages.forEach(this::deleteMessage);
  }

  @Override
  public RowWrite deleteRow(ConversationRow row) {
    return write(row.groupUuid(), () -> store.deleteRow(row), i -> i.delete(row));
  }

  @Override
  public RowWrite mergeRow(ConversationRow second, ConversationRow stays) {
    return write(stays.groupUuid(), () -> store.mergeRow(second, stays), i -> i.delete(second));
  }
}
