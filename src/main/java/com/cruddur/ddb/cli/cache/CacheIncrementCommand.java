package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb cache increment}. */
@Command(
    name = "increment",
    description = {
      "Add to a number and print the sum.",
      "An item that is not there counts as 0. Its time to live starts again."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NO_ACCESS},
    footer = {"  ddb cache increment visits", "  ddb cache increment visits --by -1"})
public final class CacheIncrementCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Option(
      names = "--by",
      paramLabel = "N",
      defaultValue = "1",
      description = "What is added, less than 0 to subtract; default: ${DEFAULT-VALUE}.")
  private long by;

  @Mixin private TtlOption ttl;
  @Mixin private CacheOption cache;

  public CacheIncrementCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    Duration lifetime = ttl.duration(context);
    Map<String, Object> result = CacheCommand.document(name, key);
    result.put("value", context.cache().writes().increment(name, key, by, lifetime));
    context.document(result);
    return ExitCode.DONE;
  }
}
