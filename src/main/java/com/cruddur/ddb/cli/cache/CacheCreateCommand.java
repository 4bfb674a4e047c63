package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb cache create}. */
@Command(
    name = "create",
    description = "Make a cache; safe to run again.",
    exitCodeList = ExitCode.NO_ACCESS,
    footer = {"  ddb cache create", "  ddb cache create sessions"})
public final class CacheCreateCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private CacheArgument cache;

  public CacheCreateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    boolean created = context.cache().writes().create(name);
    Map<String, Object> result = CacheCommand.document(name, null);
    result.put("result", created ? "created" : "exists");
    context.document(result);
    return ExitCode.DONE;
  }
}
