package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Set;

/**
 * What the fuzz tests share: {@code -Dfuzz.seed=N} tries other ones, {@code -Dfuzz.lines=N} and
 * {@code -Dfuzz.items=N} more or fewer of them.
 */
final class Fuzz {
  static final long SEED = Long.getLong("fuzz.seed", 20_260_319);
  static final int LINES = Integer.getInteger("fuzz.lines", 500);
  static final int ITEMS = Integer.getInteger("fuzz.items", 300);

  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 2, 3, 4, 5, 6);

  private Fuzz() {}

  /**
   * What every command line owes, whatever it was and whatever the table holds: a code of the list,
   * one line of cause when it failed, no fault of its own, and nothing that a terminal would obey.
   */
  static void check(Result result, boolean terminal, boolean verbose, String what) {
    String as = what.length() > 2_000 ? what.substring(0, 2_000) + "…" : what;
    assertThat(EXIT_CODES).as("%s %s", as, result).contains(result.exitCode());
    assertThat(result.err())
        .as("%s %s", as, result)
        .doesNotContain("fault of ddb", "\"internal\"", "unexpected ");
    if (!verbose) {
      assertThat(result.err()).as("%s %s", as, result).doesNotContain("    at ", "Exception");
    }
    // Each line of a script that failed has a line of cause, and one that names its place.
    long lines = result.err().lines().filter(Fuzz::isPlaceInScript).count();
    if (result.exitCode() == ExitCode.USAGE && lines == 0) {
      assertThat(result.out()).as("%s %s", as, result).isEmpty();
    }
    long errors =
        result
            .err()
            .lines()
            .filter(line -> line.matches("(Go on.* |Type .*: )?(ddb: .*|\\{\"error\":.*)"))
            .filter(line -> !isPlaceInScript(line))
            .count();
    boolean toldByResult = result.exitCode() == 0 || result.exitCode() == ExitCode.FINDINGS;
    boolean maybeMiss = result.exitCode() == ExitCode.NOT_FOUND;
    // A group of commands without one prints them.
    if (result.exitCode() == ExitCode.USAGE && ("\n" + result.err()).contains("\nUsage: ddb ")) {
      return;
    }
    assertThat(errors)
        .as("%s %s", as, result)
        .isBetween(toldByResult || maybeMiss ? 0L : 1L, toldByResult ? 0L : Math.max(1, lines));
    if (terminal) {
      assertThat(obeyed(result.out() + result.err())).as("%s %s", as, result).isEmpty();
    }
  }

  /** {@code ddb: load.ddb:12: failed with exit code 3} */
  private static boolean isPlaceInScript(String line) {
    return line.matches(".*:\\d+: failed with exit code \\d+.*");
  }

  /** The characters that a terminal obeys or that turn the direction, but for the line's end. */
  private static String obeyed(String text) {
    return text.replaceAll(
        "[^\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f]|\n", "");
  }
}
