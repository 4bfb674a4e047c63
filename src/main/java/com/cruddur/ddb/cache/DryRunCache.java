package com.cruddur.ddb.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cache.CacheException.Kind;
import com.cruddur.ddb.text.Count;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Writes of a dry run: each looks whether it would work and says what it would do. */
public final class DryRunCache implements CacheWrites {
  private final MomentoCache cache;
  private final BiConsumer<String, String> plan;

  /**
   * Over a cache that is read only.
   *
   * @param plan told each action and what it is about
   */
  public DryRunCache(MomentoCache cache, BiConsumer<String, String> plan) {
    this.cache = cache;
    this.plan = plan;
  }

  @Override
  public boolean create(String name) {
    boolean there = cache.names().contains(CacheNames.require(name));
    if (!there) {
      plan.accept("create cache", name);
    }
    return !there;
  }

  @Override
  public void delete(String name) {
    read(name, "any");
    plan.accept("delete cache", name);
  }

  @Override
  public void flush(String name) {
    read(name, "any");
    plan.accept("delete all items of cache", name);
  }

  @Override
  public void set(String name, String key, byte[] value, Duration ttl) {
    read(name, key);
    plan.accept(
        "set", item(name, key) + " to " + Count.of(value.length, "byte") + " for " + seconds(ttl));
  }

  @Override
  public void evict(String name, String key) {
    read(name, key).ifPresent(value -> plan.accept("evict", item(name, key)));
  }

  @Override
  public long increment(String name, String key, long by, Duration ttl) {
    String text = read(name, key).map(value -> new String(value, UTF_8)).orElse("0");
    try {
      long sum = Long.parseLong(text) + by;
      plan.accept("set", item(name, key) + " to " + sum + " for " + seconds(ttl));
      return sum;
    } catch (NumberFormatException e) {
      throw new CacheException(
          Kind.INVALID,
          cache.settings().describe() + ": refused: " + item(name, key) + " is not a number",
          null);
    }
  }

  @Override
  public boolean setTtl(String name, String key, Duration ttl) {
    boolean there = cache.ttl(name, key).orThrow().isPresent();
    if (there) {
      plan.accept("let", item(name, key) + " live for " + seconds(ttl));
    }
    return there;
  }

  /** Also finds out whether the cache is there and the key allowed. */
  private Optional<byte[]> read(String name, String key) {
    return cache.get(CacheNames.require(name), key).orThrow();
  }

  private static String item(String name, String key) {
    return "item '" + key + "' of cache " + name;
  }

  private static String seconds(Duration ttl) {
    return ttl.toSeconds() + " s";
  }
}
