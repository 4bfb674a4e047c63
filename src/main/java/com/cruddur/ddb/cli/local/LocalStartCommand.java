package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
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
  private final Session session;
  @Mixin private LocalOptions options;

  @Option(names = "--in-memory", description = "Keep no files; tables vanish with the stack.")
  private boolean inMemory;

  public LocalStartCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    LocalStack stack = session.local().stack(options.settings(session).withInMemory(inMemory));
    LocalStack.Started started = stack.start();
    session.document(
        LocalOptions.document(
            started.alreadyRunning() ? "already running" : "started", started.status()));
    return ExitCode.DONE;
  }
}
