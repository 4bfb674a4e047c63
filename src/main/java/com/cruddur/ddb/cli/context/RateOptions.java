package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.CapacityCap;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --max-rcu} and {@code --max-wcu}: how many capacity units a command may consume. */
final class RateOptions {
  final ReadRate reads = new ReadRate();
  final WriteRate writes = new WriteRate();

  static final class ReadRate {
    @Option(
        names = "--max-rcu",
        paramLabel = "N",
        description = "Consume at most N read capacity units a second.")
    private Integer units;
  }

  static final class WriteRate {
    @Option(
        names = "--max-wcu",
        paramLabel = "N",
        description = "Consume at most N write capacity units a second.")
    private Integer units;
  }

  /** What was given; empty for nothing. */
  Optional<CapacityCap> cap() {
    Limits.check("--max-rcu", reads.units, Integer.MAX_VALUE);
    Limits.check("--max-wcu", writes.units, Integer.MAX_VALUE);
    return reads.units == null && writes.units == null
        ? Optional.empty()
        : Optional.of(CapacityCap.of(reads.units, writes.units));
  }
}
