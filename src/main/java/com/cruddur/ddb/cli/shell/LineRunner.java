package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CompletionCache;
import java.util.Map;
import picocli.CommandLine;

/**
 * Runs command lines, one after the other, with clients that stay open from line to line: all that
 * the shell knows of the command line that it is a command of.
 */
public interface LineRunner extends AutoCloseable {
  /** Runs a command; returns its exit code. Never throws. */
  int run(String... args);

  /** From now on the rows that sent messages have to move may wait for {@link #settle}. */
  void deferRows();

  /** Moves the rows that wait; returns an exit code. Never throws. */
  int settle();

  @Override
  void close();

  /** Where runners come from. */
  interface Source {
    /**
     * A runner.
     *
     * @param defaults values of global options, by the longest name of each
     * @param seen notes what the output names
     */
    LineRunner open(CliEnvironment place, Map<String, String> defaults, CompletionCache seen);

    /** All commands, to parse with and not to run. */
    CommandLine commands(CommandContext context);
  }
}
