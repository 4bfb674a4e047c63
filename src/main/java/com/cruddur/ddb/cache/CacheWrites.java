package com.cruddur.ddb.cache;

import java.time.Duration;

/** What changes caches and their items. Failures are {@link CacheException}s. */
public interface CacheWrites {
  /** Makes a cache; false when it was there. */
  boolean create(String name);

  /** Deletes a cache with all its items. */
  void delete(String name);

  /** Deletes all items of a cache. */
  void flush(String name);

  /** Stores a value in the place of whatever was there. */
  void set(String cache, String key, byte[] value, Duration ttl);

  /** Removes an item; nobody can tell whether it was there. */
  void evict(String cache, String key);

  /**
   * Adds to a number, which is 0 when it is not there, and starts its time to live again.
   *
   * @return the sum, all 64 bits of it
   */
  long increment(String cache, String key, long by, Duration ttl);

  /** Sets how long an item still lives; false when it is not there. */
  boolean setTtl(String cache, String key, Duration ttl);
}
