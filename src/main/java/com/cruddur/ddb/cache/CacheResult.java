package com.cruddur.ddb.cache;

import java.util.Optional;

/** What became of a look into the cache: it was there, it was not, or the cache failed. */
public sealed interface CacheResult<V> {

  /** It was there. */
  record Hit<V>(V value) implements CacheResult<V> {}

  /** It was not there, or has expired. */
  record Miss<V>() implements CacheResult<V> {}

  /** The cache could not tell. */
  record Failed<V>(CacheException error) implements CacheResult<V> {}

  /**
   * The value, empty for a miss.
   *
   * @throws CacheException when the cache could not tell
   */
  default Optional<V> orThrow() {
    if (this instanceof Failed<V> failed) {
      throw failed.error();
    }
    return this instanceof Hit<V> hit ? Optional.of(hit.value()) : Optional.empty();
  }
}
