package com.cruddur.ddb.cache;

import com.cruddur.ddb.cache.CacheException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which Momento service is meant, and how it is used.
 *
 * @param localPort the port of the local cache server; 0 for the service
 * @param key the service's key as it was given; null for the local server
 * @param endpoint the service's host name beside a key that does not hold it; null for none
 * @param cacheName the cache of a command that names none, and of cached pages
 * @param ttl how long an item lives when nothing else is said
 * @param readOnly whether every write is refused: the service's caches are production
 */
public record CacheSettings(
    int localPort, String key, String endpoint, String cacheName, Duration ttl, boolean readOnly) {
  /** The longest time to live that can be spoken of; each account has a lower bound of its own. */
  public static final Duration LONGEST_TTL = Duration.ofDays(365);

  private static final List<String> KEYS = List.of("MOMENTO_API_KEY", "MOMENTO_AUTH_TOKEN");
  private static final String KEY_FILE = "MOMENTO_API_KEY_FILE";
  private static final String DEFAULT_NAME = "cruddur";
  private static final long DEFAULT_TTL_SECONDS = 600;

  /** The local cache server; a key in the environment is not sent to it. */
  public static CacheSettings local(Map<String, String> environment, int port) {
    return new CacheSettings(port, null, null, cacheName(environment), ttl(environment), false);
  }

  /**
   * Momento, by the key in MOMENTO_API_KEY, MOMENTO_AUTH_TOKEN or the file MOMENTO_API_KEY_FILE.
   *
   * @throws CacheException of kind NO_KEY when there is none
   */
  public static CacheSettings service(Map<String, String> environment) {
    return new CacheSettings(
        0,
        key(environment),
        value(environment, "MOMENTO_ENDPOINT"),
        cacheName(environment),
        ttl(environment),
        false);
  }

  /** The same for reads alone. */
  public CacheSettings asReadOnly() {
    return new CacheSettings(localPort, key, endpoint, cacheName, ttl, true);
  }

  /**
   * Returns when caches may be written to.
   *
   * @throws CacheException of kind REFUSED otherwise
   */
  public void requireWritable() {
    if (readOnly) {
      throw new CacheException(
          Kind.REFUSED,
          describe() + " is production, and is written to only with --prod",
          "Nothing was written. Add --prod to write there, or leave --endpoint-url and"
              + " AWS_ENDPOINT_URL out to use the local cache.");
    }
  }

  /** Whether the environment names a key, good or bad. */
  public static boolean hasKey(Map<String, String> environment) {
    return keySource(environment) != null;
  }

  /** The variable that names the key, or the file that holds it; null for none. */
  public static String keySource(Map<String, String> environment) {
    return Stream.concat(KEYS.stream(), Stream.of(KEY_FILE))
        .filter(name -> value(environment, name) != null)
        .findFirst()
        .orElse(null);
  }

  /** The cache of a command that names none. */
  public static String cacheName(Map<String, String> environment) {
    String name = value(environment, "MOMENTO_CACHE_NAME");
    return name == null ? DEFAULT_NAME : CacheNames.require(name);
  }

  /** A time to live of whole seconds; {@code what} names it in the error. */
  public static Duration ttl(String what, long seconds) {
    if (seconds < 1 || seconds > LONGEST_TTL.toSeconds()) {
      throw new CacheException(
          Kind.INVALID,
          what + " is " + seconds + " s",
          "It is 1 s or more; the upper bound is the account's, 86400 s on the free plan.");
    }
    return Duration.ofSeconds(seconds);
  }

  boolean isLocal() {
    return key == null;
  }

  /**
   * What kind of key it is and where it leads, without the key.
   *
   * @throws CacheException of kind NO_KEY when it has none of the forms that keys have
   */
  public String keyForm() {
    if (isLocal()) {
      return "none is needed on this machine";
    }
    MomentoKey parsed = MomentoKey.parse(key, endpoint);
    return parsed.form() + " for " + parsed.cacheHost();
  }

  /** For messages: where this is, without the key. */
  public String describe() {
    return isLocal() ? "the local cache server on port " + localPort : "Momento";
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CacheSettings[" + describe() + ", cache " + cacheName + "]";
  }

  private static Duration ttl(Map<String, String> environment) {
    String seconds = value(environment, "MOMENTO_TTL_SECONDS");
    if (seconds == null) {
      return Duration.ofSeconds(DEFAULT_TTL_SECONDS);
    }
    try {
      return ttl("MOMENTO_TTL_SECONDS", Long.parseLong(seconds));
    } catch (NumberFormatException e) {
      throw new CacheException(
          Kind.INVALID,
          "MOMENTO_TTL_SECONDS is '" + seconds + "'",
          "Set it to a number of seconds.");
    }
  }

  private static String key(Map<String, String> environment) {
    for (String name : KEYS) {
      String key = value(environment, name);
      if (key != null) {
        return key;
      }
    }
    String file = value(environment, KEY_FILE);
    if (file == null) {
      throw new CacheException(
          Kind.NO_KEY,
          "Momento: no key",
          "Set MOMENTO_API_KEY, or MOMENTO_API_KEY_FILE to a file that holds it; see"
              + " docs/momento.md.");
    }
    return read(file);
  }

  private static String read(String file) {
    try {
      String key = Files.readString(Path.of(file)).strip();
      if (!key.isEmpty()) {
        return key;
      }
    } catch (IOException | InvalidPathException e) {
      // The same answer as for an empty file: what it holds is nobody's to see.
    }
    throw new CacheException(
        Kind.NO_KEY,
        "Momento: no key can be read from the file " + file,
        "Let MOMENTO_API_KEY_FILE name a text file that holds the key and nothing else.");
  }

  private static String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
