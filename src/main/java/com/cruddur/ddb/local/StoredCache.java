package com.cruddur.ddb.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** One named cache: items in memory, each until its deadline. Safe for many threads. */
final class StoredCache {
  private final Ticker ticker;
  private final Cache<ByteString, CacheItem> items;

  StoredCache(Ticker ticker) {
    this.ticker = ticker;
    this.items =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfter(new AtDeadline())
            .maximumWeight(CacheLimits.MAX_CACHE_BYTES)
            .<ByteString, CacheItem>weigher(StoredCache::weight)
            .build();
  }

  private static int weight(ByteString key, CacheItem item) {
    return Math.toIntExact(CacheLimits.ITEM_OVERHEAD_BYTES + key.size() + item.value().bytes());
  }

  Optional<CacheItem> find(ByteString key) {
    return Optional.ofNullable(items.getIfPresent(key));
  }

  /** Puts a value in the place of whatever was under the key. */
  void put(ByteString key, CacheItem.Value value, Duration ttl) {
    change(key, before -> Change.to(item(key, value, deadline(ttl)), null));
  }

  /**
   * Changes one item atomically: nobody else reads or changes it between what the step is given
   * (empty when missing or expired) and what it answers. A step that throws changes nothing.
   */
  <R> R change(ByteString key, Function<Optional<CacheItem>, Change<R>> step) {
    AtomicReference<R> result = new AtomicReference<>();
    items
        .asMap()
        .compute(
            key,
            (sameKey, before) -> {
              Change<R> change = step.apply(Optional.ofNullable(before));
              result.set(change.result());
              return change.after().orElse(null);
            });
    return result.get();
  }

  void remove(ByteString key) {
    items.invalidate(key);
  }

  void flush() {
    items.invalidateAll();
  }

  /** An item to store under this key; RESOURCE_EXHAUSTED when it is too big. */
  CacheItem item(ByteString key, CacheItem.Value value, long deadline) {
    CacheLimits.checkItem(key, value.bytes());
    return new CacheItem(value, deadline);
  }

  long deadline(Duration ttl) {
    return ticker.read() + ttl.toNanos();
  }

  /** At least 1 ms: an item that is there has not expired. */
  Duration remaining(CacheItem item) {
    Duration left = Duration.ofNanos(item.deadline() - ticker.read());
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  /** What a step makes of an item (empty: it is removed), and what it reports. */
  record Change<R>(Optional<CacheItem> after, R result) {
    static <R> Change<R> to(CacheItem item, R result) {
      return new Change<>(Optional.of(item), result);
    }
  }

  private static final class AtDeadline implements Expiry<ByteString, CacheItem> {
    @Override
    public long expireAfterCreate(ByteString key, CacheItem item, long now) {
      return Math.max(1, item.deadline() - now);
    }

    @Override
    public long expireAfterUpdate(ByteString key, CacheItem item, long now, long left) {
      return expireAfterCreate(key, item, now);
    }

    @Override
    public long expireAfterRead(ByteString key, CacheItem item, long now, long left) {
      return left;
    }
  }
}
