package com.cruddur.ddb.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that goes on until Ctrl-C, and then is given the time to end cleanly. */
final class Interruptible {
  private static final long PATIENCE_SECONDS = 10;

  private Interruptible() {}

  /**
   * Runs the work to its end.
   *
   * @param stop asks the work to end soon; called by another thread
   */
  static <T> T call(Runnable stop, Supplier<T> work) {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              try {
                done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      done.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is what ended the work.
      }
    }
  }
}
