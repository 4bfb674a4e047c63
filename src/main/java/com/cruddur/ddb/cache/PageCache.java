package com.cruddur.ddb.cache;

import com.cruddur.ddb.cache.CacheException.Kind;
import com.cruddur.ddb.cache.PageCodec.Stored;
import com.cruddur.ddb.cache.PageItems.Found;
import com.cruddur.ddb.chat.Page;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Pages of lists in a cache, never older than a write that had ended when the read began; than a
 * bulk job's by a second.
 *
 * <p>Each list has a lease: a random text in the cache. A page is stored with the lease that its
 * reader saw before it read the table, and is served only while that is still the current one. A
 * writer ends the lease after its write, and random leases never come back, so what a slow reader
 * stores later is never served. While the write is under way the lease says {@link #CLOSED}, and
 * nobody stores: a writer that dies between its write and the end leaves no stale page either.
 *
 * <p>After a failure readers leave the cache alone for a while, so that one that is down costs one
 * wait. What is to be dropped is tried whatever came before: the cache may have been made, or be
 * back, since ({@link OwedDrops}). Thread-safe.
 */
public final class PageCache {
  /** The lease while a write is under way. */
  static final String CLOSED = "closed";

  /**
   * Longer than a write with all its retries takes; so long a dead writer keeps a list uncached.
   */
  private static final Duration CLOSED_FOR = Duration.ofMinutes(2);

  private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(30).toNanos();

  /** The service's limit for one field of a dictionary. */
  private static final int MOST_BYTES = 128 * 1024;

  private final Supplier<MomentoCache> cache;
  private final Log log;
  private final OwedDrops owed;
  private boolean warned;
  private boolean leftAlone;
  private long leftAloneSince;

  /** Where it is told what became of a page or a failure, each in one line. */
  public interface Log {
    /** What may be wrong, although the command goes on; told once. */
    void warn(String line);

    /** The cache answered. */
    default void answered() {}

    /** What a person who looks closely wants to know. */
    void detail(String line);
  }

  /**
   * Pages in the cache that a client's settings name.
   *
   * @param cache opens the client when it is first needed, each time the same; may throw {@link
   *     CacheException}
   */
  public PageCache(Supplier<MomentoCache> cache, Log log) {
    this.cache = cache;
    this.log = log;
    this.owed = new OwedDrops(this::dropNow, this::writing);
  }

  private void dropNow(Collection<String> lists) {
    cache.get().pages().drop(lists);
    log.answered();
  }

  /**
   * A page from the cache if it is there, else from the table, and then stored.
   *
   * @param ours whether a page can be the answer: one that others have written is a miss
   * @param table reads the page, strongly consistent
   */
  <T> Page<T> read(
      String list,
      String field,
      PageCodec<T> codec,
      Predicate<Page<T>> ours,
      Supplier<Page<T>> table) {
    String place = list + " " + field;
    String fresh = UUID.randomUUID().toString();
    Optional<Found> found = use(pages -> pages.find(list, field), this::reading);
    if (found.isEmpty()) {
      return table.get();
    }
    Optional<Page<T>> hit = served(found.get(), codec).filter(ours);
    if (hit.isPresent()) {
      log.detail("cache hit: " + place);
      return hit.get();
    }
    log.detail("cache miss: " + place);
    Optional<String> lease =
        found
            .get()
            .lease()
            .or(() -> use(pages -> pages.lease(list, fresh), this::reading).flatMap(l -> l))
            .filter(current -> !current.equals(CLOSED));
    Page<T> page = table.get();
    if (codec.accepts(page)) {
      lease.ifPresent(current -> store(list, field, codec.encode(current, page), page));
    }
    return page;
  }

  private static <T> Optional<Page<T>> served(Found found, PageCodec<T> codec) {
    return found
        .page()
        .flatMap(codec::decode)
        .filter(stored -> found.lease().equals(Optional.of(stored.lease())))
        .map(Stored::page);
  }

  private void store(String list, String field, byte[] bytes, Page<?> page) {
    if (page.items().isEmpty()) {
      return;
    }
    if (bytes.length > MOST_BYTES) {
      log.detail("not cached, " + bytes.length + " bytes are too many: " + list + " " + field);
      return;
    }
    use(
        pages -> {
          pages.store(list, field, bytes);
          return true;
        },
        this::reading);
  }

  /** Runs a write that makes pages of these lists stale. */
  <R> R write(Collection<String> lists, Supplier<R> write) {
    close(lists);
    // When it throws, it may still come to pass: then the lists stay closed for their time.
    R result = write.get();
    drop(lists);
    return result;
  }

  /** From now on, and for two minutes at most, no page of these lists is served or stored. */
  void close(Collection<String> lists) {
    use(
        pages -> {
          pages.replaceLeases(lists, CLOSED, CLOSED_FOR);
          return true;
        },
        this::writing);
  }

  /** Drops every page of these lists, after a write. */
  void drop(Collection<String> lists) {
    owed.drop(lists);
  }

  /** Drops every page of these lists within a second, with all others of that second. */
  void dropSoon(Collection<String> lists) {
    owed.dropSoon(lists);
  }

  /** Tries to drop what is left to be dropped; to be called at the end of a command too. */
  public void settle() {
    owed.settle();
  }

  /** Empty when the cache failed, or is left alone since it did. */
  private <R> Optional<R> use(Function<PageItems, R> step, Consumer<CacheException> failed) {
    if (isLeftAlone()) {
      return Optional.empty();
    }
    try {
      Optional<R> answer = Optional.of(step.apply(cache.get().pages()));
      log.answered();
      return answer;
    } catch (CacheException e) {
      leaveAlone();
      failed.accept(e);
      return Optional.empty();
    }
  }

  private synchronized boolean isLeftAlone() {
    leftAlone = leftAlone && System.nanoTime() - leftAloneSince < LEFT_ALONE_NANOS;
    return leftAlone;
  }

  private synchronized void leaveAlone() {
    leftAlone = true;
    leftAloneSince = System.nanoTime();
  }

  private void reading(CacheException e) {
    warn(e.getMessage() + "; the table answers instead");
  }

  private void writing(CacheException e) {
    if (e.kind() == Kind.NO_CACHE) {
      // Nothing is cached, so nothing is stale.
      log.detail(e.getMessage());
    } else {
      warn(e.getMessage() + "; what is cached may be stale until it expires");
    }
  }

  private void warn(String line) {
    synchronized (this) {
      if (warned) {
        return;
      }
      warned = true;
    }
    log.warn(line);
  }
}
