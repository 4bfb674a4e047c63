package com.cruddur.ddb.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb cache flush}. */
@Command(name = "flush", description = "Delete all items of a cache.")
final class CacheFlushCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private CacheArgument cache;
  @Mixin private CacheGuard guard;
  @Mixin private DryRunOption dryRun;

  CacheFlushCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String name = cache.name(session);
    guard.confirm(
        session,
        "delete all items of the cache",
        session.targetCache().settings(),
        cache.setting(session));
    session.cacheWrites().flush(name);
    Map<String, Object> result = CacheCommand.document(name, null);
    result.put("result", "flushed");
    session.document(result);
    return ExitCode.DONE;
  }
}
