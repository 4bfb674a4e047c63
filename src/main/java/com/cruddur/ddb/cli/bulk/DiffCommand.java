package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.diff.Difference;
import com.cruddur.ddb.bulk.diff.ItemDiff;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ElsewhereException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.SegmentsOption;
import com.cruddur.ddb.cli.context.TableName;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.cli.mixin.ExportInput;
import com.cruddur.ddb.dynamo.PlainItem;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.text.Count;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code ddb diff}. */
@Command(
    name = "diff",
    description = {
      "Tell what differs between two tables or exports, item by item.",
      "LEFT and RIGHT are a table of the target, an export's folder or file, or - for standard"
          + " input. Without RIGHT it is the target's table. Items are sorted on disk: memory does"
          + " not grow with them. There is no checkpoint: a run after an interruption starts over."
    },
    exitCodeList = {
      "3:a table does not exist",
      "5:they differ, or something of an export could not be read",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb export --out backup3",
      "  ddb diff backup3",
      "  ddb diff backup3 cruddur-messages -o ndjson"
    })
public final class DiffCommand implements Callable<Integer>, Explainable, ListsRecords {
  private static final Columns DIFFERENCES = Columns.of("change", "pk", "sk", "attributes");

  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "LEFT", description = "A table, an export, or -.")
  private String left;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RIGHT",
      description = "What it is compared with; default: the target's table.")
  private String right;

  @Mixin private SegmentsOption segments;

  public DiffCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return DIFFERENCES;
  }

  @Override
  public Integer call() {
    segments.check();
    String other = right == null ? context.table() : right;
    if (left.equals("-") && other.equals("-")) {
      throw CommandException.usage("- is named twice", "Standard input can be read once.");
    }
    ExportInput leftExport = export(left);
    ExportInput rightExport = export(other);
    if (leftExport == null || rightExport == null) {
      checkTables(leftExport == null ? left : null, rightExport == null ? other : null);
      context.clients().goBulk(leftExport == null ? left : other);
    }
    Map<Difference.Kind, Long> counts = new EnumMap<>(Difference.Kind.class);
    try (ItemDiff diff = new ItemDiff();
        BulkProgress progress = new BulkProgress(context, "diff", Progress.Goal.UNKNOWN)) {
      AtomicLong read = new AtomicLong();
      fill(diff.left(), left, leftExport, read, progress);
      fill(diff.right(), other, rightExport, read, progress);
      context.list(DIFFERENCES, printer -> print(diff, counts, printer));
      tellDoubled(left, diff.left());
      tellDoubled(other, diff.right());
      context.notices().info(line(diff, counts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean whole = unreadable(leftExport) + unreadable(rightExport) == 0;
    return counts.isEmpty() && whole ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void tellDoubled(String name, ItemDiff.Side side) {
    if (side.doubled() > 0) {
      context
          .notices()
          .warn(
              Count.of(side.doubled(), "key stands in ", "keys stand in ")
                  + name
                  + " more than once; the last item counts");
    }
  }

  private static long unreadable(ExportInput export) {
    return export == null ? 0 : export.unreadable();
  }

  /** What is there as a file or folder, or is written as a path, is an export; else null. */
  private ExportInput export(String name) {
    boolean path = name.equals("-") || name.contains("/") || Files.exists(Path.of(name));
    return path ? new ExportInput(context, name) : null;
  }

  /** Told before anything is read; the name of a table that is not there is named. */
  private void checkTables(String... names) {
    for (String name : names) {
      if (name != null) {
        TableName.check(name);
        at(name, () -> context.tables().describe(name));
      }
    }
  }

  private <T> T at(String table, Supplier<T> work) {
    return ElsewhereException.at(context.target().withTable(table), work);
  }

  private void fill(
      ItemDiff.Side side, String name, ExportInput export, AtomicLong read, BulkProgress progress) {
    if (export != null) {
      export.read(item -> add(side, item, read, progress));
      if (side.items() == 0 && export.unreadable() > 0) {
        throw new CommandException(
            ExitCode.FINDINGS,
            "unreadable",
            "nothing of " + name + " could be read, so nothing was compared",
            "Name a table, or an export as dynamodb-json, ndjson or Ion.");
      }
      return;
    }
    ParallelScan scan = new ParallelScan(context.items(name).pages());
    at(
        name,
        () -> {
          scan.forEachPage(
              segments.number(),
              null,
              page -> {
                page.forEach(item -> add(side, item, read, progress));
                return true;
              });
          return null;
        });
  }

  private static void add(
      ItemDiff.Side side,
      Map<String, AttributeValue> item,
      AtomicLong read,
      BulkProgress progress) {
    side.add(item);
    progress.accept(read.incrementAndGet());
  }

  private void print(ItemDiff diff, Map<Difference.Kind, Long> counts, RecordPrinter printer) {
    diff.compare(
        difference -> {
          counts.merge(difference.kind(), 1L, Long::sum);
          context.notices().aside(() -> printer.print(fields(difference)));
        },
        keys -> {});
  }

  /** A sample: changed, MSG#5ae2…, 2026-03-19T…, message. In JSON attributes have their values. */
  private Map<String, Object> fields(Difference difference) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("change", difference.kind().name().toLowerCase(Locale.ROOT));
    fields.put("pk", difference.pk());
    fields.put("sk", difference.sk());
    boolean json = context.format() == OutputFormat.JSON || context.format() == OutputFormat.NDJSON;
    fields.put(
        "attributes",
        json ? values(difference) : String.join(", ", difference.attributes().keySet()));
    return fields;
  }

  private static Map<String, Object> values(Difference difference) {
    Map<String, Object> values = new LinkedHashMap<>();
    difference
        .attributes()
        .forEach(
            (name, value) -> {
              Map<String, Object> sides = new LinkedHashMap<>();
              sides.put("left", plain(value.left()));
              sides.put("right", plain(value.right()));
              values.put(name, sides);
            });
    return values;
  }

  private static Object plain(AttributeValue value) {
    return value == null ? null : PlainItem.of(Map.of("value", value)).get("value");
  }

  /** A sample: compared 400 items with 401: 1 added, 0 removed, 2 changed. */
  private static String line(ItemDiff diff, Map<Difference.Kind, Long> counts) {
    return "compared %s with %d: %d added, %d removed, %d changed"
        .formatted(
            Count.of(diff.left().items(), "item"),
            diff.right().items(),
            counts.getOrDefault(Difference.Kind.ADDED, 0L),
            counts.getOrDefault(Difference.Kind.REMOVED, 0L),
            counts.getOrDefault(Difference.Kind.CHANGED, 0L));
  }

  @Override
  public Map<String, Object> explain() {
    String other = right == null ? context.table() : right;
    List<String> tables = Stream.of(left, other).filter(side -> export(side) == null).toList();
    return BulkPlans.diff(tables, segments.number());
  }
}
