package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.dynamo.WorkerThreads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gathers records into rounds and writes them, while the next ones are read. Three stages follow
 * each other, each at a round of its own, so that none waits for the database to answer the last
 * request of a round:
 *
 * <ol>
 *   <li>the records are gathered, by the thread that reads;
 *   <li>each message gets its key and goes into a batch: several threads, a conversation by one;
 *   <li>its messages are stored; the rows of the conversations that have ended are settled.
 * </ol>
 *
 * Then the thread that reads is told, in the order of the rounds. A few rounds are held at most.
 */
final class SeedPipeline implements AutoCloseable {
  /** A round takes about half a second, whatever the database: the account is no older. */
  private static final long SHORT_NANOS = 200_000_000L;

  private static final long LONG_NANOS = 800_000_000L;
  private static final int LEAST_RECORDS = 250;
  private static final int MOST_RECORDS = 1_000;
  private static final int MOST_CHARACTERS = 2_000_000;
  private static final int MOST_UNDER_WAY = 3;
  private static final int THREADS = 8;

  /** Rows are settled one request after the other, so what counts is how long one takes. */
  private static final int ENDING_THREADS = 24;

  /** Of each thread, since conversations differ in size. */
  private static final int SLICES = 4;

  /** Conversations whose rows move in one transaction, of 100 actions. */
  private static final int TOGETHER = 25;

  private final ConversationWriter writer;
  private final ItemSink batches;
  private final Supplier<SeedPosition> position;
  private final Consumer<SeedBatch> done;
  private final ExecutorService threads = WorkerThreads.pool(THREADS, "seed");
  private final ExecutorService settling = WorkerThreads.pool(ENDING_THREADS, "seed-settle");
  private final ExecutorService placing = WorkerThreads.pool(1, "seed-place");
  private final ExecutorService ending = WorkerThreads.pool(1, "seed-end");
  private final Deque<Future<SeedBatch>> underWay = new ArrayDeque<>();
  private SeedBatch gathered = new SeedBatch(0);
  private int records = 2 * LEAST_RECORDS;
  private long ended = System.nanoTime();

  /**
   * Rounds over a writer.
   *
   * @param position asked when a round is full
   * @param done told of each round that is written; both are called by the thread that gathers
   */
  SeedPipeline(
      ConversationWriter writer,
      ItemSink batches,
      Supplier<SeedPosition> position,
      Consumer<SeedBatch> done) {
    this.writer = writer;
    this.batches = batches;
    this.position = position;
    this.done = done;
  }

  /** The round that is gathered. */
  SeedBatch current() {
    return gathered;
  }

  /** Sends the round off if it is full; true when it did. */
  boolean sendIfFull() {
    boolean full = gathered.isFull(records, MOST_CHARACTERS);
    if (full) {
      send();
    }
    return full;
  }

  private void send() {
    SeedBatch round = gathered;
    round.position = position.get();
    gathered = new SeedBatch(round.number + 1);
    while (underWay.size() >= MOST_UNDER_WAY) {
      end();
    }
    Future<List<BatchResult>> placed =
        placing.submit(
            () ->
                inParallel(
                    threads,
                    round.messages.size() / (SLICES * THREADS),
                    round.messages.entrySet(),
                    (parts, to) -> writer.write(parts, round.puts, to)));
    underWay.add(ending.submit(() -> finish(round, placed)));
    while (!underWay.isEmpty() && underWay.peek().isDone()) {
      end();
    }
  }

  /** Waits for the first of those under way. */
  private void end() {
    SeedBatch round = WorkerThreads.await(underWay.remove());
    long now = System.nanoTime();
    if (now - ended < SHORT_NANOS) {
      records = Math.min(2 * records, MOST_RECORDS);
    } else if (now - ended > LONG_NANOS) {
      records = Math.max(records / 2, LEAST_RECORDS);
    }
    ended = now;
    done.accept(round);
  }

  /** Writes what is left, and waits for it. */
  void finish() {
    send();
    awaitSent();
  }

  /** Waits for the rounds that are full. */
  void awaitSent() {
    while (!underWay.isEmpty()) {
      end();
    }
  }

  private SeedBatch finish(SeedBatch round, Future<List<BatchResult>> placed) {
    WorkerThreads.await(placed).forEach(round.outcome::add);
    round.messages.clear();
    batches.await(round.puts);
    inParallel(settling, TOGETHER, round.ended, writer::settleTogether);
    inParallel(
            settling,
            round.ended.size() / (SLICES * ENDING_THREADS),
            round.ended,
            (ended, to) -> ended.forEach(load -> writer.finish(load, to)))
        .forEach(round.outcome::add);
    return round;
  }

  /** In slices, each with one outcome; the outcomes are in the order of the parts. */
  private static <T> List<BatchResult> inParallel(
      ExecutorService threads, int size, Collection<T> all, BiConsumer<List<T>, BatchResult> work) {
    List<T> parts = List.copyOf(all);
    int step = Math.max(1, size);
    List<Callable<BatchResult>> tasks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += step) {
      List<T> slice = parts.subList(i, Math.min(i + step, parts.size()));
      tasks.add(
          () -> {
            BatchResult outcome = new BatchResult();
            work.accept(slice, outcome);
            return outcome;
          });
    }
    try {
      return threads.invokeAll(tasks).stream().map(WorkerThreads::await).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    ending.shutdownNow();
    placing.shutdownNow();
    settling.shutdownNow();
    threads.shutdownNow();
  }
}
