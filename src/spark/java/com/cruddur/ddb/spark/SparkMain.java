package com.cruddur.ddb.spark;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class of the Spark application; see docs/spark.md. */
@Command(
    name = "ddb-spark",
    description = "Check or count an export of the table on a Spark cluster.",
    mixinStandardHelpOptions = true,
    subcommands = {SparkCheck.class, SparkStats.class})
public final class SparkMain {
  private SparkMain() {}

  /** Exits as ddb does: 0 done, 1 failed, 2 usage, 5 findings, 6 not reachable or not allowed. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs a command line and returns the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new SparkMain()).setOut(out).setErr(err);
    line.setExecutionExceptionHandler((e, command, parsed) -> SparkFailure.tell(e, err));
    line.setParameterExceptionHandler(
        (e, parsed) -> {
          SparkFailure.line(err, e.getMessage(), "See --help.");
          return SparkFailure.USAGE;
        });
    int code = line.execute(args);
    // A print writer throws nothing: a full disk would leave half of the findings and exit code 0.
    if (out.checkError()) {
      SparkFailure.line(err, "standard output cannot be written", "Is its disk full?");
      return SparkFailure.FAILED;
    }
    return code;
  }
}
