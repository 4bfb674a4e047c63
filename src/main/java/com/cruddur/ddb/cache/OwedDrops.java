package com.cruddur.ddb.cache;

import com.cruddur.ddb.cache.CacheException.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lists whose pages are to be dropped. While nothing answers that is tried once a second, for all
 * that have come together. Thread-safe.
 */
final class OwedDrops {
  private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  /** Lists that are remembered while nothing answers; what is beyond them expires. */
  private static final int MOST = 10_000;

  private static final Executor SOON =
      CompletableFuture.delayedExecutor(AGAIN_NANOS, TimeUnit.NANOSECONDS);

  private final Consumer<Collection<String>> cache;
  private final Consumer<CacheException> failed;

  /** Held while lists are dropped, so that the end of a command waits for those. */
  private final Object settling = new Object();

  private final Set<String> owed = new LinkedHashSet<>();
  private boolean scheduled;

  /** Whether nothing answered when a drop was tried last. */
  private boolean down;

  private long triedAt;

  /**
   * No lists yet.
   *
   * @param cache drops the pages of lists there; may throw {@link CacheException}
   * @param failed is told what it threw
   */
  OwedDrops(Consumer<Collection<String>> cache, Consumer<CacheException> failed) {
    this.cache = cache;
    this.failed = failed;
  }

  /** Drops every page of these lists. */
  void drop(Collection<String> lists) {
    synchronized (this) {
      add(lists);
      if (down && System.nanoTime() - triedAt < AGAIN_NANOS) {
        return;
      }
    }
    settle();
  }

  /** Within a second, in the background: of a job that writes to the same lists again and again. */
  void dropSoon(Collection<String> lists) {
    if (isFull()) {
      settle();
    }
    synchronized (this) {
      add(lists);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    SOON.execute(
        () -> {
          synchronized (this) {
            scheduled = false;
          }
          settle();
        });
  }

  private synchronized void add(Collection<String> lists) {
    if (owed.size() < MOST) {
      owed.addAll(lists);
    }
  }

  /** Whether a job is faster than a second's room; while nothing answers it waits for nobody. */
  private synchronized boolean isFull() {
    return owed.size() >= MOST && !down;
  }

  /** Tries to drop what is left to be dropped. */
  void settle() {
    synchronized (settling) {
      List<String> lists = take();
      if (!lists.isEmpty()) {
        settle(lists);
      }
    }
  }

  private synchronized List<String> take() {
    List<String> lists = List.copyOf(owed);
    owed.clear();
    triedAt = System.nanoTime();
    return lists;
  }

  private void settle(List<String> lists) {
    try {
      cache.accept(lists);
      tried(false, List.of());
    } catch (CacheException e) {
      // In a cache that does not exist nothing is stale.
      tried(e.kind() == Kind.UNREACHABLE, e.kind() == Kind.NO_CACHE ? List.of() : lists);
      failed.accept(e);
    }
  }

  private synchronized void tried(boolean unreachable, List<String> left) {
    down = unreachable;
    add(left);
  }
}
