package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;

/** What every command line owes whoever called it, however it ended. */
public final class Outcome {
  private Outcome() {}

  /** It worked, and told nothing but its result. */
  public static Result done(Result result) {
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result;
  }

  /**
   * It failed with this exit code, printed nothing on standard output, and one line of cause and at
   * most one of hint on standard error.
   */
  public static Result failed(int exitCode, Result result) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.out()).as(result.toString()).isEmpty();
    assertThat(result.err().lines().filter(line -> line.startsWith("ddb: ")))
        .as(result.toString())
        .hasSize(1);
    assertThat(result.err().lines().filter(line -> !line.startsWith("ddb: ")))
        .as(result.toString())
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(line -> line.startsWith("  hint: "));
    return result;
  }
}
