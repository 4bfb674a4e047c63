package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb cache delete}. */
@Command(
    name = "delete",
    description = {
      "Delete a cache with all its items.",
      "Shows what is meant and asks first. In a script it needs --yes, and on"
          + " --prod also --confirm-cache."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache delete sessions   # exit 4 in a script",
      "  ddb cache create sessions",
      "  ddb cache delete sessions --yes"
    })
public final class CacheDeleteCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private CacheGuard guard;

  public CacheDeleteCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return guard.run(context, "delete the cache and all its items", CacheWrites::delete, "deleted");
  }
}
