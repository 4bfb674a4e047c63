package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.Banner;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Confirmation;
import com.cruddur.ddb.cli.context.Setting;
import picocli.CommandLine.Option;

/** What stands before a destructive command on a cache; as {@code Guard} does for tables. */
final class CacheGuard {
  @Option(names = "--yes", description = "Do not ask; for scripts.")
  private boolean yes;

  @Option(
      names = "--confirm-cache",
      paramLabel = "NAME",
      description = "With --yes on --prod: the cache that is meant, named again.")
  private String confirmCache;

  /**
   * Returns when the user or the options agree.
   *
   * @param action what is about to happen, such as {@code delete all items of the cache}
   */
  void confirm(CommandContext context, String action, CacheSettings settings, Setting cache) {
    if (!context.dryRun().on()) {
      settings.requireWritable();
    }
    // A key reaches production, whatever the table's target is.
    boolean prod = context.target().isProd() || settings.localPort() == 0;
    // About to delete all items of the cache
    //   service      Momento (key of MOMENTO_API_KEY)
    //   cache        cruddur (MOMENTO_CACHE_NAME)
    new Confirmation("cache", cache.value(), prod, yes, confirmCache)
        .require(
            context,
            action,
            () -> new Banner(action).line(context.targetCache().service()).line(cache));
  }
}
