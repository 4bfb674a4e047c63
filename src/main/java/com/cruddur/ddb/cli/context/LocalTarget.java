package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.LocalStackException;
import com.cruddur.ddb.local.StackArchive;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
import com.cruddur.ddb.output.Notices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The embedded stack as a target: where it is, and starting it for a command that needs it. */
public final class LocalTarget {
  private final CliEnvironment cliEnvironment;
  private volatile boolean watched;

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
    return ownStack().isPresent();
  }

  private Optional<StackStatus> ownStack() {
    StackSettings settings = settings();
    return stack(settings)
        .status()
        .filter(status -> status.running() && status.port() == settings.port());
  }

  /** A long job begins: from now on it matters whether this user's own stack is stopped. */
  void watch() {
    watched = isOwnStack();
  }

  /** Whether a stack that is watched has been stopped; waits while it is being stopped. */
  boolean hasStopped() {
    return watched && stack(settings()).isStopped();
  }

  /** Starts the stack unless something listens on its port already, whoever started it. */
  void ensureRunning(Notices notices) {
    StackSettings settings = settings();
    if (LocalStack.answers(settings.port())) {
      // Who listens costs tens of milliseconds to find out: not where this user's stack is known
      // to.
      if (ownStack().filter(own -> own.cachePort() == settings.cachePort()).isEmpty()) {
        warnOfOthers(settings, notices);
      }
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

  /** Whoever came first has the port: what is written there goes to that user. */
  public static void warnOfOthers(StackSettings settings, Notices notices) {
    for (int port : List.of(settings.port(), settings.cachePort())) {
      LocalStack.otherUser(port)
          .ifPresent(
              uid ->
                  notices.warn(
                      "a process of another user (number "
                          + uid
                          + ") listens on port "
                          + port
                          + " and sees what you send; DDB_LOCAL_PORT and DDB_LOCAL_CACHE_PORT name"
                          + " other ports"));
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
