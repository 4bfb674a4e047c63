package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.dynamo.TableSummary;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb describe}. */
@Command(
    name = "describe",
    description = "Show the table: status, keys, index, stream, capacity, size.",
    exitCodeList = {"3:the table does not exist", ExitCode.NO_ACCESS},
    footer = {"  ddb describe", "  ddb describe -o json"})
public final class DescribeCommand implements Callable<Integer>, Explainable {
  private final CommandContext context;

  public DescribeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.document(TableSummary.of(context.tables().describe(context.table())));
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.steps("DescribeTable " + context.table(), Cost.FREE);
  }
}
