package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.mixin.DryRunOption;
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
  private final Session session;
  @Mixin private CacheArgument cache;
  @Mixin private DryRunOption dryRun;

  public CacheCreateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String name = cache.name(session);
    boolean created = session.cacheWrites().create(name);
    Map<String, Object> result = CacheCommand.document(name, null);
    result.put("result", created ? "created" : "exists");
    session.document(result);
    return ExitCode.DONE;
  }
}
