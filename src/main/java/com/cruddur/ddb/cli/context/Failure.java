package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import java.util.Set;
import java.util.function.Supplier;

/** An error as it is told: the exit code, a stable name, the cause, and the cure or null. */
public record Failure(int exitCode, String code, String message, String hint) {
  static final String NO_TABLE = "table_not_found";
  static final String NOT_ALLOWED = "not_allowed";

  private static final Set<String> FROM_OUTSIDE = Set.of("service", "throttled", "not_ready", "io");

  public void tell(Notices notices, OutputFormat format) {
    notices.error(format, code, message, hint);
  }

  /** Has it told if the process ends and leaves the command where it is. */
  public Interruptible.Leaving tellOnLeaving(CommandContext context) {
    return context.interruptible().sayOnLeaving(() -> tell(context.notices(), context.format()));
  }

  /** With the account that was looked in, if it is about a table that is not there. */
  public Failure inAccount(Supplier<String> account) {
    return code.equals(NO_TABLE)
        ? new Failure(exitCode, code, message + " in " + account.get(), hint)
        : this;
  }

  /** With cures for another table than the command's. */
  Failure ofTable(String table) {
    return new Failure(exitCode, code, message, Cures.ofTable(table).in(hint));
  }

  /** For the command that failed, such as {@code cache get}. */
  public Failure of(String command) {
    return hint == null || !code.equals(NOT_ALLOWED)
        ? this
        : new Failure(exitCode, code, message, hint.replace("COMMAND", command));
  }

  /** With a sentence on what a failure of the service or the network has left; null for none. */
  public Failure withRest(String sentence) {
    boolean outside = exitCode == ExitCode.UNREACHABLE || FROM_OUTSIDE.contains(code);
    return sentence == null || !outside
        ? this
        : new Failure(exitCode, code, message, hint == null ? sentence : hint + " " + sentence);
  }
}
