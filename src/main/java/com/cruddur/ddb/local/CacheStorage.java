package com.cruddur.ddb.local;

import com.github.benmanes.caffeine.cache.Ticker;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * All caches of a server by name. A name is 1 to 255 printable ASCII characters, spaces only
 * inside: calls on items carry it as metadata, which can hold nothing else.
 */
final class CacheStorage {
  private static final Pattern NAME = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

  private final Map<String, StoredCache> caches = new ConcurrentHashMap<>();
  private final Ticker ticker;
  private final CacheNames noted;

  CacheStorage(Ticker ticker, CacheNames noted) {
    this.ticker = ticker;
    this.noted = noted;
    noted.read().stream()
        .filter(name -> NAME.matcher(name).matches())
        .forEach(name -> caches.put(name, new StoredCache(ticker)));
  }

  /** ALREADY_EXISTS if there is one of that name. */
  synchronized void create(String name) {
    checkName(name);
    if (caches.putIfAbsent(name, new StoredCache(ticker)) != null) {
      throw failure(Status.ALREADY_EXISTS, "there is already a cache named " + name, name);
    }
    noted.write(names());
  }

  /** NOT_FOUND if there is none of that name. */
  synchronized void delete(String name) {
    checkName(name);
    if (caches.remove(name) == null) {
      throw noSuchCache(name);
    }
    noted.write(names());
  }

  /** NOT_FOUND if there is none of that name, INVALID_ARGUMENT if it cannot be a name. */
  StoredCache get(String name) {
    checkName(name);
    StoredCache cache = caches.get(name);
    if (cache == null) {
      throw noSuchCache(name);
    }
    return cache;
  }

  /** In alphabetical order. */
  List<String> names() {
    return caches.keySet().stream().sorted().toList();
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Status.INVALID_ARGUMENT
          .withDescription("a cache name is 1 to 255 printable ASCII characters, not blank")
          .asRuntimeException();
    }
  }

  private static StatusRuntimeException noSuchCache(String name) {
    return failure(Status.NOT_FOUND, "no cache named " + name, name);
  }

  private static StatusRuntimeException failure(Status status, String text, String cache) {
    Metadata trailers = new Metadata();
    trailers.put(CacheCallInterceptor.CACHE, cache);
    return status.withDescription(text).asRuntimeException(trailers);
  }
}
