package com.cruddur.ddb.output;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says so when a long command has not moved for ten seconds, with what it waits for, and again
 * every half minute. For any number of threads; close it.
 */
public final class StallWatch implements AutoCloseable {
  private static final long FIRST = 10;
  private static final long AGAIN = 30;
  private static final long LOOK_MILLIS = 1_000;

  private final Notices notices;
  private final Supplier<String> cause;
  private final LongSupplier nanos;
  private final Thread thread;
  private long at;
  private long moved;
  private long told;

  /**
   * Watches from now on.
   *
   * @param cause what is waited for, in a few words
   */
  public StallWatch(Notices notices, Supplier<String> cause) {
    this(notices, cause, System::nanoTime, true);
  }

  StallWatch(Notices notices, Supplier<String> cause, LongSupplier nanos, boolean looks) {
    this.notices = notices;
    this.cause = cause;
    this.nanos = nanos;
    this.moved = nanos.getAsLong();
    this.told = moved;
    this.thread = new Thread(this::watch, "stall-watch");
    thread.setDaemon(true);
    if (looks) {
      thread.start();
    }
  }

  /** The command has come so far. */
  public synchronized void at(long done) {
    if (done != at) {
      at = done;
      moved = nanos.getAsLong();
      told = moved;
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        look();
      }
    } catch (InterruptedException e) {
      // It is closed.
    }
  }

  void look() {
    long seconds;
    synchronized (this) {
      long now = nanos.getAsLong();
      seconds = TimeUnit.NANOSECONDS.toSeconds(now - moved);
      boolean again = told != moved;
      if (TimeUnit.NANOSECONDS.toSeconds(now - told) < (again ? AGAIN : FIRST)) {
        return;
      }
      told = now;
    }
    // no progress for 10 s: DynamoDB has not answered 4 requests (Scan) for up to 12 s
    notices.info("no progress for " + seconds + " s: " + cause.get());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
