package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.Session;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says how long an item lives. */
final class TtlOption {
  @Option(
      names = "--ttl",
      paramLabel = "S",
      description = "Seconds that the item lives (MOMENTO_TTL_SECONDS); default: 600.")
  private Long seconds;

  Duration duration(Session session) {
    return seconds == null
        ? session.targetCache().settings().ttl()
        : CacheSettings.ttl("--ttl", seconds);
  }
}
