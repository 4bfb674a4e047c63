package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.BusyException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads every item of a table in segments, each by a thread of its own. Pages reach the caller's
 * thread through a bounded queue: memory is that of a few pages (1 MB each) a segment, however slow
 * the caller is.
 */
public final class ParallelScan {
  /** DynamoDB's own bound. */
  public static final int MOST_SEGMENTS = 1_000_000;

  private static final int PAGES_WAITING = 4;

  private final DynamoDbClient client;
  private final String table;

  public ParallelScan(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** A page, the end of a segment (both null), or why a segment failed. */
  private record Part(List<Map<String, AttributeValue>> items, Throwable failure) {}

  /**
   * Scans, in no particular order across segments.
   *
   * @param segments threads and segments, 1 or more
   * @param pageSize the most items of a request; null for DynamoDB's 1 MB
   * @param wantsMore takes a page; false stops the scan
   * @throws BusyException when the calling thread is interrupted before the end
   */
  public void forEachPage(
      int segments, Integer pageSize, Predicate<List<Map<String, AttributeValue>>> wantsMore) {
    ScanRequest request = ScanRequest.builder().tableName(table).limit(pageSize).build();
    if (segments == 1) {
      for (ScanResponse page : client.scanPaginator(request)) {
        if (!wantsMore.test(page.items())) {
          return;
        }
      }
      return;
    }
    BlockingQueue<Part> queue = new ArrayBlockingQueue<>(PAGES_WAITING);
    ExecutorService threads = WorkerThreads.pool(Math.min(segments, 64), "scan");
    try {
      for (int segment = 0; segment < segments; segment++) {
        ScanRequest part = request.toBuilder().segment(segment).totalSegments(segments).build();
        threads.execute(() -> read(part, queue, threads::isShutdown));
      }
      drain(segments, queue, wantsMore);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted before the end of the scan", "Run the command again.");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Takes what one segment holds; called by the segment's thread alone. */
  public interface SegmentReader {
    void page(List<Map<String, AttributeValue>> items);

    /** The segment is read. */
    void end();

    /** The scan broke off. */
    void fail();
  }

  /**
   * Scans, and hands each segment's pages to a reader of its own in the segment's own thread.
   *
   * @param readers makes the reader of a segment
   * @throws RuntimeException or an Error, what the first segment that failed threw, once all have
   *     ended
   */
  public void forEachSegment(int segments, Supplier<SegmentReader> readers) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ExecutorService threads = WorkerThreads.pool(Math.min(segments, 64), "scan");
    for (int segment = 0; segment < segments; segment++) {
      ScanRequest part =
          ScanRequest.builder().tableName(table).segment(segment).totalSegments(segments).build();
      threads.execute(() -> read(part, readers, failure));
    }
    threads.shutdown();
    try {
      while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
    rethrow(failure.get());
  }

  private void read(
      ScanRequest request, Supplier<SegmentReader> readers, AtomicReference<Throwable> failure) {
    SegmentReader reader = null;
    try {
      reader = readers.get();
      for (ScanResponse page : client.scanPaginator(request)) {
        if (failure.get() != null) {
          reader.fail();
          return;
        }
        reader.page(page.items());
      }
      reader.end();
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      if (reader != null) {
        reader.fail();
      }
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private void read(ScanRequest request, BlockingQueue<Part> queue, BooleanSupplier stopped) {
    try {
      try {
        for (ScanResponse page : client.scanPaginator(request)) {
          put(new Part(page.items(), null), queue, stopped);
        }
        put(new Part(null, null), queue, stopped);
      } catch (RuntimeException | Error e) {
        put(new Part(null, e), queue, stopped);
      }
    } catch (InterruptedException e) {
      // The caller wants no more.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for room; the SDK may have swallowed the interrupt that says that nobody reads on. */
  private static void put(Part part, BlockingQueue<Part> queue, BooleanSupplier stopped)
      throws InterruptedException {
    while (!queue.offer(part, 100, TimeUnit.MILLISECONDS)) {
      if (stopped.getAsBoolean()) {
        throw new InterruptedException();
      }
    }
  }

  private static void drain(
      int segments,
      BlockingQueue<Part> queue,
      Predicate<List<Map<String, AttributeValue>>> wantsMore)
      throws InterruptedException {
    for (int open = segments; open > 0; ) {
      Part part = queue.take();
      rethrow(part.failure);
      if (part.items == null) {
        open--;
      } else if (!wantsMore.test(part.items)) {
        return;
      }
    }
  }
}
