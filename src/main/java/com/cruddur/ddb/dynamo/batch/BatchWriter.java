package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.WorkerThreads;
import com.cruddur.ddb.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Puts items in batches of 25, several batches at once: as many as the database takes well ({@link
 * AimdLimiter}). What DynamoDB hands back as unprocessed, and a batch that fails for a reason that
 * may pass (throttling, errors of the service, lost connections, no answer in time), is tried again
 * with jittered back-off, beyond the SDK's own retries. Puts are unconditional, and so a put may be
 * repeated.
 */
public final class BatchWriter implements ItemSink {
  /** DynamoDB's own bound on a batch. */
  public static final int BATCH = 25;

  private static final int START = 8;
  private static final int MOST = 16;

  /** Batches that wait, so that a thread which is done finds the next one without being woken. */
  private static final int READY = 8;

  private static final long SLOW_NANOS = 5_000_000_000L;

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff;
  private final BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused;
  private final int size;
  private final CallTimeouts timeouts;
  private final ExecutorService threads = WorkerThreads.pool(MOST, "batch-write");
  private final AimdLimiter limit = new AimdLimiter(START, MOST);
  private final Semaphore room = new Semaphore(MOST + READY);
  private final PendingPuts all = new PendingPuts();
  private Batch gathered = new Batch();
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
    this.timeouts = new CallTimeouts(client);
    this.size = CapacityCap.of(client).batch(true, BATCH);
  }

  /** Items that DynamoDB kept handing back until the writer gave up. */
  public static final class UnprocessedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnprocessedException(int items) {
      super(
          "DynamoDB left "
              + Count.of(items, "item")
              + " of a batch unprocessed in "
              + RetryPolicy.TRIES
              + " tries");
    }
  }

  /** Requests, and for each the group that is told of its end. */
  private static final class Batch {
    final List<WriteRequest> requests = new ArrayList<>(BATCH);
    final List<PendingPuts> groups = new ArrayList<>(BATCH);
  }

  /** Puts items with distinct keys; returns once all are stored. */
  public void putAll(List<Map<String, AttributeValue>> items) {
    items.forEach(this::put);
    flush();
  }

  @Override
  public void put(Map<String, AttributeValue> item) {
    put(item, all);
  }

  @Override
  public void put(Map<String, AttributeValue> item, PendingPuts group) {
    write(request(item), group);
  }

  @Override
  public void delete(Map<String, AttributeValue> key) {
    write(WriteRequest.builder().deleteRequest(d -> d.key(key)).build(), all);
  }

  private void write(WriteRequest request, PendingPuts group) {
    group.begin();
    Batch batch;
    synchronized (this) {
      gathered.requests.add(request);
      gathered.groups.add(group);
      if (gathered.requests.size() < size) {
        return;
      }
      batch = gathered;
      gathered = new Batch();
    }
    submit(batch);
  }

  @Override
  public void flush() {
    await(all);
  }

  @Override
  public void await(PendingPuts group) {
    Batch batch;
    synchronized (this) {
      batch = gathered;
      gathered = new Batch();
    }
    if (!batch.requests.isEmpty()) {
      submit(batch);
    }
    group.awaitEnd();
    throwFailure();
  }

  private void submit(Batch batch) {
    try {
      throwFailure();
      WorkerThreads.await(room::acquire);
      threads.execute(() -> run(batch));
    } catch (RuntimeException e) {
      batch.groups.forEach(PendingPuts::end);
      throw e;
    }
  }

  private void run(Batch batch) {
    try {
      limit.acquire();
      try {
        throwFailure();
        write(batch.requests);
      } finally {
        limit.release();
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      room.release();
      batch.groups.forEach(PendingPuts::end);
    }
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void write(List<WriteRequest> batch) {
    List<WriteRequest> left = batch;
    CallTimeouts.Tries tries = timeouts.tries();
    for (int attempt = 1; attempt <= RetryPolicy.TRIES; attempt++) {
      try {
        List<WriteRequest> sent = left;
        left = send(sent, tries.next());
        if (left.isEmpty()) {
          return;
        } else if (left.size() < sent.size()) {
          attempt = 1;
        }
      } catch (DynamoDbException e) {
        if (isInvalid(e)) {
          writeAlone(left, e);
          return;
        }
        tries.throwUnlessPassing(e, attempt);
      } catch (SdkException e) {
        tries.throwUnlessPassing(e, attempt);
      }
      limit.congested();
      backoff.pause(attempt);
    }
    throw new UnprocessedException(left.size());
  }

  /** Returns what is left to do. */
  private List<WriteRequest> send(
      List<WriteRequest> batch, Consumer<AwsRequestOverrideConfiguration.Builder> limits) {
    long start = System.nanoTime();
    Map<String, List<WriteRequest>> request = Map.of(table, batch);
    // One table, whatever the answer calls it: a table may be named by its ARN.
    List<WriteRequest> left =
        client
            .batchWriteItem(r -> r.requestItems(request).overrideConfiguration(limits))
            .unprocessedItems()
            .values()
            .stream()
            .flatMap(List::stream)
            .toList();
    if (System.nanoTime() - start > SLOW_NANOS) {
      limit.congested();
    } else if (left.isEmpty()) {
      limit.good();
    }
    return left;
  }

  /** One item that is invalid fails its whole batch: the others must not suffer for it. */
  private void writeAlone(List<WriteRequest> batch, DynamoDbException e) {
    if (batch.size() == 1 && batch.get(0).putRequest() == null) {
      throw e;
    } else if (batch.size() == 1) {
      refused.accept(batch.get(0).putRequest().item(), e);
    } else {
      batch.forEach(request -> write(List.of(request)));
    }
  }

  private static boolean isInvalid(DynamoDbException e) {
    return e.awsErrorDetails() != null
        && "ValidationException".equals(e.awsErrorDetails().errorCode());
  }

  private static WriteRequest request(Map<String, AttributeValue> item) {
    return WriteRequest.builder().putRequest(p -> p.item(item)).build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
