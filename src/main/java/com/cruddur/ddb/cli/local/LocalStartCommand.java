package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
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

  @Option(
      names = "--index-lag",
      paramLabel = "MS",
      description = "Global indexes show a write so much later, as on AWS; default: at once.")
  private int indexLag;

  @Option(
      names = "--throttle-rcu",
      paramLabel = "N",
      description = "Each table gives N read units a second and refuses what goes beyond.")
  private int throttleRcu;

  @Option(
      names = "--throttle-wcu",
      paramLabel = "N",
      description = "Each table gives N write units a second and refuses what goes beyond.")
  private int throttleWcu;

  @Option(
      names = "--latency",
      paramLabel = "MS",
      description = "Each answer of DynamoDB comes so much later.")
  private int latency;

  public LocalStartCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (indexLag < 0 || throttleRcu < 0 || throttleWcu < 0 || latency < 0) {
      throw CommandException.usage(
          "--index-lag, --throttle-rcu, --throttle-wcu and --latency take 0 or more.",
          "Leave out what is not wanted.");
    }
    StackSettings asked =
        options
            .settings(context)
            .withInMemory(inMemory)
            .withFaults(indexLag, throttleRcu, throttleWcu, latency);
    LocalStack stack = context.local().stack(asked);
    stack.leftByDynamoDbLocal().ifPresent(context.notices()::info);
    LocalStack.Started started = stack.start();
    if (isOther(asked, started.status())) {
      context
          .notices()
          .warn("the stack runs with other settings; 'ddb local stop' lets it start with these");
    }
    context.document(
        LocalOptions.document(
            started.alreadyRunning() ? "already running" : "started", started.status()));
    return ExitCode.DONE;
  }

  private static boolean isOther(StackSettings asked, StackStatus runs) {
    boolean files = !asked.inMemory() && !runs.inMemory();
    return asked.port() != runs.port()
        || asked.cachePort() != runs.cachePort()
        || (asked.inMemory() && !runs.inMemory())
        || (files && !asked.dataDirectory().equals(runs.dataDirectory()))
        || !(asked.faults().words().isEmpty() || asked.faults().equals(runs.faults()));
  }
}
