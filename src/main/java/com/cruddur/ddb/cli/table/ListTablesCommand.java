package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.context.View;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.check.Explanations;
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
  private final Session session;

  public ListTablesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    TableAdmin tables = session.tables();
    session.list(
        View.of("name"),
        printer -> tables.tables().forEach(name -> printer.print(Map.of("name", name))));
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    return Explanations.steps("ListTables, 100 names a page", "free");
  }
}
