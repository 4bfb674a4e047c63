package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Puts items in batches of 25, several batches at once. What DynamoDB hands back as unprocessed,
 * and a batch that is throttled beyond the SDK's own retries, is tried again with jittered
 * back-off. Puts are unconditional: the caller has made sure that the keys are free or hold the
 * same.
 */
public final class BatchWriter implements AutoCloseable {
  /** DynamoDB's own bound on a batch. */
  public static final int BATCH = 25;

  private static final int THREADS = 8;
  private static final int WAITING = 2 * THREADS;
  private static final int TRIES = 20;

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff;
  private final BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "batch-write");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore waiting = new Semaphore(WAITING);
  private List<WriteRequest> gathered = new ArrayList<>();
  private volatile RuntimeException failure;

  public BatchWriter(DynamoDbClient client, String table, Backoff backoff) {
    this(
        client,
        table,
        backoff,
        (item, e) -> {
          throw e;
        });
  }

  /**
   * A writer that goes on without the items that DynamoDB finds invalid.
   *
   * @param refused told such an item and why, from several threads
   */
  public BatchWriter(
      DynamoDbClient client,
      String table,
      Backoff backoff,
      BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused) {
    this.client = client;
    this.table = table;
    this.backoff = backoff;
    this.refused = refused;
  }

  /** Items that DynamoDB kept handing back until the writer gave up. */
  public static final class UnprocessedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnprocessedException(int items) {
      super("DynamoDB left " + items + " items of a batch unprocessed in " + TRIES + " tries");
    }
  }

  /** Puts items with distinct keys; returns once all are stored. Safe for several threads. */
  public void putAll(List<Map<String, AttributeValue>> items) {
    List<Future<?>> batches = new ArrayList<>();
    for (int i = 0; i < items.size(); i += BATCH) {
      List<WriteRequest> batch =
          items.subList(i, Math.min(i + BATCH, items.size())).stream()
              .map(BatchWriter::request)
              .toList();
      waiting.acquireUninterruptibly();
      batches.add(
          threads.submit(
              () -> {
                try {
                  write(batch);
                } finally {
                  waiting.release();
                }
              }));
    }
    batches.forEach(BatchWriter::await);
  }

  /**
   * Puts an item soon, together with others; blocks while too many batches wait. No two items
   * between flushes have the same key. Safe for several threads.
   *
   * @throws RuntimeException what an earlier batch failed with
   */
  public void put(Map<String, AttributeValue> item) {
    List<WriteRequest> batch;
    synchronized (this) {
      gathered.add(request(item));
      if (gathered.size() < BATCH) {
        return;
      }
      batch = gathered;
      gathered = new ArrayList<>(BATCH);
    }
    submit(batch);
  }

  /**
   * Waits until every item given to {@link #put(Map)} before is stored.
   *
   * @throws RuntimeException what a batch failed with
   */
  public void flush() {
    List<WriteRequest> batch;
    synchronized (this) {
      batch = gathered;
      gathered = new ArrayList<>(BATCH);
    }
    if (!batch.isEmpty()) {
      submit(batch);
    }
    waiting.acquireUninterruptibly(WAITING);
    waiting.release(WAITING);
    throwFailure();
  }

  private void submit(List<WriteRequest> batch) {
    throwFailure();
    waiting.acquireUninterruptibly();
    threads.execute(
        () -> {
          try {
            write(batch);
          } catch (RuntimeException e) {
            failure = e;
          } finally {
            waiting.release();
          }
        });
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void write(List<WriteRequest> batch) {
    List<WriteRequest> left = batch;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        Map<String, List<WriteRequest>> request = Map.of(table, left);
        // One table, whatever the answer calls it: a table may be named by its ARN.
        left =
            client.batchWriteItem(r -> r.requestItems(request)).unprocessedItems().values().stream()
                .flatMap(List::stream)
                .toList();
        if (left.isEmpty()) {
          return;
        }
      } catch (DynamoDbException e) {
        if (isInvalid(e)) {
          writeAlone(left, e);
          return;
        } else if (!e.isThrottlingException() || attempt == TRIES) {
          throw e;
        }
      }
      backoff.pause(attempt);
    }
    throw new UnprocessedException(left.size());
  }

  /** One item that is invalid fails its whole batch: the others must not suffer for it. */
  private void writeAlone(List<WriteRequest> batch, DynamoDbException e) {
    if (batch.size() == 1) {
      refused.accept(batch.get(0).putRequest().item(), e);
    } else {
      batch.forEach(request -> write(List.of(request)));
    }
  }

  private static boolean isInvalid(DynamoDbException e) {
    return e.awsErrorDetails() != null
        && "ValidationException".equals(e.awsErrorDetails().errorCode());
  }

  private static void await(Future<?> batch) {
    try {
      batch.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static WriteRequest request(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
