package com.cruddur.ddb.dynamo;

import static java.lang.Boolean.TRUE;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Keeps the units that a command consumes below a rate, by a token bucket for reads and one for
 * writes. A request takes from the bucket what it is expected to consume before it is sent; what it
 * has consumed beyond that, as DynamoDB reports it, is taken before the next one. What requests of
 * a kind consume is learned from their answers, and until the first answer only one of a kind is
 * under way. Requests are made so small that each is a quarter of a second's worth, where they can
 * be. So over any time t it is at most rate * t, and half a second's worth more. For any number of
 * threads.
 */
public final class CapacityCap {
  /** No limit at all. */
  public static final CapacityCap NONE = new CapacityCap(null, null, 0, 0);

  /** How many requests make up a second's worth. */
  private static final int A_SECOND = 4;

  /** A query that finds a few rows is one request. */
  private static final int LEAST_OF_QUERY = 25;

  /** Before the first answer: items of 4 KB, read eventually consistent. */
  private static final double UNITS_PER_ITEM = 0.5;

  private final Bucket reads;
  private final Bucket writes;
  private final int maxReads;
  private final int maxWrites;
  private final Map<Class<?>, Experience> experiences = new ConcurrentHashMap<>();

  private CapacityCap(Bucket reads, Bucket writes, int maxReads, int maxWrites) {
    this.reads = reads;
    this.writes = writes;
    this.maxReads = maxReads;
    this.maxWrites = maxWrites;
  }

  /**
   * A cap for both kinds of units, in units a second; null for no limit.
   *
   * @param maxReads read units, 1 or more
   * @param maxWrites write units, 1 or more
   */
  public static CapacityCap of(Integer maxReads, Integer maxWrites) {
    return new CapacityCap(
        maxReads == null ? null : new Bucket(new TokenBucket(2.0 * maxReads)),
        maxWrites == null ? null : new Bucket(new TokenBucket(2.0 * maxWrites)),
        maxReads == null ? 0 : maxReads,
        maxWrites == null ? 0 : maxWrites);
  }

  /** With buckets of the caller's, which take half units and block. */
  static CapacityCap of(int maxReads, IntConsumer reads, IntConsumer writes) {
    return new CapacityCap(new Bucket(reads), new Bucket(writes), maxReads, 0);
  }

  /** The cap of a client; {@link #NONE} where it has none. */
  public static CapacityCap of(DynamoDbClient client) {
    return client
        .serviceClientConfiguration()
        .overrideConfiguration()
        .executionInterceptors()
        .stream()
        .filter(CapacityMeter.class::isInstance)
        .map(interceptor -> ((CapacityMeter) interceptor).cap())
        .findFirst()
        .orElse(NONE);
  }

  /** A bucket of half units, the least that a request consumes. */
  private static final class Bucket {
    private final IntConsumer taking;

    /** What requests have consumed beyond what they took; below zero what they left. */
    private final AtomicLong owed = new AtomicLong();

    Bucket(IntConsumer taking) {
      this.taking = taking;
    }

    void take(int expected) {
      long due = expected + owed.getAndSet(0);
      if (due > 0) {
        taking.accept((int) Math.min(due, Integer.MAX_VALUE));
      } else {
        owed.addAndGet(due);
      }
    }
  }

  /** What requests of one kind have consumed. */
  private static final class Experience {
    /** The share of what was learned last. */
    private static final double LAST = 0.3;

    private static final long LONGEST_MILLIS = 10_000;

    private boolean first = true;
    private boolean known;
    private double ratio = 1;
    private double unitsPerItem = UNITS_PER_ITEM;

    /**
     * Of those that nothing is known of yet, lets one go and has the others wait for its answer.
     */
    synchronized double ratio() {
      if (first) {
        first = false;
        return ratio;
      }
      long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
      while (!known && System.nanoTime() < end) {
        WorkerThreads.await(() -> wait(LONGEST_MILLIS / 10));
      }
      return ratio;
    }

    synchronized double unitsPerItem() {
      return unitsPerItem;
    }

    /**
     * Takes an answer in.
     *
     * @param base what is consumed by items of a unit each; 0 when the request failed
     * @param items how many were read; 0 when the answer does not say
     */
    synchronized void learn(double base, double units, int items) {
      if (base > 0 && units > 0) {
        ratio = known ? (1 - LAST) * ratio + LAST * units / base : units / base;
        unitsPerItem = items > 0 ? units / items : unitsPerItem;
      }
      known = true;
      notifyAll();
    }
  }

  boolean limits(boolean write) {
    return bucket(write) != null;
  }

  private Bucket bucket(boolean write) {
    return write ? writes : reads;
  }

  private Experience experience(SdkRequest request) {
    return experiences.computeIfAbsent(request.getClass(), kind -> new Experience());
  }

  /** How many items, up to some number, a batch may have whose items consume a unit each. */
  public int batch(boolean write, int most) {
    int max = write ? maxWrites : maxReads;
    return max == 0 ? most : Math.max(1, Math.min(most, max / A_SECOND));
  }

  /** Waits until a request may be sent; returns what was taken for it, in half units. */
  int await(SdkRequest request, boolean write) {
    double ratio = experience(request).ratio();
    int expected = (int) Math.ceil(2 * base(request) * (isPaged(request) ? 1 : ratio));
    bucket(write).take(expected);
    return expected;
  }

  /** A request has ended, having consumed some units; 0 when it failed. */
  void settle(SdkRequest request, boolean write, int taken, double units) {
    bucket(write).owed.addAndGet((long) Math.ceil(2 * units) - taken);
    if (units == 0) {
      experience(request).learn(0, 0, 0);
    }
  }

  /** Learns from an answer what the next requests of its kind will take. */
  void learn(SdkRequest request, SdkResponse response, double units) {
    int items = 0;
    if (response instanceof ScanResponse scan && scan.scannedCount() != null) {
      items = scan.scannedCount();
    } else if (response instanceof QueryResponse query && query.scannedCount() != null) {
      items = query.scannedCount();
    }
    experience(request).learn(base(request), units, items);
  }

  /** Whether what it takes follows from how many items it asks for. */
  private static boolean isPaged(SdkRequest request) {
    return request instanceof ScanRequest scan && scan.limit() != null;
  }

  /** What is consumed if an item is of one unit. */
  private double base(SdkRequest request) {
    if (request instanceof BatchWriteItemRequest batch) {
      return batch.requestItems().values().stream().mapToInt(java.util.List::size).sum();
    } else if (request instanceof TransactWriteItemsRequest transaction) {
      return 2 * transaction.transactItems().size();
    } else if (request instanceof BatchGetItemRequest batch) {
      return batch.requestItems().values().stream()
          .mapToDouble(of -> of.keys().size() * (TRUE.equals(of.consistentRead()) ? 1 : 0.5))
          .sum();
    } else if (request instanceof ScanRequest scan && scan.limit() != null) {
      return Math.max(0.5, scan.limit() * experience(request).unitsPerItem());
    }
    return 1;
  }

  /**
   * A page of such a size that all that are read at once take a quarter of a second's worth, not
   * the 128 units of DynamoDB's 1 MB for each: a page's units are taken before it is asked for, and
   * the last segment waits for those of all others.
   */
  SdkRequest paged(SdkRequest request) {
    if (maxReads == 0) {
      return request;
    } else if (request instanceof ScanRequest scan && scan.limit() == null) {
      int segments = scan.totalSegments() == null ? 1 : scan.totalSegments();
      int atOnce = Math.max(A_SECOND, Math.min(segments, WorkerThreads.MOST_PAGES));
      return scan.toBuilder().limit(items(request, atOnce, 1)).build();
    } else if (request instanceof QueryRequest query && query.limit() == null) {
      return query.toBuilder().limit(items(request, A_SECOND, LEAST_OF_QUERY)).build();
    }
    return request;
  }

  private int items(SdkRequest request, int parts, int least) {
    double units = Math.max(1, maxReads / (double) parts);
    double items = units / experience(request).unitsPerItem();
    return (int) Math.ceil(Math.max(least, Math.min(1e6, items)));
  }
}
