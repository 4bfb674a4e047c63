package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.Banner;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Confirmation;
import com.cruddur.ddb.cli.context.DryRun;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Setting;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
import com.cruddur.ddb.text.Count;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddb local reset}. */
@Command(
    name = "reset",
    description = {
      "Stop the local stack and delete its data.",
      "Shows what is meant and asks first; in a script it needs --yes."
    },
    exitCodeList = ExitCode.NOT_CONFIRMED,
    footer = {"  ddb local reset         # exit 4 in a script", "  ddb local reset --yes"})
public final class LocalResetCommand implements Callable<Integer> {
  private static final String ACTION = "stop the local stack and delete its data";

  private final CommandContext context;
  @Mixin private LocalOptions options;

  @Option(names = "--yes", description = "Do not ask; for scripts.")
  private boolean yes;

  public LocalResetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LocalStack stack = context.local().stack(options.settings(context));
    Optional<Path> data = stack.data();
    DryRun dryRun = context.dryRun();
    if (dryRun.on()) {
      stack.status().ifPresent(running -> dryRun.plan("stop process", running.pid()));
      LocalStack.tableFiles(data).forEach(file -> dryRun.plan("delete", file));
    } else {
      confirm(stack, options.settings(context), LocalStack.tableFiles(data));
      stack.reset(data);
    }
    context.document(Map.of("state", "stopped, its data deleted"));
    return ExitCode.DONE;
  }

  /** Where nothing is to be deleted nobody is asked. */
  private void confirm(LocalStack stack, StackSettings settings, List<Path> files) {
    Optional<StackStatus> running = stack.status();
    if (running.isEmpty() && files.isEmpty()) {
      return;
    }
    // About to stop the local stack and delete its data
    //   endpoint     http://localhost:8000 (pid 4711)
    //   data         /home/me/.local/share/ddb (2 files)
    String process = running.map(status -> "pid " + status.pid()).orElse("not running");
    String data =
        files.isEmpty()
            ? "in memory"
            : files.get(0).getParent() + " (" + Count.of(files.size(), "file") + ")";
    new Confirmation("stack", null, false, yes, null)
        .require(
            context,
            ACTION,
            () ->
                new Banner(ACTION)
                    .line(new Setting("endpoint", "http://localhost:" + settings.port(), process))
                    .line("data", data));
  }
}
