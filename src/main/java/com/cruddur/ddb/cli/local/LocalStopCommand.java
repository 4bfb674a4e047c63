package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb local stop}. */
@Command(
    name = "stop",
    description = "Stop the local stack; its data stays.",
    footer = "  ddb local stop")
public final class LocalStopCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private LocalOptions options;

  public LocalStopCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    boolean stopped = context.local().stack(options.settings(context)).stop();
    context.document(Map.of("state", stopped ? "stopped" : "not running"));
    return ExitCode.DONE;
  }
}
