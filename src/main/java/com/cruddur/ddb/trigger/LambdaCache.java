package com.cruddur.ddb.trigger;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.CachedConversationStore;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.chat.ConversationStore;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cache of the Lambda function, whose entries it drops. Momento's client is in
 * target/ddb-trigger-cache.jar (profile trigger-cache) and not in ddb-trigger.jar: most of a cold
 * start would be spent on it.
 */
final class LambdaCache {
  /** The secret whose text is the key. */
  static final String KEY_SECRET = "MOMENTO_API_KEY_SECRET_ARN";

  private static final long RENEW_NANOS = Duration.ofMinutes(5).toNanos();

  private LambdaCache() {}

  /**
   * Makes, of a table's names, a store whose writes drop its cached pages.
   *
   * @throws IllegalStateException when a key is set, but the client is not in this jar
   */
  static Function<PageKeys, CachedConversationStore> over(
      ConversationStore store, Map<String, String> environment) {
    try {
      Supplier<MomentoCache> cache =
          environment.containsKey(KEY_SECRET)
              ? renewed(environment)
              : opened(CacheSettings.service(environment));
      PageCache pages = new PageCache(cache, log());
      return keys -> new CachedConversationStore(store, pages, keys, false);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "a Momento key is set, but this jar has no cache client: deploy ddb-trigger-cache.jar, or"
              + " leave the key out",
          e);
    }
  }

  private static Supplier<MomentoCache> opened(CacheSettings settings) {
    MomentoCache cache = MomentoCache.openForPages(settings);
    return () -> cache;
  }

  /** Reads the key again from time to time: after a rotation the old one ends some time. */
  private static Supplier<MomentoCache> renewed(Map<String, String> environment) {
    SecretText secret = new SecretText(environment.get(KEY_SECRET), environment);
    return new Supplier<>() {
      private MomentoCache cache;
      private String key;
      private long readAt;

      @Override
      public synchronized MomentoCache get() {
        if (cache == null || System.nanoTime() - readAt > RENEW_NANOS) {
          readAt = System.nanoTime();
          use(read(secret));
        }
        return cache;
      }

      private void use(String current) {
        if (cache != null && current.equals(key)) {
          return;
        }
        Map<String, String> settings = new HashMap<>(environment);
        settings.put("MOMENTO_API_KEY", current);
        MomentoCache next = MomentoCache.openForPages(CacheSettings.service(settings));
        if (cache != null) {
          cache.close();
        }
        cache = next;
        key = current;
      }
    };
  }

  private static String read(SecretText secret) {
    try {
      return secret.read();
    } catch (UncheckedIOException e) {
      throw new CacheException(
          CacheException.Kind.NO_KEY, "Momento: " + e.getMessage(), "See the function's role.");
    }
  }

  private static PageCache.Log log() {
    return new PageCache.Log() {
      @Override
      public void warn(String line) {
        // {"level":"WARN","event":"cache","reason":"Momento: no answer in time"}
        LambdaRuntime.getLogger()
            .log(JsonLine.of(Map.of("level", "WARN", "event", "cache", "reason", line)));
      }

      @Override
      public void detail(String line) {}
    };
  }
}
