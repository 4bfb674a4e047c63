package com.cruddur.ddb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** Runs commands, one after the other, in one session: clients stay open from line to line. */
final class Shell implements AutoCloseable {
  private final Session session;
  private final Cli cli;

  /**
   * A shell.
   *
   * @param defaults values of global options, by the longest name of each
   */
  Shell(Invocation place, Map<String, String> defaults) {
    this(place, defaults, new Seen());
  }

  /** A shell that notes what its output names. */
  Shell(Invocation place, Map<String, String> defaults, Seen seen) {
    this.session = new Session(place, seen);
    this.cli = new Cli(session);
    cli.defaults(arg -> arg instanceof OptionSpec o ? defaults.get(o.longestName()) : null);
  }

  /** Whether these words leave the shell. */
  static boolean leaves(List<String> words) {
    return words.equals(List.of("exit")) || words.equals(List.of("quit"));
  }

  /** Runs a command; returns its exit code. */
  int run(List<String> words) {
    return cli.run(arguments(words).toArray(String[]::new));
  }

  /** Hints say 'ddb COMMAND', and are pasted; 'help' is what one types first. */
  private static List<String> arguments(List<String> words) {
    boolean named = words.size() > 1 && words.get(0).matches("(.*/)?ddb");
    List<String> arguments = new ArrayList<>(named ? words.subList(1, words.size()) : words);
    if (arguments.get(0).equals("help")) {
      arguments.remove(0);
      arguments.add("--help");
    }
    return arguments;
  }

  Interruptible interruptible() {
    return session.interruptible();
  }

  @Override
  public void close() {
    session.close();
  }
}
