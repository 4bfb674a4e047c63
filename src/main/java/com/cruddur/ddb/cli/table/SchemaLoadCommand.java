package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.SchemaUpdate;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** {@code ddb schema-load}. */
@Command(
    name = "schema-load",
    description = {
      "Create the table with its index and stream, and wait until it is active.",
      "A table that has this schema stays as it is. Of one with another, each difference is"
          + " named (exit 1) and nothing is changed; --update adds an index or a stream that is"
          + " missing and waits until the index is built."
    },
    exitCodeList = {
      "3:with --update: the table does not exist",
      ExitCode.NOT_CONFIRMED,
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb schema-load",
      "  ddb schema-load --table cruddur-test --billing provisioned",
      "  ddb schema-load --update",
      "  ddb schema-load --prod --update --point-in-time-recovery --yes"
          + " --confirm-table cruddur-messages"
    })
public final class SchemaLoadCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Option(
      names = "--billing",
      paramLabel = "MODE",
      completionCandidates = BillingModes.class,
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

  @Option(
      names = "--update",
      description = "Add to a table that exists what it lacks (index, stream); remove nothing.")
  private boolean update;

  @Option(
      names = "--point-in-time-recovery",
      description = "With --update: turn point-in-time recovery on, too; AWS bills it.")
  private boolean recovery;

  @Option(
      names = "--deletion-protection",
      description = "With --update: turn deletion protection on, too.")
  private boolean protection;

  /** For completion; picocli wants a class. */
  static final class BillingModes extends ArrayList<String> {
    BillingModes() {
      super(List.of("on-demand", "provisioned"));
    }
  }

  public SchemaLoadCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TableSchema.Options options = options();
    if (update) {
      return update(options);
    }
    TableAdmin.Loaded loaded = context.tables().load(context.table(), options);
    if (!loaded.differences().isEmpty()) {
      throw CommandException.schemaDiffers(context.table(), loaded.differences());
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", context.table());
    result.put("result", loaded.created() ? "created" : "exists with the same schema");
    context.document(result);
    return ExitCode.DONE;
  }

  private int update(TableSchema.Options options) {
    TableDescription there = context.tables().describe(context.table());
    List<String> differences =
        TableSchema.differences(there, options.stream()).stream()
            .filter(difference -> !TableSchema.isAddable(difference))
            // A stream that is on although it is not asked for stays.
            .filter(difference -> options.stream() || !difference.startsWith("stream: "))
            .toList();
    if (!differences.isEmpty()) {
      throw CommandException.schemaDiffers(context.table(), differences);
    }
    context.guard().confirmOnProduction("add to the table what it lacks of the schema");
    SchemaUpdate.Wanted wanted = new SchemaUpdate.Wanted(options.stream(), recovery, protection);
    SchemaUpdate schema =
        context.tables().update(context.table(), line -> context.notices().info(line));
    boolean dry = context.dryRun().on();
    List<String> added =
        dry
            ? schema.missing(wanted)
            : context.interruptible().call(schema::stop, () -> schema.add(wanted, options));
    if (dry) {
      added.forEach(what -> context.dryRun().plan("add", what + " to table " + context.table()));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("table", context.table());
    result.put(
        "result",
        added.isEmpty() ? "exists with the same schema" : dry ? "would be updated" : "updated");
    result.put("added", added);
    context.document(result);
    return ExitCode.DONE;
  }

  private TableSchema.Options options() {
    if ((recovery || protection) && !update) {
      throw CommandException.usage(
          "--point-in-time-recovery and --deletion-protection need --update", "Add it.");
    }
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
    TableSchema.Options options = options();
    return update
        ? QueryPlans.steps(
            "DescribeTable "
                + context.table()
                + "; UpdateTable for what it lacks: index "
                + TableSchema.INDEX
                + (options.stream() ? ", stream" : "")
                + "; DescribeTable until the index is built",
            Cost.of("0", "rows").where("rows", "in the table, 1 WCU for each KB of one"))
        : QueryPlans.schemaLoad(context.table(), options);
  }
}
