package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb cache flush}. */
@Command(
    name = "flush",
    description = {
      "Delete all items of a cache.",
      "Shows what is meant and asks first. In a script it needs --yes, and on"
          + " --prod also --confirm-cache."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache flush --yes",
      "  ddb cache flush cruddur --prod --yes --confirm-cache cruddur"
    })
public final class CacheFlushCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private CacheGuard guard;

  public CacheFlushCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return guard.run(context, "delete all items of the cache", CacheWrites::flush, "flushed");
  }
}
