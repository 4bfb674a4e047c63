package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheNames;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.CommandContext;
import picocli.CommandLine.Option;

/** The option that names the cache of an item. */
final class CacheOption {
  @Option(
      names = "--cache",
      paramLabel = "NAME",
      description = "The cache (MOMENTO_CACHE_NAME); default: cruddur.")
  private String cache;

  String name(CommandContext context) {
    return cache == null
        ? CacheSettings.cacheName(context.environment())
        : CacheNames.require(cache);
  }
}
