package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.local.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddb local start}. */
@Command(
    name = "start",
    description = "Start the local stack in the background; returns once it answers.",
    footer = {"  ddb local start", "  ddb local stop && ddb local start --in-memory"})
public final class LocalStartCommand implements Callable<Integer> {
  private final CommandContext context;
  @Mixin private LocalOptions options;

  @Option(names = "--in-memory", description = "Keep no files; tables vanish with the stack.")
  private boolean inMemory;

  public LocalStartCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LocalStack stack = context.local().stack(options.settings(context).withInMemory(inMemory));
    stack.leftByDynamoDbLocal().ifPresent(context.notices()::info);
    LocalStack.Started started = stack.start();
    context.document(
        LocalOptions.document(
            started.alreadyRunning() ? "already running" : "started", started.status()));
    return ExitCode.DONE;
  }
}
