package com.cruddur.ddb.cache;

import static com.cruddur.ddb.cache.CachedTable.A;
import static com.cruddur.ddb.cache.CachedTable.B;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ChatException;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Sent;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Readers through a cache in a bad week: beside writers that send and delete, while the cache is
 * flushed, deleted and made again, and each call of it fails in turn, before it takes effect or
 * after. Every look and every write has a store of its own, as a process has. Nothing goes by the
 * clock: writers and the one who flushes wait for reads to be made.
 */
public final class CacheHammer implements AutoCloseable {
  private static final int SIZE = 5;
  private static final int READERS = 8;

  /** So many reads are made between two flushes, deletes or creations. */
  private static final int CALM = 60;

  private static final List<CacheException.Kind> KINDS =
      List.of(
          CacheException.Kind.LIMIT,
          CacheException.Kind.FAILED,
          CacheException.Kind.UNREACHABLE,
          CacheException.Kind.NOT_ALLOWED);

  private final Settings settings;
  private final CachedTable cached = new CachedTable();
  private final Conversation growing = new Conversation(cached.group);
  private final Conversation shrinking = new Conversation(CachedTable.uuid());
  private final AtomicInteger readers = new AtomicInteger();
  private final AtomicInteger writers = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private final Queue<String> stale = new ConcurrentLinkedQueue<>();
  private volatile boolean failed;

  /**
   * What to do.
   *
   * @param writers at once, two or more; every second one deletes what it sent
   * @param reads at least
   * @param hits at least so many of them served by the cache
   * @param pace how many reads a writer lets pass between two writes, on average
   */
  public record Settings(long seed, int writers, int reads, int hits, int pace) {}

  /**
   * What came of it.
   *
   * @param writes sends and deletions that ended
   * @param faults calls of the cache that were made to fail
   * @param stale reads that were older than a write that had ended, one line each
   */
  public record Result(int reads, int hits, int writes, int faults, List<String> stale) {}

  private CacheHammer(Settings settings) {
    this.settings = settings;
    String at = Timestamps.format(Instant.parse("2026-01-01T12:00:00Z").plusSeconds(1));
    Message first = new Message(shrinking.group, at, CachedTable.uuid(), "first", A);
    cached.table.put(first);
    cached.table.put(ConversationRow.of(A.uuid(), B, first));
    cached.table.put(ConversationRow.of(B.uuid(), A, first));
  }

  public static Result run(Settings settings) throws InterruptedException, ExecutionException {
    try (CacheHammer hammer = new CacheHammer(settings)) {
      return hammer.run();
    }
  }

  private Result run() throws InterruptedException, ExecutionException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < settings.writers; i++) {
      Random random = new Random(settings.seed * 1000 + i);
      Conversation conversation = i % 2 == 0 ? growing : shrinking;
      User sender = i % 4 < 2 ? A : B;
      tasks.add(whole(() -> write(conversation, sender, random)));
    }
    for (int i = 0; i < READERS; i++) {
      tasks.add(whole(this::read));
    }
    tasks.add(whole(this::disturb));
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return new Result(reads.get(), hits.get(), writes.get(), faults.get(), List.copyOf(stale));
  }

  private interface Part {
    void go() throws InterruptedException;
  }

  private Callable<Void> whole(Part part) {
    return () -> {
      boolean done = false;
      try {
        part.go();
        done = true;
        return null;
      } finally {
        failed = failed || !done;
      }
    };
  }

  private boolean goesOn() {
    return !failed
        && stale.isEmpty()
        && (reads.get() < settings.reads || hits.get() < settings.hits);
  }

  /** Until so many more reads have been made. */
  private void let(int more) throws InterruptedException {
    int enough = reads.get() + more;
    while (goesOn() && reads.get() < enough) {
      Thread.sleep(1);
    }
  }

  private void write(Conversation conversation, User sender, Random random)
      throws InterruptedException {
    while (goesOn()) {
      let(random.nextInt(2 * settings.pace));
      CacheProcess process = new CacheProcess(false);
      try {
        Message sent =
            Sent.send(cached.chat(process.store), conversation.group, sender.uuid(), "text", null)
                .message();
        process.end();
        conversation.sent(sent);
        writes.incrementAndGet();
        if (conversation == shrinking) {
          let(random.nextInt(settings.pace));
          conversation.leaving.add(sent.uuid());
          Reconciler rule = new Reconciler(process.store, Backoff.jittered());
          new Moderation(process.store, rule).delete(conversation.group, sent.uuid());
          process.end();
          conversation.gone.add(sent.uuid());
          writes.incrementAndGet();
        }
      } catch (ChatException e) {
        // Too many at one row: such a write has not ended.
        process.end();
      }
    }
  }

  private void read() {
    while (goesOn()) {
      CacheProcess process = new CacheProcess(true);
      look(process, growing);
      look(process, shrinking);
      rows(process, A);
      rows(process, B);
    }
  }

  private void look(CacheProcess process, Conversation conversation) {
    Map<String, String> standing = conversation.newest();
    Set<String> gone = Set.copyOf(conversation.gone);
    MessageQuery query = new MessageQuery(conversation.group, SIZE, null, null, false, null);
    List<Message> page = process.store.messages(query).items();
    reads.incrementAndGet();
    List<String> uuids = page.stream().map(Message::uuid).toList();
    String oldest = page.size() < SIZE ? "" : page.get(SIZE - 1).createdAt();
    uuids.stream().filter(gone::contains).forEach(uuid -> stale.add("deleted: " + uuid));
    standing.forEach(
        (key, uuid) -> {
          boolean shown = uuids.contains(uuid) || conversation.leaving.contains(uuid);
          if (!shown && key.compareTo(oldest) > 0) {
            stale.add("message missing: " + key + " in " + page);
          }
        });
  }

  /** Rows go back after deletions only. */
  private void rows(CacheProcess process, User user) {
    Map<String, String> standing = growing.newest();
    List<ConversationRow> rows =
        process.store.conversations(new ConversationQuery(user.uuid(), SIZE, null)).items();
    reads.incrementAndGet();
    String key =
        rows.stream()
            .filter(row -> row.groupUuid().equals(growing.group))
            .map(ConversationRow::lastMessageAt)
            .findFirst()
            .orElse("");
    standing.keySet().stream()
        .filter(sent -> sent.compareTo(key) > 0)
        .forEach(sent -> stale.add("row at " + key + ", a message of " + sent + " had ended"));
  }

  private void disturb() throws InterruptedException {
    String name = cached.settings.cacheName();
    try (MomentoCache control = MomentoCache.open(cached.settings)) {
      while (goesOn()) {
        let(CALM);
        control.flush(name);
        let(CALM);
        control.delete(name);
        // Now and then it is back at once.
        let(reads.get() % 2 * CALM / 4);
        control.create(name);
      }
    }
  }

  /** What has been written of a conversation, by message uuid. */
  private static final class Conversation {
    final String group;
    final ConcurrentSkipListMap<String, String> standing = new ConcurrentSkipListMap<>();
    final Set<String> leaving = ConcurrentHashMap.newKeySet();
    final Set<String> gone = ConcurrentHashMap.newKeySet();

    Conversation(String group) {
      this.group = group;
    }

    void sent(Message message) {
      standing.put(message.createdAt(), message.uuid());
    }

    /** Those of a page that were sent, and whose deletion has not begun, by key. */
    Map<String, String> newest() {
      Map<String, String> newest = new TreeMap<>();
      standing.descendingMap().entrySet().stream()
          .filter(sent -> !leaving.contains(sent.getValue()))
          .limit(SIZE)
          .forEach(sent -> newest.put(sent.getKey(), sent.getValue()));
      return newest;
    }
  }

  /** What a process has for itself. One of its calls of the cache may fail, or two in a row. */
  private final class CacheProcess implements PageCache.Log {
    private final int failing;
    private final int lastFailing;
    private final boolean answerLost;
    private final CacheException.Kind kind;
    private int calls;
    private final PageCache pages = new PageCache(this::cache, this);
    final CachedConversationStore store;

    CacheProcess(boolean readThrough) {
      // A reader looks, takes a lease and stores, twice; a writer closes lists and drops them.
      int number = (readThrough ? readers : writers).getAndIncrement();
      int places = readThrough ? 6 : 2;
      int fault = number / 2;
      failing = number % 2 == 0 ? 1 + fault % places : 0;
      lastFailing = failing + 1 - fault / places % 2;
      answerLost = fault / places / 2 % 2 == 1;
      kind = KINDS.get(fault / places / 4 % KINDS.size());
      store = new CachedConversationStore(cached.table.store(), pages, cached.lists, readThrough);
    }

    private MomentoCache cache() {
      calls++;
      failIf(!answerLost);
      return cached.cache;
    }

    /** After the call has taken effect. */
    @Override
    public void answered() {
      failIf(answerLost);
    }

    private void failIf(boolean now) {
      if (now && failing > 0 && calls >= failing && calls <= lastFailing) {
        faults.incrementAndGet();
        throw new CacheException(kind, "Momento: failed", "Wait.");
      }
    }

    /** As the end of a command; it stays until the cache of a busy machine has answered. */
    void end() {
      for (int i = 0; i < 20; i++) {
        pages.settle();
      }
    }

    @Override
    public void warn(String line) {}

    @Override
    public void detail(String line) {
      hits.addAndGet(line.startsWith("cache hit") ? 1 : 0);
    }
  }

  @Override
  public void close() {
    cached.close();
  }
}
