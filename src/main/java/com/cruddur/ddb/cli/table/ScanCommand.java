package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.PlainItem;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.output.RecordPrinter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code ddb scan}. */
@Command(
    name = "scan",
    description = "Print the items of the table as they arrive, in no particular order.",
    exitCodeList = {"3:the table does not exist", ExitCode.NO_ACCESS},
    footer = {"  ddb scan --limit 5", "  ddb scan -o ndjson | wc -l"})
public final class ScanCommand implements Callable<Integer>, Explainable, ListsRecords {
  private static final Columns ITEMS =
      new Columns(
              List.of(
                  "pk",
                  "sk",
                  "message_group_uuid",
                  "message_uuid",
                  "message",
                  "user_uuid",
                  "user_display_name",
                  "user_handle"),
              List.of("pk", "sk", "user_handle", "message"))
          .andOthers();

  /**
   * A table's columns are as wide as these items ask; of parts read at once the first may be one.
   */
  private static final int MEASURED = 100;

  private final CommandContext context;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after N items.")
  private Integer limit;

  @Option(
      names = "--segments",
      paramLabel = "N",
      description =
          "Read in N parts at once; default: 32, with --limit 1. With 1, items of a partition come"
              + " together and in order.")
  private Integer segments;

  public ScanCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return ITEMS;
  }

  @Override
  public Integer call() {
    check();
    if (limit == null) {
      context.clients().goBulk();
    }
    boolean toTerminal = context.terminal().out();
    ParallelScan scan = new ParallelScan(context.items().pages());
    try (BulkProgress progress =
        BulkProgress.ofTable(context, "scan", toTerminal || limit != null)) {
      context.list(
          ITEMS,
          printer -> {
            Items items = new Items(printer, progress);
            scan.forEachPage(segments(), limit, items::print);
          });
    }
    return ExitCode.DONE;
  }

  /** The items of one run. */
  private final class Items {
    private final RecordPrinter printer;
    private final BulkProgress progress;
    private long printed;

    Items(RecordPrinter printer, BulkProgress progress) {
      this.printer = printer;
      this.progress = progress;
    }

    boolean print(List<Map<String, AttributeValue>> page) {
      for (Map<String, AttributeValue> item : page) {
        if (limit != null && printed == limit) {
          return false;
        }
        printer.print(PlainItem.of(item));
        printed++;
      }
      if (printed >= MEASURED) {
        printer.flush();
      }
      progress.accept(printed);
      return limit == null || printed < limit;
    }
  }

  private void check() {
    Limits.check("--limit", limit, Integer.MAX_VALUE);
    Limits.check("--segments", segments, ParallelScan.MOST_SEGMENTS);
  }

  private int segments() {
    return segments != null ? segments : limit != null ? 1 : ParallelScan.SEGMENTS;
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return BulkPlans.scan(context.table(), segments(), limit);
  }
}
