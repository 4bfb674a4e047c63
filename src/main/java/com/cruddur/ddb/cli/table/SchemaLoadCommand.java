package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.Candidates;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddb schema-load}. */
@Command(
    name = "schema-load",
    description = {
      "Create the table with its index and stream, and wait until it is active.",
      "A table that has this schema stays as it is. Of one with another, each difference is"
          + " named (exit 1) and nothing is changed."
    },
    exitCodeList = ExitCode.NO_ACCESS,
    footer = {"  ddb schema-load", "  ddb schema-load --table cruddur-test --billing provisioned"})
public final class SchemaLoadCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Option(
      names = "--billing",
      paramLabel = "MODE",
      completionCandidates = Candidates.BillingModes.class,
      defaultValue = "on-demand",
      description = "on-demand or provisioned; default: ${DEFAULT-VALUE}.")
  private String billing;

  @Option(
      names = "--read-capacity",
      paramLabel = "N",
      description = "Provisioned read units a second, of table and index; default: 5.")
  private Long readCapacity;

  @Option(
      names = "--write-capacity",
      paramLabel = "N",
      description = "Provisioned write units a second, of table and index; default: 5.")
  private Long writeCapacity;

  @Option(names = "--no-stream", description = "Leave the stream off; the trigger needs it.")
  private boolean noStream;

  @Mixin private DryRunOption dryRun;

  public SchemaLoadCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TableSchema.Options options = options();
    TableAdmin.Loaded loaded = context.tables().load(context.table(), options);
    if (!loaded.differences().isEmpty()) {
      throw differs(context.table(), loaded.differences());
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", context.table());
    result.put("result", loaded.created() ? "created" : "exists with the same schema");
    context.document(result);
    return ExitCode.DONE;
  }

  public static CommandException differs(String table, List<String> differences) {
    return new CommandException(
        ExitCode.FAILED,
        "schema_differs",
        "table " + table + " exists with another schema: " + String.join("; ", differences),
        "Nothing was changed. Use another --table, or 'ddb drop' it first.");
  }

  private TableSchema.Options options() {
    boolean provisioned = billing.equals("provisioned");
    if (!provisioned && !billing.equals("on-demand")) {
      throw CommandException.usage(
          "--billing is '" + billing + "'", "It is on-demand or provisioned.");
    }
    if (!provisioned && (readCapacity != null || writeCapacity != null)) {
      throw CommandException.usage(
          "--read-capacity and --write-capacity need --billing provisioned", "Add it.");
    }
    return new TableSchema.Options(
        provisioned,
        units("--read-capacity", readCapacity),
        units("--write-capacity", writeCapacity),
        !noStream);
  }

  private static long units(String option, Long units) {
    if (units != null && units < 1) {
      throw CommandException.usage(option + " is " + units, "It is 1 or more.");
    }
    return units == null ? 5 : units;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.schemaLoad(context.table(), options());
  }
}
