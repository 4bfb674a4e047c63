package com.cruddur.ddb.spark;

import com.cruddur.ddb.dynamo.check.CheckTotals;
import com.cruddur.ddb.output.Printers;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
    name = "check",
    description = {
      "Find conversation rows that are not as the messages say, as 'ddb check --from-export' does.",
      "Findings are lines of JSON that 'ddb check --repair --suspects FILE' takes."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:no findings",
      "1:failed",
      "2:wrong usage, or no export",
      "5:there are findings, or lines that could not be read",
      "6:not reachable, or not allowed"
    })
final class SparkCheck implements Callable<Integer> {
  @Mixin private SparkRun run;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the findings go, also s3a://…; default: standard output.")
  private String out;

  @Option(
      names = "--ignore-unknown",
      description = "Count items that are neither messages nor rows, in a table that others share.")
  private boolean ignoreUnknown;

  @Override
  public Integer call() throws IOException {
    return run.run("ddb check", spec.commandLine().getErr(), this::check);
  }

  private boolean check(SparkExport export, Configuration configuration) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    FindingsFile file = out == null ? null : new FindingsFile(out, configuration);
    CheckJob job = new CheckJob(export, ignoreUnknown);
    job.run();
    long unreadable = SparkRun.tell(export, err);
    CheckTotals totals = new CheckTotals();
    if (file == null) {
      FindingsFile.print(job.findings(), totals, spec.commandLine().getOut());
    } else {
      file.write(job.findings(), totals);
    }
    Printers.line(err, totals.line(job.summary(), null, ignoreUnknown));
    return totals.open() == 0 && unreadable == 0;
  }
}
