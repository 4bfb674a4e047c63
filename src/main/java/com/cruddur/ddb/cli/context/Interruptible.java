package com.cruddur.ddb.cli.context;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Ctrl-C does to a command. Work that can end cleanly is asked to and given time for it; all
 * else is left where it is. For any number of threads.
 */
public final class Interruptible {
  private static final long PATIENCE_SECONDS = 10;

  private final Set<Runnable> stops = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> farewells = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> words = new ConcurrentLinkedQueue<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile boolean ending;
  private volatile boolean left;

  /**
   * Runs work to its end.
   *
   * @param stop asks the work to end soon; called by another thread
   */
  public <T> T call(Runnable stop, Supplier<T> work) {
    stops.add(stop);
    try {
      if (stopped) {
        stop.run();
      }
      return work.get();
    } finally {
      stops.remove(stop);
    }
  }

  /**
   * Has something done if the process ends before this is closed, and the command is left where it
   * is.
   */
  public Leaving onLeaving(Runnable farewell) {
    farewells.add(farewell);
    return () -> farewells.remove(farewell);
  }

  /** The same for something that is said; of several the first that was asked for. */
  Leaving sayOnLeaving(Runnable saying) {
    words.add(saying);
    return () -> words.remove(saying);
  }

  /** Closed when there is nothing to be done any more. */
  public interface Leaving extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops the command that a thread runs: Ctrl-C where the process is to live on. */
  public void stop(Thread command) {
    boolean again = stopped;
    stopped = true;
    stops.forEach(Runnable::run);
    if (stops.isEmpty() || again) {
      command.interrupt();
    }
  }

  /**
   * Ctrl-C, or another signal, where the process is to end: returns when it can, which is at once
   * if nothing asked for time or this is the second signal. From then on nothing more is said.
   */
  public void end() {
    boolean again = ending;
    ending = true;
    stopped = true;
    if (!again && !stops.isEmpty()) {
      stops.forEach(Runnable::run);
      try {
        if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    farewells.forEach(Runnable::run);
    Runnable saying = words.peek();
    if (saying != null) {
      saying.run();
    }
    left = true;
  }

  /** The last command has ended. */
  public void finished() {
    finished.countDown();
  }

  /** Whether the command was stopped. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether the process ends and the command is left where it is: it has nothing to say. */
  boolean isLeft() {
    return left;
  }

  /** Forgets what stopped the last command, unless it stops the next ones too. */
  void reset() {
    stopped = ending;
  }
}
