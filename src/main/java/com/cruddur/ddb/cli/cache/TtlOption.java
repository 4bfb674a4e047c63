package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.CommandContext;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says how long an item lives. */
final class TtlOption {
  @Option(
      names = "--ttl",
      paramLabel = "S",
      description = "Seconds that the item lives (MOMENTO_TTL_SECONDS); default: 600.")
  private Long seconds;

  Duration duration(CommandContext context) {
    return seconds == null
        ? context.cache().target().settings().ttl()
        : CacheSettings.ttl("--ttl", seconds);
  }
}
