package com.cruddur.ddb.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb setup}. */
@Command(
    name = "setup",
    description = "From nothing to a working local stack with sample conversations.")
final class SetupCommand implements Callable<Integer> {
  private final Session session;

  SetupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    throw new IllegalStateException(session.toString());
  }
}
