package com.cruddur.ddb.chat;

import java.util.concurrent.ThreadLocalRandom;

/** The pause before a retry. */
@FunctionalInterface
public interface Backoff {
  /** The longest pause of {@link #jittered}, in milliseconds. */
  long LONGEST_MILLIS = 1000;

  /**
   * Waits.
   *
   * @param attempt 1 before the first retry, and so on
   */
  void pause(int attempt);

  /**
   * "Full jitter": a random time up to 10 ms, 20 ms, 40 ms … 1 s.
   *
   * @see <a
   *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">why</a>
   */
  static Backoff jittered() {
    return attempt -> {
      long bound = Math.min(LONGEST_MILLIS, 10L << Math.min(attempt - 1, 10));
      try {
        Thread.sleep(ThreadLocalRandom.current().nextLong(bound + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BusyException("interrupted while waiting to retry", "Run the command again.");
      }
    };
  }
}
