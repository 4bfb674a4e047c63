package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb cache evict}. */
@Command(
    name = "evict",
    description = {"Remove an item.", "Momento does not tell whether it was there."},
    exitCodeList = {"3:the cache does not exist", ExitCode.NO_ACCESS},
    footer = "  ddb cache evict greeting")
public final class CacheEvictCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Mixin private CacheOption cache;
  @Mixin private DryRunOption dryRun;

  public CacheEvictCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    context.cacheWrites().evict(name, key);
    Map<String, Object> result = CacheCommand.document(name, key);
    result.put("result", "evicted");
    context.document(result);
    return ExitCode.DONE;
  }
}
