package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb drop}. */
@Command(
    name = "drop",
    description = {
      "Delete the table with all its items, and wait until it is gone.",
      "Shows what is meant and asks first. In a script it needs --yes, and on"
          + " --prod also --confirm-table."
    },
    exitCodeList = {"3:the table does not exist", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb drop                # exit 4 in a script",
      "  ddb drop --yes",
      "  ddb drop --prod --yes --confirm-table cruddur-messages"
    })
public final class DropCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  public DropCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TableAdmin tables = context.tables();
    context.guard().confirm("delete the table and all its items", tables.describe(context.table()));
    tables.drop(context.table());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", context.table());
    result.put("result", "deleted");
    context.document(result);
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.steps("DeleteTable " + context.table(), Cost.FREE);
  }
}
