package com.cruddur.ddb.dynamo;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** Pools of threads that do not keep the JVM alive, and waiting for what they do. */
public final class WorkerThreads {
  /**
   * Ends calls that take too long. The SDK's own keeps the alarm of every call that ended well
   * until its time has come: hundreds of thousands in a bulk job.
   */
  static final ScheduledThreadPoolExecutor TIMER = timer();

  /** What a page of 1 MB takes as objects, beside its bytes and those of the next one. */
  private static final long PAGE_MEMORY = 10L << 20;

  /** What a command needs besides pages, and the pages that wait. */
  private static final long OTHER_MEMORY = 40L << 20;

  /** So many threads read pages at once, each of which holds one: a small heap has fewer. */
  public static final int MOST_PAGES =
      (int)
          Math.max(
              2, Math.min(64, (Runtime.getRuntime().maxMemory() - OTHER_MEMORY) / PAGE_MEMORY));

  private WorkerThreads() {}

  /** A pool of a fixed size; shut it down. */
  public static ExecutorService pool(int size, String name) {
    return Executors.newFixedThreadPool(size, daemons(name));
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("call-timeout"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * The result of a task.
   *
   * @throws RuntimeException what the task threw
   * @throws IllegalStateException when it threw anything else, or the caller is interrupted
   */
  public static <T> T await(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What a thread waits for. */
  public interface Waiting {
    void end() throws InterruptedException;
  }

  /**
   * Waits for the end of something.
   *
   * @throws IllegalStateException when the caller is interrupted
   */
  public static void await(Waiting waiting) {
    try {
      waiting.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
