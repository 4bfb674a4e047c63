package com.cruddur.ddb.spark;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.dynamo.check.Stats;
import com.cruddur.ddb.dynamo.check.StatsDocument;
import com.cruddur.ddb.output.Printers;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stats}. */
@Command(
    name = "stats",
    description = {
      "Count messages by day and by sender, sizes, and the partitions with most items.",
      "Prints the document of 'ddb stats --from-export -o json'; all counts are exact."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage, or no export",
      "5:some lines could not be read",
      "6:not reachable, or not allowed"
    })
final class SparkStats implements Callable<Integer> {
  private static final int MOST = 10_000;

  @Mixin private SparkRun run;
  @Spec private CommandSpec spec;

  @Option(names = "--since", paramLabel = "TIME", description = "Nothing before this moment.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Nothing after this moment.")
  private String until;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "The first N senders and partitions; default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() throws IOException {
    if (top < 1 || top > MOST) {
      throw new InvalidInputException(
          "--top is " + top + "; it must be from 1 to " + MOST, "Give another number.");
    }
    TimeRange range = TimeRange.of(since, until, Instant.now());
    return run.run("ddb stats", spec.commandLine().getErr(), (export, c) -> count(export, range));
  }

  private boolean count(SparkExport export, TimeRange range) {
    Stats stats = new StatsJob(export).run(range, top);
    long unreadable = SparkRun.tell(export, spec.commandLine().getErr());
    Printers.json(spec.commandLine().getOut(), StatsDocument.of(title(), stats, top));
    return unreadable == 0;
  }

  private String title() {
    return "Export "
        + run.export()
        + (since == null ? "" : " since " + since)
        + (until == null ? "" : " until " + until);
  }
}
