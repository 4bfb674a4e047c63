package com.cruddur.ddb.trigger;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.CachedConversationStore;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.chat.ConversationStore;
import java.util.Map;

/**
 * The cache of the Lambda function, whose entries it drops. Momento's client is in
 * target/ddb-trigger-cache.jar (profile trigger-cache) and not in ddb-trigger.jar: most of a cold
 * start would be spent on it.
 */
final class LambdaCache {
  private LambdaCache() {}

  /**
   * A store whose writes drop cached pages.
   *
   * @param region the table's
   * @throws IllegalStateException when a key is set, but the client is not in this jar
   */
  static CachedConversationStore over(
      ConversationStore store, String region, String table, Map<String, String> environment) {
    try {
      MomentoCache cache = MomentoCache.openForPages(CacheSettings.service(environment));
      PageKeys lists = new PageKeys(region + "/" + table);
      return new CachedConversationStore(store, new PageCache(() -> cache, log()), lists, false);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "a Momento key is set, but this jar has no cache client: deploy ddb-trigger-cache.jar, or"
              + " leave the key out",
          e);
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
