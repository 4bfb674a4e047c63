package com.cruddur.ddb.cli.context;

import java.util.List;

/** The exit codes, as scripts rely on them. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;

  /** A conversation, a user, a table, a cache or a cached item is not there. */
  public static final int NOT_FOUND = 3;

  /** The guard before destructive commands was not satisfied. */
  public static final int REFUSED = 4;

  /** Finished, with rejected records, drift or a problem to look at. */
  public static final int FINDINGS = 5;

  /** The endpoint cannot be reached, or the credentials are missing or not allowed. */
  public static final int UNREACHABLE = 6;

  /** Ctrl-C: the JVM's own answer to it, and the shell's. */
  public static final int INTERRUPTED = 130;

  public static final List<Integer> OF_EVERY_COMMAND = List.of(DONE, FAILED, USAGE, INTERRUPTED);
  public static final List<Integer> OF_A_GROUP = List.of(DONE, USAGE);

  /** Lines of a command's {@code exitCodeList}, for what several have in common. */
  public static final String NO_ACCESS =
      "6:endpoint not reachable, or credentials missing or not allowed";

  public static final String NOT_CONFIRMED = "4:refused: not confirmed";

  private ExitCode() {}
}
