package com.cruddur.ddb.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that goes on until Ctrl-C, and then is given the time to end cleanly. */
final class Interruptible {
  private static final long PATIENCE_SECONDS = 10;

  private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * Runs the work to its end.
   *
   * @param stop asks the work to end soon; called by another thread
   */
  <T> T call(Runnable stop, Supplier<T> work) {
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
    stops.add(stop);
    try {
      return work.get();
    } finally {
      stops.remove(stop);
      done.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is what ended the work.
      }
    }
  }

  /** Stops the command that a thread runs: Ctrl-C where the process is to live on. */
  void stop(Thread command) {
    boolean again = stopped;
    stopped = true;
    stops.forEach(Runnable::run);
    if (stops.isEmpty() || again) {
      command.interrupt();
    }
  }

  /** Whether the command was stopped. */
  boolean isStopped() {
    return stopped;
  }

  /** Forgets what stopped the last command. */
  void reset() {
    stopped = false;
  }
}
