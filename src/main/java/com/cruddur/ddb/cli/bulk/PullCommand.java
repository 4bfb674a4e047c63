package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.TableName;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.text.Count;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb pull}. */
@Command(
    name = "pull",
    description = {
      "Copy conversations from the target, such as production, into the local stack.",
      "From the target it only reads; it writes to the local stack and nowhere else. What is pulled"
          + " again is replaced. With --mask nobody's name or text leaves the target readable."
    },
    exitCodeList = {
      "3:no such conversation, user or table",
      "5:items were rejected; the others are written",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb pull 3f346c75-ad75-43df-aa35-5b4de50470e0 --mask --to-table at-home",
      "  ddb pull --user bayko --to-table at-home",
      "  ddb pull --prod --all --mask --max-rcu 100  # exit 6 without credentials"
    })
public final class PullCommand implements Callable<Integer>, Explainable {
  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "CONVERSATION",
      description = "The uuids of the conversations to copy.")
  private List<String> conversations = List.of();

  @Option(names = "--all", description = "The whole table.")
  private boolean all;

  @Option(
      names = "--to-table",
      paramLabel = "NAME",
      description =
          "The table of the local stack that is written, made if it is missing; default: named as"
              + " that of the target.")
  private String toTable;

  @Option(names = "--restart", description = "Start over, whatever an interrupted run has left.")
  private boolean restart;

  @Mixin private SelectionOptions selection;

  public PullCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    context.clients().readOnly();
    String to = toTable == null ? context.table() : toTable;
    tell(to);
    List<String> groups = selection.groups(context, conversations);
    if (context.dryRun().on()) {
      context.tables().describe(context.table());
      context.dryRun().plan("copy", part(groups) + " to table " + to + " of the local stack");
      context.document(Map.of("to_table", to));
      return ExitCode.DONE;
    }
    context.clients().goBulk();
    try (CommandContext stack = context.onLocalStack(to)) {
      Pull pull = new Pull(context, stack, selection, groups);
      SeedAccount account = pull.run(restart);
      Seeding.account(context, account);
      return account.clean() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  private void check() {
    SelectionOptions.check(conversations);
    if (selection.some(conversations) == all) {
      throw CommandException.usage(
          all ? "--all excludes conversations and users" : "nothing is named that is to be copied",
          "Name conversations, --user USER, or --all.");
    }
    if (toTable != null) {
      TableName.check(toTable);
    }
    boolean same = toTable == null || toTable.equals(context.table());
    if (context.target().kind() == Target.Kind.LOCAL && same) {
      throw CommandException.usage(
          "the target is the local stack itself",
          "Name production with --prod, an endpoint with --endpoint-url, or another table with"
              + " --to-table.");
    }
  }

  /** A sample: reading table cruddur-messages of AWS in eu-west-1; nothing is written there. */
  private void tell(String to) {
    context
        .notices()
        .info(
            "reading table "
                + context.table()
                + " of "
                + context.target().describe()
                + "; nothing is written there, but to table "
                + to
                + " of the local stack"
                + (selection.mask() ? ", masked" : ""));
  }

  private static String part(List<String> groups) {
    return groups.isEmpty() ? "all items" : Count.of(groups.size(), "conversation");
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return all
        ? BulkPlans.scan(context.table(), SelectionOptions.SEGMENTS, null)
        : BulkPlans.conversationItems();
  }
}
