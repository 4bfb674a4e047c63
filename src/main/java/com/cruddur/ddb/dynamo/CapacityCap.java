package com.cruddur.ddb.dynamo;

import static java.lang.Boolean.TRUE;

import com.google.common.util.concurrent.RateLimiter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Keeps the units that a command consumes below a rate, by a token bucket for reads and one for
 * writes. A request takes from the bucket what it is expected to consume before it is sent; what it
 * has consumed beyond that, as DynamoDB reports it, is taken before the next one. So over any time
 * t from the start it is at most rate * t, and one second's worth and the requests under way more.
 * For any number of threads.
 */
public final class CapacityCap {
  /** No limit at all. */
  public static final CapacityCap NONE = new CapacityCap(null, null, 0);

  /** Before the first answer: items of 4 KB, read eventually consistent. */
  private static final double UNITS_PER_ITEM = 0.5;

  private final Bucket reads;
  private final Bucket writes;
  private final int maxReads;
  private volatile double unitsPerItem = UNITS_PER_ITEM;

  private CapacityCap(Bucket reads, Bucket writes, int maxReads) {
    this.reads = reads;
    this.writes = writes;
    this.maxReads = maxReads;
  }

  /**
   * A cap for both kinds of units, in units a second; null for no limit.
   *
   * @param maxReads read units, 1 or more
   * @param maxWrites write units, 1 or more
   */
  public static CapacityCap of(Integer maxReads, Integer maxWrites) {
    return new CapacityCap(
        maxReads == null ? null : new Bucket(limiter(maxReads)::acquire),
        maxWrites == null ? null : new Bucket(limiter(maxWrites)::acquire),
        maxReads == null ? 0 : maxReads);
  }

  /** With buckets of the caller's, which take half units and block. */
  static CapacityCap of(int maxReads, IntConsumer reads, IntConsumer writes) {
    return new CapacityCap(new Bucket(reads), new Bucket(writes), maxReads);
  }

  private static RateLimiter limiter(int units) {
    return RateLimiter.create(2.0 * units);
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

  boolean limits(boolean write) {
    return bucket(write) != null;
  }

  private Bucket bucket(boolean write) {
    return write ? writes : reads;
  }

  /** Waits until a request may be sent; returns what was taken for it, in half units. */
  int await(SdkRequest request, boolean write) {
    int expected = (int) Math.ceil(2 * expected(request));
    bucket(write).take(expected);
    return expected;
  }

  /** A request has ended, having consumed some units; 0 when it failed. */
  void settle(boolean write, int taken, double units) {
    bucket(write).owed.addAndGet((long) Math.ceil(2 * units) - taken);
  }

  private double expected(SdkRequest request) {
    if (request instanceof BatchWriteItemRequest batch) {
      return batch.requestItems().values().stream().mapToInt(java.util.List::size).sum();
    } else if (request instanceof TransactWriteItemsRequest transaction) {
      return 2 * transaction.transactItems().size();
    } else if (request instanceof BatchGetItemRequest batch) {
      return batch.requestItems().values().stream()
          .mapToDouble(of -> of.keys().size() * (TRUE.equals(of.consistentRead()) ? 1 : 0.5))
          .sum();
    } else if (request instanceof ScanRequest scan && scan.limit() != null) {
      return Math.max(0.5, scan.limit() * unitsPerItem);
    }
    return 1;
  }

  /**
   * A page of such a size that all segments together take about a second's worth, not the 128 units
   * of DynamoDB's 1 MB for each: a page's units are taken before it is asked for, and the last
   * segment waits for those of all others.
   */
  SdkRequest paged(SdkRequest request) {
    if (!(request instanceof ScanRequest scan) || scan.limit() != null || maxReads == 0) {
      return request;
    }
    int segments = scan.totalSegments() == null ? 1 : scan.totalSegments();
    double units = Math.max(1, maxReads / (double) segments);
    return scan.toBuilder().limit((int) Math.ceil(Math.min(1e6, units / unitsPerItem))).build();
  }

  /** Learns from an answer how much the next page will take. */
  void learn(SdkResponse response, double units) {
    if (response instanceof ScanResponse scan && scan.scannedCount() > 0 && units > 0) {
      unitsPerItem = units / scan.scannedCount();
    }
  }
}
