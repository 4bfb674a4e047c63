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
import java.time.Duration;
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
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int SENDERS = 2;
  private static final int READERS = 3;

  private final AtomicReference<Instant> returned = new AtomicReference<>(Instant.MIN);
  private final AtomicInteger sends = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void noReadShowsAPageOlderThanASendThatHadReturnedWhenItBegan() throws Exception {
    try (CachedTable cached = new CachedTable()) {
      long end = System.nanoTime() + TIME.toNanos();
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String sender = i == 0 ? A.uuid() : B.uuid();
        tasks.add(() -> send(cached, sender, end));
      }
      for (int i = 0; i < READERS; i++) {
        tasks.add(() -> read(cached, end));
      }
      run(tasks);
      assertThat(cached.warnings).isEmpty();
      assertThat(sends).as("sends").hasValueGreaterThan(10);
      assertThat(cached.hits()).as("hits of %s reads", reads).hasSizeGreaterThan(10);
    }
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

  private Void send(CachedTable cached, String sender, long end) throws InterruptedException {
    while (System.nanoTime() < end) {
      Chat chat = cached.chat(cached.writer());
      Message sent = Sent.send(chat, cached.group, sender, "message", null).message();
      returned.accumulateAndGet(sent.instant(), (a, b) -> a.isAfter(b) ? a : b);
      sends.incrementAndGet();
      // Time for pages to be stored, and now and then none: lists are closed during a whole send.
      Thread.sleep(ThreadLocalRandom.current().nextInt(150));
    }
    return null;
  }

  private Void read(CachedTable cached, long end) {
    while (System.nanoTime() < end) {
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
      reads.addAndGet(3);
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
