package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.DryRun;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
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
  private final Session session;
  @Mixin private LocalOptions options;
  @Mixin private DryRunOption dry;

  public LocalResetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    LocalStack stack = session.local().stack(options.settings(session));
    DryRun dryRun = session.dryRun();
    if (dryRun.on()) {
      stack.status().ifPresent(running -> dryRun.plan("stop process", running.pid()));
      stack.tableFiles().forEach(file -> dryRun.plan("delete", file));
    } else {
      stack.reset();
    }
    session.document(Map.of("state", "stopped, its data deleted"));
    return ExitCode.DONE;
  }
}
