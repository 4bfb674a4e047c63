package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.bulk.SuspectsFile;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.context.SegmentsOption;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.cli.mixin.ExportInput;
import com.cruddur.ddb.dynamo.check.Check;
import com.cruddur.ddb.dynamo.check.CheckRepair;
import com.cruddur.ddb.dynamo.check.CheckTotals;
import com.cruddur.ddb.dynamo.check.Checked;
import com.cruddur.ddb.dynamo.check.ExportCheck;
import com.cruddur.ddb.dynamo.check.Finding;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.dynamo.check.Summary;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.text.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
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
      "It finds rows that are missing, stale, doubled, orphaned or wrong, keys that do not sort as"
          + " their time does, attributes of another type, and unknown items. A note is legal and"
          + " needs no repair."
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
      "  ddb export --out all.json && ddb check --from-export all.json -o ndjson > findings.ndjson",
      "  ddb check --repair --suspects findings.ndjson",
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
      names = "--suspects",
      paramLabel = "FILE",
      description =
          "Check only the conversations that a check has found fault with: FILE, or -, holds what"
              + " --from-export or the Spark application wrote.")
  private String suspects;

  @Option(
      names = "--ignore-unknown",
      description = "Count items that are neither messages nor rows, in a table that others share.")
  private boolean ignoreUnknown;

  @Mixin private FromExportOption export;
  @Mixin private SegmentsOption segments;
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
    if (export.given()) {
      return checkExport();
    }
    try (SuspectsFile suspected = suspects == null ? null : suspected()) {
      return check(suspected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int check(SuspectsFile suspected) {
    if (repair && context.target().isProd()) {
      context.guard().confirm(repairs(suspected), context.tables().describe(context.table()));
    }
    if (conversation == null) {
      context.clients().goBulk();
    }
    ConversationStore store = context.store();
    UserDirectory directory = context.users();
    Check check = new Check(context.items(), store, directory);
    CheckRepair repairs = repair ? new CheckRepair(store, new Reconciler(store), directory) : null;
    CheckTotals totals = new CheckTotals();
    String[] line = {""};
    context.list(
        FINDINGS,
        printer -> line[0] = line(run(check, repairs, suspected, totals, printer), totals));
    end(line[0]);
    return totals.open() == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private String repairs(SuspectsFile suspected) {
    if (suspected != null) {
      return "repair the rows of " + Count.of(suspected.conversations(), "suspected conversation");
    }
    return conversation == null
        ? "repair the table's conversation rows"
        : "repair the rows of conversation " + conversation;
  }

  private SuspectsFile suspected() throws IOException {
    SuspectsFile file = SuspectsFile.read(ExportInput.input(context, suspects));
    if (file.others() > 0) {
      context
          .notices()
          .warn(
              Count.of(file.others(), "finding")
                  + " about items of no conversation: not looked at; 'ddb check' looks at all");
    }
    return file;
  }

  private int checkExport() {
    long[] unreadable = {0};
    CheckTotals totals = new CheckTotals();
    String[] line = {""};
    context.list(
        FINDINGS,
        printer -> {
          Consumer<Checked> out =
              checked -> context.notices().aside(() -> take(checked, totals, printer));
          try (ExportCheck check = new ExportCheck(out)) {
            var read = export.read(context, "check", check::add);
            unreadable[0] = read.unreadable();
            if (check.suspectsTwins() && read.isRepeatable()) {
              read.readAgain(check::compareUuid);
            } else if (check.suspectsTwins()) {
              context
                  .notices()
                  .warn(
                      "a message uuid may be there twice: a file or a folder, read twice, would"
                          + " tell");
            }
            line[0] = line(check.end(), totals);
          }
        });
    end(line[0]);
    return totals.open() == 0 && unreadable[0] == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void end(String line) {
    context.notices().info(line);
    if (html.on()) {
      String title = FindingsPage.title(context.table(), conversation, export.path());
      html.write(context, shown.on(html.page(context, title, export.path(), List.of(line))));
    }
  }

  private Summary run(
      Check check,
      CheckRepair repairs,
      SuspectsFile suspected,
      CheckTotals totals,
      RecordPrinter printer) {
    Consumer<Checked> out = checked -> take(checked, totals, printer);
    if (conversation != null) {
      return check.conversation(conversation, repairs, out);
    }
    Consumer<Checked> aside = checked -> context.notices().aside(() -> out.accept(checked));
    Resumable.Stop stop = new Resumable.Stop();
    Supplier<Summary> work =
        () -> {
          try (BulkProgress progress = progress(suspected)) {
            LongConsumer read = stop.ending(progress);
            return suspected == null
                ? check.table(segments.number(), repairs, read, aside)
                : check.conversations(suspected, repairs, read, aside);
          }
        };
    return repair ? Resumable.run(context, stop, work) : work.get();
  }

  private BulkProgress progress(SuspectsFile suspected) {
    return suspected == null
        ? BulkProgress.ofTable(context, "check", false)
        : new BulkProgress(context, "check", new Progress.Goal(suspected.conversations(), false));
  }

  /** What is ignored the summary counts. */
  private void take(Checked checked, CheckTotals totals, RecordPrinter printer) {
    if (!ignoreUnknown || checked.finding().kind() != Finding.Kind.UNKNOWN_ITEM) {
      totals.add(checked);
      print(checked, printer);
    }
  }

  private void checkArguments() {
    html.check();
    if (export.given() && (repair || conversation != null)) {
      throw CommandException.usage(
          "--from-export is for all of an export, and changes nothing",
          "Leave CONVERSATION and --repair out; repair the table with 'ddb check --repair'.");
    }
    if (suspects != null && (export.given() || conversation != null)) {
      throw CommandException.usage(
          "--suspects says which conversations of the table are checked",
          "Leave CONVERSATION and --from-export out.");
    }
    segments.check();
    if (conversation != null) {
      conversation = context.conversation(conversation);
    }
  }

  private void print(Checked checked, RecordPrinter printer) {
    boolean planned = context.dryRun().on() && Checked.REPAIRED.equals(checked.outcome());
    Checked told = planned ? new Checked(checked.finding(), "would be repaired") : checked;
    printer.print(context.format() == OutputFormat.TABLE ? told.fieldsWithKey() : told.fields());
    if (html.on()) {
      shown.add(told.fields());
    }
  }

  private String line(Summary summary, CheckTotals totals) {
    String repaired = context.dryRun().on() ? "would be repaired" : "repaired";
    return totals.line(summary, repair ? repaired : null, ignoreUnknown);
  }

  @Override
  public Map<String, Object> explain() {
    checkArguments();
    export.refuseExplain();
    String which = suspects == null ? conversation : "each suspected conversation";
    return QueryPlans.check(context.table(), which, repair);
  }
}
