package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.LocalStackException;
import com.cruddur.ddb.local.StackArchive;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
import com.cruddur.ddb.output.Notices;
import java.nio.file.Path;

/** The embedded stack as a target: where it is, and starting it for a command that needs it. */
public final class LocalTarget {
  private final CliEnvironment cliEnvironment;

  LocalTarget(CliEnvironment cliEnvironment) {
    this.cliEnvironment = cliEnvironment;
  }

  public StackSettings settings() {
    try {
      return StackSettings.of(cliEnvironment.environment());
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), "Set DDB_LOCAL_PORT and DDB_LOCAL_CACHE_PORT.");
    }
  }

  public LocalStack stack(StackSettings settings) {
    return new LocalStack(settings, LocalStack.classPath(cliEnvironment.home()), archive());
  }

  /**
   * The launcher names its start-up archives: that of the stack lies beside that of the commands.
   */
  private static StackArchive archive() {
    String name = System.getProperty("ddb.archive", "");
    return name.isEmpty() ? StackArchive.NONE : StackArchive.of(Path.of(name + ".stack"));
  }

  /** Whether it is this user's own stack that listens on the local port, by what it noted. */
  boolean isOwnStack() {
    StackSettings settings = settings();
    return stack(settings)
        .status()
        .filter(status -> status.running() && status.port() == settings.port())
        .isPresent();
  }

  /** Starts the stack unless something listens on its port already, whoever started it. */
  void ensureRunning(Notices notices) {
    StackSettings settings = settings();
    if (LocalStack.answers(settings.port())) {
      return;
    }
    try {
      LocalStack stack = stack(settings);
      stack.leftByDynamoDbLocal().ifPresent(notices::info);
      LocalStack.Started started = stack.start();
      if (!started.alreadyRunning()) {
        notices.info(started(started.status()));
      }
    } catch (LocalStackException e) {
      throw new CommandException(
          ExitCode.UNREACHABLE, "local_stack", "the local stack: " + e.getMessage(), e.hint());
    }
  }

  static String started(StackStatus status) {
    return "started the local stack: DynamoDB at http://localhost:"
        + status.port()
        + ", cache on port "
        + status.cachePort()
        + " (pid "
        + status.pid()
        + "; 'ddb local stop' ends it)";
  }
}
