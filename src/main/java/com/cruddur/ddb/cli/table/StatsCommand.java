package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.cli.context.PeriodOptions;
import com.cruddur.ddb.cli.context.SegmentsOption;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.dynamo.check.Stats;
import com.cruddur.ddb.output.HtmlPage;
import com.cruddur.ddb.output.TextCharts;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb stats}. */
@Command(
    name = "stats",
    description = {
      "Count messages by day and by sender, sizes, and the partitions with most items.",
      "Up to 10,000 days, senders and partitions are told apart, in memory that does not grow."
    },
    exitCodeList = {
      "3:no such conversation or table",
      "5:something of an export could not be read",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb stats",
      "  ddb stats 3f346c75-ad75-43df-aa35-5b4de50470e0 --since 2026-03-01",
      "  ddb stats -o csv"
    })
public final class StatsCommand implements Callable<Integer>, Explainable {
  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONVERSATION",
      description = "Of this conversation alone, by a query; default: of the table, by a scan.")
  private String conversation;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "Chart the latest N days; default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "The first N senders and partitions; default: ${DEFAULT-VALUE}.")
  private int top;

  @Mixin private PeriodOptions period;
  @Mixin private FromExportOption export;
  @Mixin private SegmentsOption segments;
  @Mixin private HtmlOption html;

  /** How many lines of an export were not read. */
  private long unreadable;

  public StatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TimeRange range = check();
    Stats stats = new Stats(range.from(), range.to());
    if (export.given()) {
      unreadable = export.read(context, "stats", stats::add).unreadable();
    } else if (conversation == null) {
      context.clients().goBulk();
      try (BulkProgress progress = BulkProgress.ofTable(context, "stats", false)) {
        stats.table(context.items(), segments.number(), progress);
      }
    } else {
      stats.conversation(context.items(), conversation);
      if (stats.items() == 0 && period.isOpen()) {
        throw new NotFoundException(
            "conversation " + conversation + " does not exist",
            "See 'ddb list-conversations USER' for a user's conversations.");
      }
    }
    print(new StatsView(stats, title(), days, top));
    return unreadable == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void print(StatsView view) {
    if (html.on()) {
      HtmlPage page = html.page(context, view.title(), export.path(), view.lines());
      view.charts().forEach(page::chart);
      html.write(context, page);
    }
    switch (context.format()) {
      case JSON -> context.document(view.document());
      case NDJSON, CSV -> context.list(StatsView.RECORDS, view::records);
      case TABLE ->
          context
              .results()
              .paged(
                  out -> {
                    TextCharts text =
                        new TextCharts(
                            out, context.output().display(context.cliEnvironment()), unicode());
                    text.line(view.title());
                    view.lines().forEach(text::line);
                    view.charts().forEach(text::chart);
                  });
    }
  }

  private String title() {
    String what = conversation == null ? "Table " : "Conversation " + conversation + " of table ";
    return (export.given() ? "Export " + export.path() : what + context.table()) + period;
  }

  /** Whether block characters can be shown: by the locale, as every program decides it. */
  private boolean unicode() {
    Map<String, String> environment = context.environment();
    String locale = "";
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      locale = locale.isEmpty() ? environment.getOrDefault(name, "") : locale;
    }
    boolean dumb = context.terminal().out() && "dumb".equals(environment.get("TERM"));
    return !dumb && locale.toLowerCase(Locale.ROOT).matches(".*utf-?8.*");
  }

  private TimeRange check() {
    if (export.given() && conversation != null) {
      throw CommandException.usage(
          "--from-export is for all of an export", "Leave CONVERSATION out.");
    }
    segments.check();
    Limits.check("--days", days, 10_000);
    Limits.check("--top", top, 10_000);
    if (conversation != null) {
      conversation = context.conversation(conversation);
    }
    html.check();
    return period.range(context);
  }

  @Override
  public Map<String, Object> explain() {
    TimeRange range = check();
    export.refuseExplain();
    return conversation == null
        ? BulkPlans.scan(context.table(), segments.number(), null)
        : QueryPlans.messages(
            context.table(),
            new MessageQuery(conversation, 1_000, range.from(), range.to(), false, null));
  }
}
