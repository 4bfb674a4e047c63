package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.cli.context.Interruptible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs commands, one after the other, in one session: clients stay open from line to line. */
final class Shell implements AutoCloseable {
  private static final Set<String> PLAIN_SEND = Set.of("--from", "--message-uuid");

  private final CliEnvironment place;
  private final LineRunner lines;
  private final boolean counts;

  /**
   * A shell.
   *
   * @param defaults values of global options, by the longest name of each
   */
  Shell(LineRunner.Source source, CliEnvironment place, Map<String, String> defaults) {
    this(source, place, defaults, new CompletionCache());
  }

  /** A shell that notes what its output names. */
  Shell(
      LineRunner.Source source,
      CliEnvironment place,
      Map<String, String> defaults,
      CompletionCache seen) {
    this.place = place;
    this.lines = source.open(place, defaults, seen);
    this.counts = defaults.containsKey("--show-capacity");
  }

  /** Whether these words leave the shell. */
  static boolean leaves(List<String> words) {
    return words.equals(List.of("exit")) || words.equals(List.of("quit"));
  }

  /** Runs a command; returns its exit code. */
  int run(List<String> words) {
    return lines.run(arguments(words).toArray(String[]::new));
  }

  /** Whether these words send a message and nothing about it is special. */
  boolean sends(List<String> words) {
    return !counts
        && words.get(0).equals("send-message")
        && words.stream().filter(w -> w.startsWith("-")).allMatch(PLAIN_SEND::contains);
  }

  /** Runs a command that {@link #sends}; the rows it has to move may wait for {@link #settle}. */
  int send(List<String> words) {
    lines.deferRows();
    return run(words);
  }

  /** Moves the rows that wait; returns an exit code. */
  int settle() {
    return lines.settle();
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
    return place.interruptible();
  }

  @Override
  public void close() {
    lines.close();
  }
}
