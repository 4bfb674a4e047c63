package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.cli.mixin.ExportInput;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.Check;
import com.cruddur.ddb.dynamo.check.Check.Checked;
import com.cruddur.ddb.dynamo.check.Check.Summary;
import com.cruddur.ddb.dynamo.check.CheckRepair;
import com.cruddur.ddb.dynamo.check.ExportCheck;
import com.cruddur.ddb.dynamo.check.Finding;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.text.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb check}. */
@Command(
    name = "check",
    description = {
      "Find conversation rows that are not as the messages say, and repair them.",
      "It finds rows that are missing, stale, doubled, orphaned or wrong, keys that do not sort"
          + " as their time does, attributes of another type, and unknown items. A note is legal and needs no repair."
    },
    exitCodeList = {
      "3:no such conversation or table",
      ExitCode.NOT_CONFIRMED,
      "5:there are findings, or with --repair some that are not repaired",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb check",
      "  ddb check 3f346c75-ad75-43df-aa35-5b4de50470e0 --repair",
      "  ddb export --out all.json && ddb check --from-export all.json",
      "  ddb check --prod --repair --yes --confirm-table cruddur-messages"
    })
public final class CheckCommand
    implements Callable<Integer>, Explainable, WritesTable, ListsRecords {
  private static final Columns FINDINGS =
      new Columns(
          List.of(
              "severity",
              "kind",
              "message_group_uuid",
              "user_uuid",
              "sk",
              "detail",
              "action",
              "outcome"),
          List.of("kind", "message_group_uuid", "user_uuid", "detail", "action", "outcome"));

  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONVERSATION",
      description = "The only conversation to check; default: the whole table.")
  private String conversation;

  @Option(
      names = "--repair",
      description = "Repair what can be repaired; without it nothing changes.")
  private boolean repair;

  @Option(
      names = "--from-export",
      paramLabel = "PATH",
      description =
          "Check the items of an export, a folder, a file or -, instead of the table: no capacity is"
              + " consumed.")
  private String fromExport;

  @Option(
      names = "--segments",
      paramLabel = "N",
      defaultValue = "" + Exporter.SEGMENTS,
      description = "Read the table in N parts at once; default: ${DEFAULT-VALUE}.")
  private int segments;

  @Option(
      names = "--ignore-unknown",
      description = "Count items that are neither messages nor rows, in a table that others share.")
  private boolean ignoreUnknown;

  @Mixin private HtmlOption html;

  private final FindingsPage shown = new FindingsPage();

  public CheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public boolean writesTable() {
    return repair;
  }

  @Override
  public Columns columns() {
    return FINDINGS;
  }

  @Override
  public Integer call() {
    checkArguments();
    if (fromExport != null) {
      return checkExport();
    }
    if (repair && context.target().isProd()) {
      context
          .guard()
          .confirm(
              conversation == null
                  ? "repair the table's conversation rows"
                  : "repair the rows of conversation " + conversation,
              context.tables().describe(context.table()));
    }
    if (conversation == null) {
      context.clients().goBulk();
    }
    ConversationStore store = context.store();
    UserDirectory directory = context.users();
    Check check = new Check(context.items(), store, directory);
    CheckRepair repairs =
        repair ? new CheckRepair(store, context.reconciler(store), directory) : null;
    Counts counts = new Counts();
    String[] line = {""};
    context.list(FINDINGS, printer -> line[0] = line(run(check, repairs, counts, printer), counts));
    end(line[0]);
    return counts.open == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private int checkExport() {
    ExportInput export = new ExportInput(context, fromExport);
    Counts counts = new Counts();
    String[] line = {""};
    context.list(
        FINDINGS,
        printer -> {
          ExportCheck check =
              new ExportCheck(
                  checked -> {
                    if (ignores(checked)) {
                      return;
                    }
                    counts.add(checked);
                    context.notices().aside(() -> print(checked, printer));
                  });
          try (BulkProgress progress =
              new BulkProgress(context, "check", new Progress.Goal(export.items(), false))) {
            AtomicLong read = new AtomicLong();
            export.read(
                item -> {
                  check.add(item);
                  progress.accept(read.incrementAndGet());
                });
          }
          if (check.suspectsTwins() && export.isRepeatable()) {
            export.readAgain(check::compareUuid);
          } else if (check.suspectsTwins()) {
            context
                .notices()
                .warn(
                    "a message uuid may be there twice: a file or a folder, read twice, would tell");
          }
          line[0] = line(check.end(), counts);
        });
    end(line[0]);
    return counts.open == 0 && export.unreadable() == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void end(String line) {
    context.notices().info(line);
    if (html.on()) {
      String title = FindingsPage.title(context.table(), conversation, fromExport);
      html.write(context, shown.on(html.page(context, title, fromExport, List.of(line))));
    }
  }

  /** Of one run. */
  private static final class Counts {
    private int open;
    private int notes;
    private int repaired;

    void add(Checked checked) {
      open += checked.open() ? 1 : 0;
      notes += checked.finding().note() ? 1 : 0;
      repaired += Checked.REPAIRED.equals(checked.outcome()) ? 1 : 0;
    }
  }

  private Summary run(Check check, CheckRepair repairs, Counts counts, RecordPrinter printer) {
    Consumer<Checked> out =
        checked -> {
          if (ignores(checked)) {
            return;
          }
          counts.add(checked);
          print(checked, printer);
        };
    if (conversation != null) {
      return check.conversation(conversation, repairs, out);
    }
    Consumer<Checked> aside = checked -> context.notices().aside(() -> out.accept(checked));
    Resumable.Stop stop = new Resumable.Stop();
    Supplier<Summary> work =
        () -> {
          try (BulkProgress progress = BulkProgress.ofTable(context, "check", false)) {
            return check.table(segments, repairs, stop.ending(progress), aside);
          }
        };
    return repair ? Resumable.run(context, stop, work) : work.get();
  }

  /** The summary counts them. */
  private boolean ignores(Checked checked) {
    return ignoreUnknown && checked.finding().kind() == Finding.Kind.UNKNOWN_ITEM;
  }

  private void checkArguments() {
    html.check();
    if (fromExport != null && (repair || conversation != null)) {
      throw CommandException.usage(
          "--from-export is for all of an export, and changes nothing",
          "Leave CONVERSATION and --repair out; repair the table with 'ddb check --repair'.");
    }
    Limits.check("--segments", segments, ParallelScan.MOST_SEGMENTS);
    if (conversation != null) {
      conversation = context.conversation(conversation);
    }
  }

  private void print(Checked checked, RecordPrinter printer) {
    Finding finding = checked.finding();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("severity", finding.note() ? "note" : "finding");
    fields.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    fields.put("message_group_uuid", finding.groupUuid());
    fields.put("user_uuid", finding.userUuid());
    fields.put("sk", finding.key());
    fields.put("detail", finding.detail());
    fields.put("action", finding.action());
    boolean planned = context.dryRun().on() && Checked.REPAIRED.equals(checked.outcome());
    fields.put("outcome", planned ? "would be repaired" : checked.outcome());
    printer.print(fields);
    if (html.on()) {
      shown.add(fields);
    }
  }

  /** A sample: checked 400 messages and 12 rows of 6 conversations: 2 findings, 1 note. */
  private String line(Summary summary, Counts counts) {
    return "checked "
        + Count.of(summary.messages(), "message")
        + " and "
        + Count.of(summary.rows(), "row")
        + " of "
        + Count.of(summary.conversations(), "conversation")
        + ": "
        + Count.of(counts.open + counts.repaired, "finding")
        + (repair
            ? " (" + counts.repaired + (context.dryRun().on() ? " would be" : "") + " repaired)"
            : "")
        + ", "
        + Count.of(counts.notes, "note")
        + (summary.otherItems() > 0 && ignoreUnknown
            ? ", " + Count.of(summary.otherItems(), "item") + " of others"
            : "");
  }

  @Override
  public Map<String, Object> explain() {
    checkArguments();
    if (fromExport != null) {
      throw CommandException.usage(
          "an export is read without DynamoDB", "There is nothing to explain.");
    }
    return QueryPlans.check(context.table(), conversation, repair);
  }
}
