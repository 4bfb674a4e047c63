package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
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
  private final Session session;
  @Mixin private LocalOptions options;

  public LocalStopCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    boolean stopped = session.local().stack(options.settings(session)).stop();
    session.document(Map.of("state", stopped ? "stopped" : "not running"));
    return ExitCode.DONE;
  }
}
