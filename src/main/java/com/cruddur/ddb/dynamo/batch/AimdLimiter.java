package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.dynamo.WorkerThreads;

/**
 * How many requests may be under way at once: twice as many after each round of good answers until
 * the first time that it is too much, from then on one more after each round, and a third less when
 * the database shows that it is too much ("additive increase, multiplicative decrease", as TCP
 * does). For any number of threads.
 */
final class AimdLimiter {
  /** Answers to what was sent before a decrease must not count as further ones. */
  private static final long DECREASE_NANOS = 200_000_000L;

  private static final double DECREASE = 0.7;

  private final int most;
  private double limit;
  private boolean everTooMuch;
  private int underWay;
  private long decreased = System.nanoTime() - DECREASE_NANOS;

  AimdLimiter(int start, int most) {
    this.limit = start;
    this.most = most;
  }

  /** Waits until a request may be sent. */
  synchronized void acquire() {
    while (underWay >= (int) limit) {
      WorkerThreads.await(this::wait);
    }
    underWay++;
  }

  /** A request has ended. One waits no longer: to wake all of them costs more than a batch does. */
  synchronized void release() {
    underWay--;
    notify();
  }

  /** An answer came in good time. */
  synchronized void good() {
    int before = (int) limit;
    limit = Math.min(most, limit + (everTooMuch ? 1 / limit : 1));
    if ((int) limit > before) {
      notify();
    }
  }

  /** A request was throttled, partly left undone, failed, or took long. */
  synchronized void congested() {
    everTooMuch = true;
    long now = System.nanoTime();
    if (now - decreased >= DECREASE_NANOS) {
      decreased = now;
      limit = Math.max(1, limit * DECREASE);
    }
  }

  /** How many requests may be under way. */
  synchronized int limit() {
    return (int) limit;
  }
}
