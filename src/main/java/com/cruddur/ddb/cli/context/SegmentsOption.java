package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.batch.ParallelScan;
import picocli.CommandLine.Option;

/** {@code --segments}: in how many parts at once a table is read. */
public final class SegmentsOption {
  @Option(
      names = "--segments",
      paramLabel = "N",
      defaultValue = "" + ParallelScan.SEGMENTS,
      description = "Read the table in N parts at once; default: ${DEFAULT-VALUE}.")
  private int segments;

  /**
   * Holds it to its bounds.
   *
   * @throws CommandException when it is out of them
   */
  public void check() {
    Limits.check("--segments", segments, ParallelScan.MOST_SEGMENTS);
  }

  public int number() {
    return segments;
  }
}
