package com.cruddur.ddb.dynamo;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Lets so many units through in each second, evenly: an idle second is not made up for, beyond a
 * tenth of one. What is larger than that tenth goes when the bucket is full, and those after it
 * wait for it. (Guava's RateLimiter saves up a whole second.) For any number of threads; they are
 * served in turn.
 */
final class TokenBucket implements IntConsumer {
  private static final long FULL_NANOS = 100_000_000L;

  private final double nanosOfOne;
  private final LongSupplier clock;
  private final Sleep sleep;

  /** When all that was taken so far is paid for. */
  private long paid;

  /** Waits for so many nanoseconds. */
  interface Sleep {
    void nanos(long nanos) throws InterruptedException;
  }

  /** A full bucket of so many units a second, above 0. */
  TokenBucket(double perSecond) {
    this(perSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  TokenBucket(double perSecond, LongSupplier clock, Sleep sleep) {
    this.nanosOfOne = 1e9 / perSecond;
    this.clock = clock;
    this.sleep = sleep;
    this.paid = clock.getAsLong();
  }

  /** Takes units, and returns when they may be used. */
  @Override
  public void accept(int units) {
    long wait = reserve(units);
    if (wait > 0) {
      WorkerThreads.await(() -> sleep.nanos(wait));
    }
  }

  private synchronized long reserve(int units) {
    long now = clock.getAsLong();
    long cost = Math.round(units * nanosOfOne);
    long from = Math.max(now, paid - FULL_NANOS + Math.min(cost, FULL_NANOS));
    paid = Math.max(from, paid) + cost;
    return from - now;
  }
}
