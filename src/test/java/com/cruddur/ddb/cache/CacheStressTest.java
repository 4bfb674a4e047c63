package com.cruddur.ddb.cache;

import static com.cruddur.ddb.cache.CachedTable.A;
import static com.cruddur.ddb.cache.CachedTable.B;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ForwardingStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Readers through the cache and senders at once, each with a store of its own, as processes are.
 */
class CacheStressTest {
  private static final int SENDS = 12;
  private static final int HITS = 12;
  private static final int SENDERS = 2;
  private static final int READERS = 3;

  private final AtomicReference<Instant> returned = new AtomicReference<>(Instant.MIN);
  private final AtomicInteger sends = new AtomicInteger();
  private volatile boolean failed;

  @Test
  void noReadShowsAPageOlderThanASendThatHadReturnedWhenItBegan() throws Exception {
    try (CachedTable cached = new CachedTable()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String sender = i == 0 ? A.uuid() : B.uuid();
        tasks.add(() -> whole(() -> send(cached, sender)));
      }
      for (int i = 0; i < READERS; i++) {
        tasks.add(() -> whole(() -> read(cached)));
      }
      run(tasks);
      assertThat(cached.warnings).isEmpty();
    }
  }

  /** Until enough of both has happened, or somebody failed. */
  private boolean goesOn(CachedTable cached) {
    return !failed
        && cached.warnings.isEmpty()
        && (sends.get() < SENDS || cached.hits().size() < HITS);
  }

  private Void whole(Callable<Void> task) throws Exception {
    boolean done = false;
    try {
      task.call();
      done = true;
    } finally {
      failed = failed || !done;
    }
    return null;
  }

  /** A table whose answers take their time, so that a write may come between read and store. */
  private static final class SlowAnswers extends ForwardingStore {
    SlowAnswers(CachedTable cached) {
      super(cached.table.store());
    }

    @Override
    public Page<Message> messages(MessageQuery query) {
      return slowly(super.messages(query));
    }

    @Override
    public Page<ConversationRow> conversations(ConversationQuery query) {
      return slowly(super.conversations(query));
    }

    private static <T> T slowly(T answer) {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(40));
        return answer;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private Void send(CachedTable cached, String sender) throws InterruptedException {
    while (goesOn(cached)) {
      Chat chat = cached.chat(cached.writer());
      Message sent = Sent.send(chat, cached.group, sender, "message", null).message();
      returned.accumulateAndGet(sent.instant(), (a, b) -> a.isAfter(b) ? a : b);
      sends.incrementAndGet();
      // Time for pages to be stored, and now and then none: lists are closed during a whole send.
      Thread.sleep(ThreadLocalRandom.current().nextInt(150));
    }
    return null;
  }

  private Void read(CachedTable cached) {
    while (goesOn(cached)) {
      CachedConversationStore store = cached.reader(new SlowAnswers(cached));
      Instant floor = returned.get();
      Instant newest = store.messages(cached.query()).items().get(0).instant();
      assertThat(newest).as("newest message").isAfterOrEqualTo(floor);
      for (String user : List.of(A.uuid(), B.uuid())) {
        floor = returned.get();
        Instant last =
            store.conversations(new ConversationQuery(user, 5, null)).items().get(0).instant();
        assertThat(last).as("conversation row").isAfterOrEqualTo(floor);
      }
    }
    return null;
  }

  private static void run(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
