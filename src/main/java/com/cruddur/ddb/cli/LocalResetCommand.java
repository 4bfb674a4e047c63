package com.cruddur.ddb.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb local reset}. */
@Command(
    name = "reset",
    description = "Stop the local stack and delete its data.",
    footer = "  ddb local reset")
final class LocalResetCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private LocalOptions options;

  LocalResetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.local().stack(options.settings(session)).reset();
    session.document(Map.of("state", "stopped, its data deleted"));
    return ExitCode.DONE;
  }
}
