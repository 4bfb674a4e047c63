package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheNames;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Setting;
import picocli.CommandLine.Parameters;

/** The argument that names a whole cache. */
final class CacheArgument {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The cache; default: MOMENTO_CACHE_NAME, else cruddur.")
  private String cache;

  String name(CommandContext context) {
    return cache == null
        ? CacheSettings.cacheName(context.environment())
        : CacheNames.require(cache);
  }

  /** The name, and who named it. */
  Setting setting(CommandContext context) {
    String source =
        context.environment().containsKey("MOMENTO_CACHE_NAME") ? "MOMENTO_CACHE_NAME" : "default";
    return new Setting("cache", name(context), cache == null ? source : "NAME");
  }
}
