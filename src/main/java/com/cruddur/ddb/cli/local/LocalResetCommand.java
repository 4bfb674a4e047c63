package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DryRun;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import com.cruddur.ddb.local.LocalStack;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb local reset}. */
@Command(
    name = "reset",
    description = "Stop the local stack and delete its data.",
    footer = "  ddb local reset")
public final class LocalResetCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private LocalOptions options;
  @Mixin private DryRunOption dry;

  public LocalResetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LocalStack stack = context.local().stack(options.settings(context));
    DryRun dryRun = context.dryRun();
    if (dryRun.on()) {
      stack.status().ifPresent(running -> dryRun.plan("stop process", running.pid()));
      stack.tableFiles().forEach(file -> dryRun.plan("delete", file));
    } else {
      stack.reset();
    }
    context.document(Map.of("state", "stopped, its data deleted"));
    return ExitCode.DONE;
  }
}
