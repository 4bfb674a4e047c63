package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.dynamo.WorkerThreads;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads every item of a table in segments, each by a thread of its own. Pages reach the caller's
 * thread through a bounded queue: memory is that of a few pages (1 MB each) a segment, however slow
 * the caller is. How many are asked for at once follows the database ({@link ScanPace}).
 */
public final class ParallelScan {
  /** In how many segments a table is read if nothing else is said. */
  public static final int SEGMENTS = 32;

  /** DynamoDB's own bound. */
  public static final int MOST_SEGMENTS = 1_000_000;

  private static final int PAGES_WAITING = 4;

  private final ItemPages pages;

  public ParallelScan(ItemPages pages) {
    this.pages = pages;
  }

  /**
   * A page of a segment.
   *
   * @param next the key after which the segment goes on; empty when this is its last page
   */
  public record Page(
      int segment, List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next) {}

  /** Takes pages; false when no more are wanted. */
  private interface PageTaker {
    boolean take(Page page) throws InterruptedException;
  }

  /** Reads a segment page by page. */
  private void read(ItemPages.Segment segment, Map<String, AttributeValue> after, PageTaker taker)
      throws InterruptedException {
    Map<String, AttributeValue> key = after;
    boolean more;
    do {
      ItemPages.Answer answer = pages.page(segment, key);
      key = answer.next();
      more = taker.take(new Page(segment.number(), answer.items(), key)) && !key.isEmpty();
    } while (more);
  }

  /** A page, the end of a segment (both null), or why a segment failed. */
  private record Part(Page page, Throwable failure) {}

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
    forEachPage(whole(segments), pageSize, page -> wantsMore.test(page.items));
  }

  /** From the start of each of so many segments. */
  public static List<Map<String, AttributeValue>> whole(int segments) {
    return Collections.nCopies(segments, Map.of());
  }

  /**
   * As {@link #forEachPage(int, Integer, Predicate)}, going on with an earlier scan.
   *
   * @param after for each segment the key after which it goes on; empty for its start, null when it
   *     was read to its end
   */
  public void forEachPage(
      List<Map<String, AttributeValue>> after, Integer pageSize, Predicate<Page> wantsMore) {
    ExecutorService threads =
        WorkerThreads.pool(Math.min(after.size(), WorkerThreads.MOST_PAGES), "scan");
    try {
      if (after.size() == 1) {
        if (after.get(0) != null) {
          read(new ItemPages.Segment(0, 1, pageSize), after.get(0), wantsMore::test);
        }
        return;
      }
      BlockingQueue<Part> queue = new ArrayBlockingQueue<>(PAGES_WAITING);
      for (int segment = 0; segment < after.size(); segment++) {
        ItemPages.Segment part = new ItemPages.Segment(segment, after.size(), pageSize);
        Map<String, AttributeValue> key = after.get(segment);
        threads.execute(() -> read(part, key, queue, threads::isShutdown));
      }
      drain(after.size(), queue, wantsMore);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted before the end of the scan", "Run the command again.");
    } finally {
      threads.shutdownNow();
    }
  }

  /** Takes what one segment holds; called by the segment's thread alone. */
  public interface SegmentReader {
    void page(Page page);

    /** The segment is read. */
    void end();

    /** The scan broke off. */
    void fail();
  }

  /**
   * Scans, and hands each segment's pages to a reader of its own in the segment's own thread.
   *
   * @param after as for {@link #forEachPage(List, Integer, Predicate)}
   * @param readers makes the reader of a segment, by its number
   * @throws RuntimeException or an Error, what the first segment that failed threw, once all have
   *     ended
   */
  public void forEachSegment(
      List<Map<String, AttributeValue>> after, IntFunction<SegmentReader> readers) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    ExecutorService threads =
        WorkerThreads.pool(Math.min(after.size(), WorkerThreads.MOST_PAGES), "scan");
    for (int segment = 0; segment < after.size(); segment++) {
      ItemPages.Segment part = new ItemPages.Segment(segment, after.size(), null);
      Map<String, AttributeValue> key = after.get(segment);
      if (key != null) {
        threads.execute(() -> read(part, key, readers, failure));
      }
    }
    threads.shutdown();
    try {
      while (!threads.awaitTermination(1, TimeUnit.HOURS)) {
        // A large table takes longer.
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
      ItemPages.Segment segment,
      Map<String, AttributeValue> after,
      IntFunction<SegmentReader> readers,
      AtomicReference<Throwable> failure) {
    SegmentReader reader = null;
    try {
      SegmentReader made = readers.apply(segment.number());
      reader = made;
      read(
          segment,
          after,
          page -> {
            if (failure.get() == null) {
              made.page(page);
            }
            return failure.get() == null;
          });
      if (failure.get() == null) {
        reader.end();
      } else {
        reader.fail();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
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
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private void read(
      ItemPages.Segment segment,
      Map<String, AttributeValue> after,
      BlockingQueue<Part> queue,
      BooleanSupplier stopped) {
    try {
      try {
        if (after != null) {
          read(segment, after, page -> put(new Part(page, null), queue, stopped));
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
  private static boolean put(Part part, BlockingQueue<Part> queue, BooleanSupplier stopped)
      throws InterruptedException {
    while (!queue.offer(part, 100, TimeUnit.MILLISECONDS)) {
      if (stopped.getAsBoolean()) {
        throw new InterruptedException();
      }
    }
    return true;
  }

  private static void drain(int segments, BlockingQueue<Part> queue, Predicate<Page> wantsMore)
      throws InterruptedException {
    for (int open = segments; open > 0; ) {
      Part part = queue.take();
      rethrow(part.failure);
      if (part.page == null) {
        open--;
      } else if (!wantsMore.test(part.page)) {
        return;
      }
    }
  }
}
