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
  private static final int TRIES = 20;

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "batch-write");
            thread.setDaemon(true);
            return thread;
          });
  private final Semaphore waiting = new Semaphore(2 * THREADS);

  public BatchWriter(DynamoDbClient client, String table, Backoff backoff) {
    this.client = client;
    this.table = table;
    this.backoff = backoff;
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
              .map(BatchWriter::put)
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
        if (!e.isThrottlingException() || attempt == TRIES) {
          throw e;
        }
      }
      backoff.pause(attempt);
    }
    throw new UnprocessedException(left.size());
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

  private static WriteRequest put(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
