package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.ExportFormat;
import com.cruddur.ddb.bulk.export.ExportAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.SegmentsOption;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.PipeStream;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.output.TerminalStream;
import com.cruddur.ddb.text.Count;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddb export}. */
@Command(
    name = "export",
    description = {
      "Write every item of the table, or those of some conversations, to a folder, a file or"
          + " standard output.",
      "A folder gets the layout of DynamoDB's own export to S3: gzipped lines of"
          + " {\"Item\":{...}} and manifests, written last. 'ddb import' reads it, and so does"
          + " DynamoDB's import from S3.",
      "ndjson and csv are for other programs: sets and binary values lose their type."
    },
    exitCodeList = {"3:the table does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb export --out backup",
      "  ddb export --out messages.csv",
      "  ddb export --user bayko --mask --out masked.ndjson",
      "  ddb export | gzip > messages.gz"
    })
public final class ExportCommand implements Callable<Integer>, Explainable {
  private static final Columns ACCOUNT = Columns.of("items", "bytes", "files", "path");

  private final CommandContext context;

  @Option(
      names = "--format",
      paramLabel = "LAYOUT",
      completionCandidates = ExportFormats.class,
      description =
          "dynamodb-json, ndjson or csv; default: what the name of the file ends in, .ndjson or .csv"
              + " (gzipped or not), else dynamodb-json.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      defaultValue = "-",
      description =
          "A folder for dynamodb-json, a new file (gzipped if it ends in .gz), or - for standard"
              + " output, the default. Names ending in .json, .ndjson, .csv or .gz are files.")
  private String out;

  @Option(
      names = "--conversation",
      paramLabel = "UUID",
      description = "Only this conversation: its messages and rows; may be given again.")
  private List<String> conversations = List.of();

  @Option(
      names = "--to-s3",
      paramLabel = "URL",
      description = "Let DynamoDB export to s3://BUCKET/PREFIX by itself, and follow it.")
  private String toS3;

  @Mixin private S3Transfer s3;
  @Mixin private SelectionOptions selection;
  @Mixin private CheckpointOptions checkpoints;

  /** For completion; picocli wants a class. */
  static final class ExportFormats extends ArrayList<String> {
    ExportFormats() {
      super(Arrays.stream(ExportFormat.values()).map(ExportFormat::toString).toList());
    }
  }

  @Mixin private SegmentsOption segments;

  public ExportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    if (s3.given(toS3)) {
      return s3.export(context, toS3);
    } else if (context.dryRun().on()) {
      return plan();
    }
    context.clients().goBulk();
    boolean toTerminal = out.equals("-") && context.terminal().out();
    ExportAccount account;
    List<String> groups = selection.groups(context, conversations);
    try (BulkProgress progress = progress(groups, toTerminal)) {
      account = export(groups, progress);
    }
    if (out.equals("-")) {
      context.notices().info(Count.of(account.items(), "item") + " exported");
    } else {
      context.list(ACCOUNT, printer -> printer.print(fields(account, Path.of(out))));
      if (account.folder() != null) {
        tellHowToLoad(account.folder());
      }
    }
    return ExitCode.DONE;
  }

  private BulkProgress progress(List<String> groups, boolean hidden) {
    return groups.isEmpty()
        ? BulkProgress.ofTable(context, "export", hidden)
        : new BulkProgress(context, "export", hidden ? null : Progress.Goal.UNKNOWN);
  }

  private int plan() {
    context.tables().describe(context.table());
    String to = out.equals("-") ? "standard output" : out;
    String part = selection.some(conversations) ? "conversations of " : "";
    String masked = selection.mask() ? ", masked, " : " ";
    context.dryRun().plan("export", part + "table " + context.table() + masked + "to " + to);
    if (!out.equals("-")) {
      context.document(Map.of("path", out));
    }
    return ExitCode.DONE;
  }

  private void tellHowToLoad(Path folder) {
    Notices notices = context.notices();
    notices.info("a new table on AWS is made from it by:");
    notices.info("  aws s3 cp --recursive " + folder + "/data/ s3://BUCKET/PREFIX/data/");
    notices.info("  ddb import --prod --table NAME --from-s3 s3://BUCKET/PREFIX/data/");
  }

  private ExportAccount export(List<String> groups, BulkProgress progress) {
    Exporter exporter =
        new Exporter(
            () -> context.tables().describe(context.table()),
            selection.pages(context, groups),
            context.cliEnvironment().clock(),
            progress);
    int parts = groups.isEmpty() ? segments.number() : groups.size();
    if (out.equals("-")) {
      OutputStream stream = new PipeStream(context.cliEnvironment().out());
      boolean terminal = context.terminal().out();
      return exporter.toStream(terminal ? new TerminalStream(stream) : stream, format(), parts);
    }
    Path path = Path.of(out);
    Checkpoint checkpoint = checkpoint(path, groups);
    return CheckpointOptions.run(
        context,
        checkpoint,
        () -> {
          progress.resumedAfter(checkpoint.done());
          return isFile(path)
              ? exporter.toFile(path, format(), parts, checkpoint)
              : exporter.toDirectory(path, parts, checkpoint);
        });
  }

  /** Beside the file, or in the folder. */
  private Checkpoint checkpoint(Path path, List<String> groups) {
    Path beside =
        isFile(path)
            ? path.resolveSibling(path.getFileName() + ".ddb-export")
            : path.resolve("ddb-export");
    return checkpoints.open(
        context,
        "export",
        beside,
        List.of(
            format().toString(),
            path.toAbsolutePath().normalize().toString(),
            String.join(" ", groups),
            selection.mask() ? "masked" : "plain"));
  }

  private static Map<String, Object> fields(ExportAccount account, Path path) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("items", account.items());
    fields.put("bytes", account.bytes());
    fields.put("files", account.files());
    fields.put("path", (account.folder() == null ? path : account.folder()).toString());
    return fields;
  }

  private ExportFormat format() {
    if (format == null) {
      return ExportFormat.ofFile(out);
    }
    for (ExportFormat one : ExportFormat.values()) {
      if (one.toString().equals(format)) {
        return one;
      }
    }
    throw CommandException.usage(
        "--format is '" + format + "'", "It is dynamodb-json, ndjson or csv.");
  }

  private boolean isFile(Path path) {
    return !Files.isDirectory(path)
        && (format() != ExportFormat.DYNAMODB_JSON || out.matches(".*\\.(json|ndjson|gz)"));
  }

  private void check() {
    if (checkpoints.named() && out.equals("-")) {
      throw CommandException.usage(
          "--checkpoint cannot go with standard output", "Name a folder or file with --out.");
    }
    SelectionOptions.check(conversations);
    if (s3.given(toS3) && (selection.mask() || selection.some(conversations))) {
      throw CommandException.usage(
          "DynamoDB exports whole tables as they are",
          "Leave --conversation, --user and --mask out, or export without S3.");
    }
    segments.check();
    if (s3.given(toS3) && !out.equals("-")) {
      throw CommandException.usage("--out is for exports by ddb", "Leave it out on S3.");
    }
    boolean folder = !out.equals("-") && !isFile(Path.of(out));
    if (folder && format() != ExportFormat.DYNAMODB_JSON) {
      throw CommandException.usage(out + " is a folder", "Name a file for " + format() + ".");
    } else if (!out.equals("-") && !folder && Files.exists(Path.of(out))) {
      throw CommandException.usage(out + " exists", "Name a new file with --out.");
    } else if (folder && Files.exists(Path.of(out)) && !Files.isDirectory(Path.of(out))) {
      throw CommandException.usage(out + " is a file", "Name a folder, or a new file.");
    }
  }

  @Override
  public Map<String, Object> explain() {
    check();
    if (s3.given(toS3)) {
      return BulkPlans.s3(context.table(), true);
    }
    return selection.some(conversations)
        ? BulkPlans.conversationItems()
        : BulkPlans.scan(context.table(), segments.number(), null);
  }
}
