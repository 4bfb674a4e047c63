package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.dynamo.CapacityCap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --max-rcu} and {@code --max-wcu}: how many capacity units a command may consume. */
public final class RateOptions {
  @Mixin private Reads reads;

  @Option(
      names = "--max-wcu",
      paramLabel = "N",
      description = "Consume at most N write capacity units a second.")
  private Integer maxWcu;

  /** {@code --max-rcu} alone, for what only reads. */
  public static final class Reads {
    @Option(
        names = "--max-rcu",
        paramLabel = "N",
        description = "Consume at most N read capacity units a second.")
    private Integer maxRcu;

    public void apply(CommandContext context) {
      apply(context, null);
    }

    private void apply(CommandContext context, Integer maxWcu) {
      Limits.check("--max-rcu", maxRcu, Integer.MAX_VALUE);
      Limits.check("--max-wcu", maxWcu, Integer.MAX_VALUE);
      if (maxRcu != null || maxWcu != null) {
        context.clients().cap(CapacityCap.of(maxRcu, maxWcu));
      }
    }
  }

  public void apply(CommandContext context) {
    reads.apply(context, maxWcu);
  }
}
