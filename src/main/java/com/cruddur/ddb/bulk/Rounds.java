package com.cruddur.ddb.bulk;

import com.cruddur.ddb.dynamo.BatchWriter;
import com.cruddur.ddb.dynamo.WorkerThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Gathers messages into rounds and writes them: one round is written by several threads, a
 * conversation by one of them, while the next round is gathered. At the end of a round its messages
 * are stored, then the rows of the conversations that have ended are settled. So at most two rounds
 * are held, and conversations of one round share its batches.
 */
final class Rounds implements AutoCloseable {
  private static final int MOST_MESSAGES = 5_000;
  private static final int MOST_CHARACTERS = 4_000_000;
  private static final int THREADS = 8;

  private final ConversationWriter writer;
  private final BatchWriter batches;
  private final Consumer<Outcome> outcomes;
  private final ExecutorService threads = WorkerThreads.pool(THREADS + 1, "seed");
  private Map<ConversationLoad, List<Draft>> gathered = new LinkedHashMap<>();
  private List<ConversationLoad> ended = new ArrayList<>();
  private int messages;
  private int characters;
  private Future<List<Outcome>> running;

  /**
   * Rounds over a writer.
   *
   * @param outcomes called by the thread that gathers
   */
  Rounds(ConversationWriter writer, BatchWriter batches, Consumer<Outcome> outcomes) {
    this.writer = writer;
    this.batches = batches;
    this.outcomes = outcomes;
  }

  /** Takes a message; true when with it a round was full and was sent off. */
  boolean add(ConversationLoad load, Draft draft) {
    gathered.computeIfAbsent(load, l -> new ArrayList<>()).add(draft);
    messages++;
    characters += draft.message().text().length();
    return sendIfFull();
  }

  /** Takes note that a conversation has no more messages; true as for {@link #add}. */
  boolean end(ConversationLoad load) {
    ended.add(load);
    return sendIfFull();
  }

  private boolean sendIfFull() {
    boolean full =
        messages >= MOST_MESSAGES || characters >= MOST_CHARACTERS || ended.size() >= MOST_MESSAGES;
    if (full) {
      send();
    }
    return full;
  }

  private void send() {
    await();
    Map<ConversationLoad, List<Draft>> round = gathered;
    List<ConversationLoad> over = ended;
    gathered = new LinkedHashMap<>();
    ended = new ArrayList<>();
    messages = 0;
    characters = 0;
    running = threads.submit(() -> write(round, over));
  }

  /** Writes what is left, and waits for it. */
  void finish() {
    send();
    await();
  }

  private void await() {
    if (running != null) {
      WorkerThreads.await(running).forEach(outcomes);
      running = null;
    }
  }

  private List<Outcome> write(
      Map<ConversationLoad, List<Draft>> round, List<ConversationLoad> over) {
    List<Outcome> all = new ArrayList<>(inParallel(round.entrySet(), this::writeOne));
    batches.flush();
    all.addAll(inParallel(over, writer::finish));
    return all;
  }

  private void writeOne(Map.Entry<ConversationLoad, List<Draft>> one, Outcome outcome) {
    writer.write(one.getKey(), one.getValue(), outcome);
  }

  private <T> List<Outcome> inParallel(Iterable<T> parts, BiConsumer<T, Outcome> work) {
    List<Callable<Outcome>> tasks = new ArrayList<>();
    for (T part : parts) {
      tasks.add(
          () -> {
            Outcome outcome = new Outcome();
            work.accept(part, outcome);
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
    threads.shutdownNow();
  }
}
