package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
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
  private final CommandContext context;

  public CacheListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<String> names = context.cache().open().names();
    context.list(
        Columns.of("cache"),
        printer -> names.forEach(name -> printer.print(Map.of("cache", name))));
    return ExitCode.DONE;
  }
}
