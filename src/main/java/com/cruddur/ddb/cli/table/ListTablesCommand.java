package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb list-tables}. */
@Command(
    name = "list-tables",
    description = "List every table of the account and region.",
    exitCodeList = ExitCode.NO_ACCESS,
    footer = {"  ddb list-tables", "  ddb list-tables --prod --profile ops --region eu-west-1"})
public final class ListTablesCommand implements Callable<Integer>, Explainable {
  private final CommandContext context;

  public ListTablesCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TableAdmin tables = context.tables();
    context.list(
        Columns.of("name"),
        printer -> tables.tables().forEach(name -> printer.print(Map.of("name", name))));
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.steps("ListTables, 100 names a page", Cost.FREE);
  }
}
