package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb cache ttl}. */
@Command(
    name = "ttl",
    description = "Print how long an item still lives, or set it.",
    exitCodeList = {"3:a miss, or the cache does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache set greeting 'Hello!'",
      "  ddb cache ttl greeting",
      "  ddb cache ttl greeting --set 3600"
    })
public final class CacheTtlCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Option(names = "--set", paramLabel = "S", description = "Let it live for S seconds from now.")
  private Long seconds;

  @Mixin private CacheOption cache;

  public CacheTtlCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    Optional<Duration> left = seconds == null ? get(name) : set(name);
    if (left.isEmpty()) {
      return CacheCommand.miss(context, name, key);
    }
    Map<String, Object> result = CacheCommand.document(name, key);
    result.put("ttl_seconds", seconds(left.get()));
    context.document(result);
    return ExitCode.DONE;
  }

  private Optional<Duration> get(String name) {
    return context.cache().open().ttl(name, key).orThrow();
  }

  private Optional<Duration> set(String name) {
    Duration ttl = CacheSettings.ttl("--set", seconds);
    return context.cache().writes().setTtl(name, key, ttl) ? Optional.of(ttl) : Optional.empty();
  }

  /** Seconds with their milliseconds. */
  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
