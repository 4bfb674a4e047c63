package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.context.View;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb cache list}. */
@Command(
    name = "list",
    description = "List the caches.",
    exitCodeList = ExitCode.NO_ACCESS,
    footer = "  ddb cache list")
public final class CacheListCommand implements Callable<Integer> {
  private final Session session;

  public CacheListCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<String> names = session.cache().names();
    session.list(
        View.of("cache"), printer -> names.forEach(name -> printer.print(Map.of("cache", name))));
    return ExitCode.DONE;
  }
}
