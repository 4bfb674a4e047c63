package com.cruddur.ddb.chat;

import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A user's conversations, found by the user's own rows and never by a scan, and what is done to
 * each of them. All reads are strongly consistent.
 */
public final class UserConversations {
  private static final int AT_ONCE = 8;
  private static final int PAGE = 1000;
  private static final int MESSAGES = 100;
  private static final int TRIES = 12;

  private final ConversationStore store;
  private final Backoff backoff;
  private final LongPredicate progress;
  private final AtomicLong read = new AtomicLong();
  private final Set<String> inLowerCase = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  public UserConversations(ConversationStore store, Backoff backoff) {
    this(store, backoff, items -> true);
  }

  /**
   * The same with somebody who looks on.
   *
   * @param progress is told how many rows and messages are read so far, by any thread; false ends
   *     the work where the next call goes on
   */
  public UserConversations(ConversationStore store, Backoff backoff, LongPredicate progress) {
    this.store = store;
    this.backoff = backoff;
    this.progress = progress;
  }

  ConversationStore store() {
    return store;
  }

  /** The rows of a user's list, the latest first. */
  public List<ConversationRow> list(String userUuid) {
    List<ConversationRow> rows = new ArrayList<>();
    ConversationQuery query = new ConversationQuery(userUuid, PAGE, null).consistently();
    // One that is empty in the end, since its rows were deleted, is not looked for in capitals.
    boolean known = inLowerCase.contains(userUuid);
    do {
      Page<ConversationRow> page =
          known ? store.conversations(query) : store.conversationsInAnyCase(query);
      rows.addAll(page.items());
      // A list is read to its end, whoever asks for a stop.
      boolean unused = progress.test(read.addAndGet(page.items().size()));
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    } while (query != null);
    if (!rows.isEmpty() && rows.get(0).ownerUuid().equals(userUuid)) {
      inLowerCase.add(userUuid);
    }
    return rows;
  }

  /**
   * Does something to each of a user's conversations, eight at a time, also to one that comes or
   * moves to the top of the list meanwhile.
   *
   * @return how many there were
   * @throws RuntimeException what the first that failed threw; the others end after a page
   */
  int forEach(String userUuid, Consumer<ConversationRow> action) {
    Set<String> seen = new HashSet<>();
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, UserConversations::daemon);
    try {
      boolean more = true;
      while (more) {
        List<Future<?>> begun = new ArrayList<>();
        for (ConversationRow row : list(userUuid)) {
          if (seen.add(row.groupUuid())) {
            begun.add(threads.submit(() -> act(action, row, done)));
          }
        }
        more = !begun.isEmpty();
        await(begun);
      }
    } catch (Stopped e) {
      throw interrupted("%d of %d conversations are done; ".formatted(done.get(), seen.size()));
    } finally {
      threads.shutdownNow();
    }
    return seen.size();
  }

  /**
   * Does something to one conversation.
   *
   * @throws BusyException when it was told to end before it was done
   */
  <T> T alone(Supplier<T> action) {
    try {
      return action.get();
    } catch (Stopped e) {
      throw interrupted("");
    }
  }

  private static BusyException interrupted(String done) {
    return new BusyException("interrupted; " + done + "run the same command again to go on", null);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "conversations");
    thread.setDaemon(true);
    return thread;
  }

  private void act(Consumer<ConversationRow> action, ConversationRow row, AtomicInteger done) {
    try {
      read(0);
      action.accept(row);
      done.incrementAndGet();
    } catch (RuntimeException | Error e) {
      ending = true;
      throw e;
    }
  }

  /** Nobody is interrupted within a write: what it makes stale must be dropped from the cache. */
  private void read(int items) {
    if (!progress.test(read.addAndGet(items)) || ending) {
      throw new Stopped();
    }
  }

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Waits for all; a failure counts for more than that others ended because of it. */
  private static void await(List<Future<?>> begun) {
    RuntimeException failure = null;
    for (Future<?> work : begun) {
      try {
        await(work);
      } catch (RuntimeException e) {
        failure = failure == null || failure instanceof Stopped ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted", "Run the command again: it resumes where it stopped.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Every message of a conversation, the newest first, read page by page as it is asked for. */
  public Iterable<Message> messages(String groupUuid) {
    MessageQuery query =
        new MessageQuery(groupUuid, MESSAGES, null, null, false, null).consistently();
    return () ->
        Stream.iterate(
                store.messages(query),
                Objects::nonNull,
                page ->
                    page.nextToken() == null ? null : store.messages(query.from(page.nextToken())))
            .peek(page -> read(page.items().size()))
            .flatMap(page -> page.items().stream())
            .iterator();
  }

  /**
   * Renames a user in the rows of everybody else in a conversation. The rows that the index shows
   * are written as they stand there: each owner's list is then read once, to see that all is right.
   *
   * @param other who else is known to take part; empty for nobody
   * @param renamed what a row must say for what it says
   * @param right takes each row of the others as it stands in the end
   * @return how many rows were changed
   * @throws BusyException when a row changed at each of a dozen tries
   */
  int rename(
      String groupUuid,
      String userUuid,
      String other,
      UnaryOperator<User> renamed,
      Consumer<ConversationRow> right) {
    Function<ConversationRow, RowWrite> write =
        row ->
            row.other().uuid().equalsIgnoreCase(userUuid)
                    && !row.other().equals(renamed.apply(row.other()))
                ? store.renameRow(row, renamed.apply(row.other()))
                : null;
    Set<String> owners = new LinkedHashSet<>();
    owners.add(other);
    int changed = 0;
    for (ConversationRow row : store.indexedRows(groupUuid)) {
      owners.add(row.ownerUuid());
      owners.add(row.other().uuid());
      if (!row.ownerUuid().equalsIgnoreCase(userUuid) && write.apply(row) == RowWrite.DONE) {
        changed++;
      }
    }
    owners.removeIf(owner -> owner.isEmpty() || owner.equalsIgnoreCase(userUuid));
    for (String owner : owners) {
      changed += settle(owner, groupUuid, write, right);
    }
    return changed;
  }

  /** Deletes a user's rows of a conversation. */
  int deleteRows(String owner, String groupUuid) {
    return settle(owner, groupUuid, store::deleteRow, row -> {});
  }

  /**
   * Writes to each row of a user and conversation until there is nothing to write.
   *
   * @param write null for a row that is right
   * @param settled takes each row in the end
   */
  private int settle(
      String owner,
      String groupUuid,
      Function<ConversationRow, RowWrite> write,
      Consumer<ConversationRow> settled) {
    int done = 0;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      boolean right = true;
      List<ConversationRow> rows = store.rows(owner, groupUuid);
      for (ConversationRow row : rows) {
        RowWrite outcome = write.apply(row);
        done += outcome == RowWrite.DONE ? 1 : 0;
        right &= outcome == null;
      }
      if (right) {
        rows.forEach(settled);
        return done;
      }
      if (attempt > 2) {
        backoff.pause(attempt);
      }
    }
    throw new BusyException(
        "a row of user " + owner + " changed at each of " + TRIES + " tries",
        "Run the command again: it resumes where it stopped.");
  }
}
