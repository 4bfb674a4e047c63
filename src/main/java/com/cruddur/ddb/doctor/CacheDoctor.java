package com.cruddur.ddb.doctor;

import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.local.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The cache: a key that can be used, a service that answers, the cache itself, its limits. */
public final class CacheDoctor {
  private static final Duration FREE_PLAN = Duration.ofDays(1);
  private static final String WHY = "reads with --cached and dropping stale pages do not work";
  private final Supplier<CacheSettings> settings;

  /**
   * A check of a cache.
   *
   * @param settings throws {@link CacheException} when they cannot be used
   */
  public CacheDoctor(Supplier<CacheSettings> settings) {
    this.settings = settings;
  }

  /** There is no cache, and none is needed. */
  public static Diagnosis none() {
    return Diagnosis.skipped(
        "cache",
        "no key of Momento is set",
        "all commands work without a cache; see docs/momento.md");
  }

  public void run(Consumer<Diagnosis> out) {
    CacheSettings found;
    try {
      found = settings.get();
      out.accept(Diagnosis.ok("cache key", found.keyForm()));
    } catch (CacheException e) {
      out.accept(Diagnosis.problem("cache key", e.getMessage(), WHY, e.hint()));
      return;
    }
    if (found.localPort() > 0 && !LocalStack.answers(found.localPort())) {
      out.accept(
          Diagnosis.problem(
              "cache",
              found.describe() + ": nothing answers",
              WHY,
              "'ddb local stop', then 'ddb local start'"));
      return;
    }
    try (MomentoCache cache = MomentoCache.openForPages(found)) {
      List<String> names = cache.names();
      out.accept(
          names.contains(found.cacheName())
              ? Diagnosis.ok("cache", found.describe() + " has cache " + found.cacheName())
              : Diagnosis.problem(
                  "cache",
                  "cache " + found.cacheName() + " does not exist; there is " + names,
                  WHY,
                  "'ddb cache create " + found.cacheName() + "'"));
    } catch (CacheException e) {
      out.accept(Diagnosis.problem("cache", e.getMessage(), WHY, e.hint()));
    }
    out.accept(limits(found));
  }

  private static Diagnosis limits(CacheSettings found) {
    String ttl = "pages live " + found.ttl().toSeconds() + " s";
    return found.ttl().compareTo(FREE_PLAN) > 0
        ? Diagnosis.note(
            "cache limits",
            ttl,
            "Momento's free plan keeps nothing longer than 86400 s and refuses the rest",
            "set MOMENTO_TTL_SECONDS to 86400 or less")
        : Diagnosis.ok("cache limits", ttl + "; an item has 5 MB at most");
  }
}
