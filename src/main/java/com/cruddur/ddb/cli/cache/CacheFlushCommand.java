package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb cache flush}. */
@Command(
    name = "flush",
    description = {
      "Delete all items of a cache.",
      "Shows what is meant and asks first. Where nobody can answer it wants --yes, and on"
          + " --prod also --confirm-cache."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache flush --yes",
      "  ddb cache flush cruddur --prod --yes --confirm-cache cruddur"
    })
public final class CacheFlushCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private CacheArgument cache;
  @Mixin private CacheGuard guard;

  public CacheFlushCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    guard.confirm(
        context,
        "delete all items of the cache",
        context.targetCache().settings(),
        cache.setting(context));
    context.cacheWrites().flush(name);
    Map<String, Object> result = CacheCommand.document(name, null);
    result.put("result", "flushed");
    context.document(result);
    return ExitCode.DONE;
  }
}
