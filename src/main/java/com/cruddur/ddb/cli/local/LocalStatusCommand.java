package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.local.StackStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb local status}. */
@Command(
    name = "status",
    description = "Show the local stack.",
    exitCodeList = "3:it does not run",
    footer = {
      "  ddb local start",
      "  ddb local status",
      "  ddb local status --port 8009 --cache-port 8089   # exit 3: none there"
    })
public final class LocalStatusCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private LocalOptions options;

  public LocalStatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Optional<StackStatus> status = session.local().stack(options.settings(session)).status();
    if (status.isEmpty()) {
      session.document(Map.of("state", "not running"));
      return ExitCode.NOT_FOUND;
    }
    session.document(
        LocalOptions.document(status.get().running() ? "running" : "starting", status.get()));
    return ExitCode.DONE;
  }
}
