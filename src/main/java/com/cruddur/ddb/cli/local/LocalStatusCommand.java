package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.LocalTarget;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackSettings;
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
  private final CommandContext context;
  @Mixin private LocalOptions options;

  public LocalStatusCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    StackSettings settings = options.settings(context);
    Optional<StackStatus> status = context.local().stack(settings).status();
    LocalTarget.warnOfOthers(settings, context.notices());
    if (status.isEmpty()) {
      if (LocalStack.answers(settings.port())) {
        context
            .notices()
            .info(
                "something that ddb did not start listens on port "
                    + settings.port()
                    + LocalStack.listener(settings.port())
                    + "; commands use it as if it were the local stack");
      }
      context.document(Map.of("state", "not running"));
      return ExitCode.NOT_FOUND;
    }
    context.document(
        LocalOptions.document(status.get().running() ? "running" : "starting", status.get()));
    return ExitCode.DONE;
  }
}
