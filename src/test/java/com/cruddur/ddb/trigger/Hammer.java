package com.cruddur.ddb.trigger;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.trigger.FaultyStore.Crash;
import com.cruddur.ddb.trigger.TriggerHandler.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many writers put messages straight into the table, as programs that know nothing of rows do,
 * while the handler gets the stream records in every unkind way and the database fails under it.
 * Readers look on. At the end every participant must have one row, at the newest message, with its
 * text.
 *
 * <p>Eleven rows: a hub user talks with five others, and one conversation has a third member. The
 * clock is coarse, so that many rows of the hub user want the same microsecond.
 */
public final class Hammer {
  private static final int BATCH = 100;
  private static final int CONVERSATIONS = 5;
  private static final User HUB = user(0);

  private final Settings settings;
  private final MessageTable table = MessageTable.withoutStream();
  private final LaggingIndex index;
  private final List<FaultyStore> stores = new ArrayList<>();
  private final LinkedBlockingQueue<StreamChange> records = new LinkedBlockingQueue<>();
  private final AtomicInteger undelivered = new AtomicInteger();
  private final AtomicInteger handled = new AtomicInteger();
  private final Map<String, Message> newest = new ConcurrentHashMap<>();
  private final Map<String, ConversationRow> rows = new LinkedHashMap<>();
  private volatile boolean writing = true;
  private volatile boolean delivering = true;

  private Hammer(Settings settings) {
    this.settings = settings;
    this.index = new LaggingIndex(settings.lagMillis, settings.torn, settings.seed);
  }

  /** How records reach the handler. */
  public enum Delivery {
    /** As a stream of one shard does it: one batch after the other. */
    IN_ORDER,
    /** Four handlers at once, each with batches in random order. */
    SHUFFLED,
    /** As SHUFFLED, and every fifth record twice. */
    DUPLICATED
  }

  /**
   * What to do.
   *
   * @param faults whether calls fail at random and processes crash
   * @param lagMillis how late the index is
   * @param torn whether the index may show both places of a moved row, or neither
   */
  public record Settings(
      long seed,
      int writers,
      int messages,
      Delivery delivery,
      boolean faults,
      int lagMillis,
      boolean torn) {}

  /**
   * What came of it.
   *
   * @param lost participants without a row
   * @param doubled participants with two
   * @param stale rows that are not at the newest message or have another text
   * @param readerFaults how often a reader missed a row, saw one twice, or saw one go back
   */
  public record Result(
      int messages,
      int lost,
      int doubled,
      int stale,
      int reads,
      int readerFaults,
      int handled,
      int rowWrites,
      long millis) {

    public boolean right() {
      return lost + doubled + stale + readerFaults == 0;
    }

    /** 2 in the original program. */
    public double movesPerMessage() {
      return (double) rowWrites / messages;
    }

    /** One for the message and six for each row (8 in all in the original, beside the message). */
    public double writeUnitsPerMessage() {
      return 1 + 6 * movesPerMessage();
    }
  }

  public static Result run(Settings settings) {
    Hammer hammer = new Hammer(settings);
    try {
      return hammer.run();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      hammer.table.close();
    }
  }

  private Result run() throws ExecutionException, InterruptedException {
    startConversations();
    long began = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> writers = new ArrayList<>();
    List<Future<?>> handlers = new ArrayList<>();
    List<Future<int[]>> readers = new ArrayList<>();
    for (int i = 0; i < settings.writers; i++) {
      int writer = i;
      writers.add(threads.submit(() -> write(writer)));
    }
    for (int i = 0; i < (settings.delivery == Delivery.IN_ORDER ? 1 : 4); i++) {
      FaultyStore store = store(i);
      handlers.add(threads.submit(() -> deliver(store)));
    }
    for (User user : List.of(HUB, user(1))) {
      readers.add(threads.submit((Callable<int[]>) () -> read(user)));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    writing = false;
    for (Future<?> handler : handlers) {
      handler.get();
    }
    delivering = false;
    int reads = 0;
    int readerFaults = 0;
    for (Future<int[]> reader : readers) {
      reads += reader.get()[0];
      readerFaults += reader.get()[1];
    }
    threads.shutdown();
    return verify(reads, readerFaults, (System.nanoTime() - began) / 1_000_000);
  }

  private void startConversations() {
    Instant at = Instant.parse("2026-03-19T10:00:00Z");
    for (int i = 1; i <= CONVERSATIONS; i++) {
      Message first =
          table.start(group(i), HUB, user(i), Timestamps.format(at.plusSeconds(i)), "first");
      newest.put(group(i), first);
      begin(ConversationRow.of(HUB.uuid(), user(i), first));
      begin(ConversationRow.of(user(i).uuid(), HUB, first));
    }
    // A torn index may hide the third member, so that one is then named by another's row.
    Message last = newest.get(group(CONVERSATIONS));
    User third = user(CONVERSATIONS + 1);
    ConversationRow thirdRow = ConversationRow.of(third.uuid(), HUB, last);
    table.put(thirdRow);
    begin(thirdRow);
    if (settings.torn) {
      ConversationRow naming = ConversationRow.of(user(CONVERSATIONS).uuid(), third, last);
      table.put(naming);
      rows.put(naming.ownerUuid() + naming.groupUuid(), naming);
    }
    rows.values().forEach(index::begin);
  }

  private void begin(ConversationRow row) {
    rows.put(row.ownerUuid() + row.groupUuid(), row);
  }

  private FaultyStore store(int number) {
    FaultyStore store = new FaultyStore(table.store());
    store.readFrom(index);
    if (settings.faults) {
      store.failAtRandom(settings.seed * 100 + number, 0.02, 0.02, 0.01);
    }
    stores.add(store);
    return store;
  }

  private void write(int writer) {
    Random random = new Random(settings.seed * 1000 + writer);
    for (int i = 0; i < settings.messages / settings.writers; i++) {
      String group = group(1 + random.nextInt(CONVERSATIONS));
      User sender = random.nextBoolean() ? HUB : user(Integer.parseInt(group.substring(35)));
      Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      for (boolean stored = false; !stored; at = at.plus(1, ChronoUnit.MICROS)) {
        String text = "message " + i + " of writer " + writer;
        Message message =
            new Message(group, Timestamps.format(at), "m-" + writer + "-" + i, text, sender);
        stored = table.store().putMessage(message).isEmpty();
        if (stored) {
          newest.merge(
              group, message, (a, b) -> a.createdAt().compareTo(b.createdAt()) > 0 ? a : b);
          int copies = settings.delivery == Delivery.DUPLICATED && i % 5 == 0 ? 2 : 1;
          undelivered.addAndGet(copies);
          for (int copy = 0; copy < copies; copy++) {
            records.add(
                new StreamChange("INSERT", "MSG#" + group, message.createdAt(), group + at));
          }
        }
      }
    }
  }

  /** Delivers batches until all is delivered; what fails is delivered again. */
  private void deliver(FaultyStore store) {
    Random random = new Random(settings.seed);
    TriggerHandler handler =
        new TriggerHandler(new Reconciler(store, Backoff.jittered()), group -> {});
    while (writing || undelivered.get() > 0) {
      List<StreamChange> batch = take(random);
      while (!batch.isEmpty()) {
        int before = batch.size();
        batch = redelivered(handler, batch);
        undelivered.addAndGet(batch.size() - before);
      }
    }
  }

  private List<StreamChange> redelivered(TriggerHandler handler, List<StreamChange> batch) {
    handled.incrementAndGet();
    try {
      Batch result = handler.handle(batch);
      List<String> failed = result.failed().stream().map(f -> f.sequenceNumber()).toList();
      for (int i = 0; i < batch.size(); i++) {
        if (failed.contains(batch.get(i).sequenceNumber())) {
          return batch.subList(i, batch.size());
        }
      }
      return List.of();
    } catch (Crash e) {
      return batch;
    }
  }

  /** What comes within 50 ms, up to 100 records. */
  private List<StreamChange> take(Random random) {
    List<StreamChange> batch = new ArrayList<>();
    long until = System.nanoTime() + 50_000_000;
    try {
      while (batch.size() < BATCH && System.nanoTime() < until) {
        StreamChange record = records.poll(10, TimeUnit.MILLISECONDS);
        if (record != null) {
          batch.add(record);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (settings.delivery != Delivery.IN_ORDER) {
      Collections.shuffle(batch, random);
      // Some wait for a later batch.
      List<StreamChange> later = batch.subList(batch.size() - batch.size() / 5, batch.size());
      records.addAll(later);
      later.clear();
    }
    return batch;
  }

  /** Polls a user's list; returns how often, and how often it was wrong. */
  private int[] read(User user) {
    ConversationStore store = table.store();
    long expected = rows.values().stream().filter(r -> r.ownerUuid().equals(user.uuid())).count();
    Map<String, Instant> seen = new HashMap<>();
    int[] counts = new int[2];
    while (delivering) {
      List<ConversationRow> list =
          store.conversations(new ConversationQuery(user.uuid(), 100, null)).items();
      Map<String, Instant> now = new HashMap<>();
      list.forEach(row -> now.put(row.groupUuid(), row.instant()));
      boolean back =
          now.entrySet().stream()
              .anyMatch(e -> e.getValue().isBefore(seen.getOrDefault(e.getKey(), Instant.MIN)));
      counts[0]++;
      counts[1] += list.size() != expected || now.size() != expected || back ? 1 : 0;
      seen.putAll(now);
    }
    return counts;
  }

  private Result verify(int reads, int readerFaults, long millis) {
    int lost = 0;
    int doubled = 0;
    int stale = 0;
    for (ConversationRow begun : new TreeMap<>(rows).values()) {
      List<ConversationRow> now = table.store().rows(begun.ownerUuid(), begun.groupUuid());
      Message last = newest.get(begun.groupUuid());
      lost += now.isEmpty() ? 1 : 0;
      doubled += now.size() > 1 ? 1 : 0;
      for (ConversationRow row : now) {
        boolean right = row.instant().equals(last.instant()) && row.message().equals(last.text());
        stale += right ? 0 : 1;
      }
    }
    int writes = stores.stream().mapToInt(FaultyStore::rowWrites).sum();
    return new Result(
        settings.messages,
        lost,
        doubled,
        stale,
        reads,
        readerFaults,
        handled.get(),
        writes,
        millis);
  }

  private static String group(int number) {
    return "5ae290ed-55d1-47a0-bc6d-fe2bc270000" + number;
  }

  private static User user(int number) {
    return new User("0e8a4c43-7a5c-4f0e-8f3d-00000000000" + number, "User " + number, "u" + number);
  }
}
