package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ForwardingStore;
import com.cruddur.ddb.chat.Message;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A store that fails: before a call took effect, after it did (the answer is lost), or by a crash
 * of the whole process, which no handler may catch.
 */
final class FaultyStore extends ForwardingStore {
  private final Set<String> alwaysFailing = ConcurrentHashMap.newKeySet();
  private Random random;
  private double before;
  private double after;
  private double crash;
  private LaggingIndex index;
  private final AtomicInteger rowWrites = new AtomicInteger();

  FaultyStore(ConversationStore store) {
    super(store);
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

  @Override
  protected <T> T call(String groupUuid, Supplier<T> call) {
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
  protected RowWrite wrote(
      RowWrite outcome, List<ConversationRow> put, List<ConversationRow> deleted) {
    if (outcome == RowWrite.DONE) {
      rowWrites.incrementAndGet();
      if (index != null) {
        put.forEach(index::put);
        deleted.forEach(index::delete);
      }
    }
    return outcome;
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    return index == null
        ? super.indexedRows(groupUuid)
        : call(groupUuid, () -> index.rows(groupUuid));
  }

  @Override
  public void deleteMessages(List<Message> messages) {
    messages.forEach(this::deleteMessage);
  }
}
