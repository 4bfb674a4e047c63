package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cli.context.Banner;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Confirmation;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Setting;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine.Mixin;
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

  @Mixin private CacheArgument cache;

  /**
   * Does something to a whole cache when the user or the options agree, and prints the result.
   *
   * @param action what is about to happen, such as {@code delete all items of the cache}
   * @param result what is printed then, such as {@code flushed}
   */
  int run(
      CommandContext context,
      String action,
      BiConsumer<CacheWrites, String> change,
      String result) {
    confirm(context, action);
    String name = cache.name(context);
    change.accept(context.cache().writes(), name);
    Map<String, Object> fields = CacheCommand.document(name, null);
    fields.put("result", result);
    context.document(fields);
    return ExitCode.DONE;
  }

  private void confirm(CommandContext context, String action) {
    CacheSettings settings = context.cache().target().settings();
    Setting named = cache.setting(context);
    if (!context.dryRun().on()) {
      settings.requireWritable();
    }
    // A key reaches production, whatever the table's target is.
    boolean prod = context.target().isProd() || settings.localPort() == 0;
    // About to delete all items of the cache
    //   service      Momento (key of MOMENTO_API_KEY)
    //   cache        cruddur (MOMENTO_CACHE_NAME)
    new Confirmation("cache", named.value(), prod, yes, confirmCache)
        .require(
            context,
            action,
            () -> new Banner(action).line(context.cache().target().service()).line(named));
  }
}
