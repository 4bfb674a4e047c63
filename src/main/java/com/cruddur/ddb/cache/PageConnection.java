package com.cruddur.ddb.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The client that cached pages are read and dropped by: opened when it is first needed, and again
 * after it could not be opened. Thread-safe.
 */
public final class PageConnection implements AutoCloseable {
  private final Supplier<MomentoCache> open;
  private CompletableFuture<MomentoCache> client;

  /**
   * A connection that is not open.
   *
   * @param open opens a client; may throw {@link CacheException}
   */
  public PageConnection(Supplier<MomentoCache> open) {
    this.open = open;
  }

  /**
   * Begins to open it beside whatever else is done: loading gRPC takes longer than a write to the
   * table.
   */
  public synchronized void warmUp() {
    if (client == null) {
      opening().thenAccept(opened -> opened.get(opened.settings().cacheName(), "ddb/warm-up"));
    }
  }

  /**
   * The open client.
   *
   * @throws CacheException when it cannot be opened
   */
  public MomentoCache client() {
    CompletableFuture<MomentoCache> opening = opening();
    try {
      return opening.join();
    } catch (CompletionException e) {
      forget(opening);
      if (e.getCause() instanceof CacheException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Unless somebody else has begun to open another one since. */
  private synchronized void forget(CompletableFuture<MomentoCache> failed) {
    if (client == failed) {
      client = null;
    }
  }

  private synchronized CompletableFuture<MomentoCache> opening() {
    if (client == null) {
      client =
          CompletableFuture.supplyAsync(
              open,
              task -> {
                Thread thread = new Thread(task, "cache");
                thread.setDaemon(true);
                thread.start();
              });
    }
    return client;
  }

  /** Closes the client; the next one is a new one. */
  @Override
  public synchronized void close() {
    if (client != null) {
      client.thenAccept(MomentoCache::close);
      client = null;
    }
  }
}
