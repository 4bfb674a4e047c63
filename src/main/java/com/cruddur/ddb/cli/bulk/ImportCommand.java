package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.Importer;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.cli.mixin.ExportInput;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.text.Count;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb import}. */
@Command(
    name = "import",
    description = {
      "Write exported items into the table; importing the same again changes nothing.",
      "Reads what 'ddb export' writes as dynamodb-json or ndjson, and DynamoDB's own export to S3,"
          + " full or incremental, DynamoDB JSON or Ion, copied here with its folders. The changes"
          + " of an incremental one are sorted, then applied, the last of each item; after an"
          + " interruption that starts over. Items are taken as they are: where the table has other"
          + " data, 'ddb check' tells of conversation rows that are then doubled or old."
    },
    exitCodeList = {
      "3:the table does not exist",
      ExitCode.NOT_CONFIRMED,
      "5:items were rejected; the others are written",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb export --out backup2",
      "  ddb import backup2",
      "  ddb export | ddb import - --table cruddur-copy  # exit 3 before 'ddb schema-load'"
    })
public final class ImportCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "An export folder, a data file (gzipped or not), or - for standard input.")
  private String path;

  @Option(
      names = "--overwrite",
      description = "Replace an item of the same key that differs; else it is rejected.")
  private boolean overwrite;

  @Option(
      names = "--from-s3",
      paramLabel = "URL",
      description =
          "Let DynamoDB make the table from the gzipped files below s3://BUCKET/PREFIX by itself,"
              + " and follow it.")
  private String fromS3;

  @Mixin private S3Transfer s3;
  @Mixin private RejectOptions rejects;
  @Mixin private CheckpointOptions checkpoints;

  public ImportCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    checkArguments();
    if (path == null) {
      return s3.importTable(context, fromS3);
    }
    ImportSource source = source();
    if (context.target().isProd()) {
      String items = source.items() < 0 ? "items" : Count.of(source.items(), "item");
      context
          .guard()
          .confirm(
              "import " + items + (overwrite ? ", overwriting" : ""),
              context.tables().describe(context.table()));
    }
    context.clients().goBulk();
    Checkpoint checkpoint = checkpoint(source);
    SeedAccount account =
        CheckpointOptions.run(context, checkpoint, () -> load(source, checkpoint));
    Seeding.account(context, account);
    return account.clean() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private void checkArguments() {
    if ((path == null) != s3.given(fromS3)) {
      throw CommandException.usage(
          path == null ? "PATH is missing" : "PATH and S3 exclude each other",
          "Name a folder or file, - for standard input, or say --from-s3.");
    }
  }

  private SeedAccount load(ImportSource source, Checkpoint checkpoint) {
    Progress.Goal goal = new Progress.Goal(source.items(), false);
    List<String> inputs = path.equals("-") ? List.of(path) : source.names();
    try (RejectOptions.Sink sink = rejects.new Sink(context.notices(), checkpoint, inputs);
        BulkProgress progress = new BulkProgress(context, "import", goal)) {
      progress.resumedAfter(checkpoint.done());
      return new Importer(
              context.items(),
              overwrite,
              ExportInput.ionLibrary(context),
              Seeding.listener(context, sink, progress))
          .run(source, checkpoint);
    }
  }

  private Checkpoint checkpoint(ImportSource source) {
    boolean stdin = path.equals("-");
    List<String> of = new ArrayList<>(List.of(overwrite ? "overwriting" : "not overwriting"));
    source.names().forEach(name -> of.add(stdin ? "-" : CheckpointOptions.identity(Path.of(name))));
    Path place = Path.of(path).toAbsolutePath().normalize();
    boolean again = !stdin && (Files.isRegularFile(place) || Files.isDirectory(place));
    Path beside = again ? place.resolveSibling(place.getFileName() + ".ddb-import") : null;
    return checkpoints.open(context, "import", beside, of);
  }

  private ImportSource source() {
    return ExportInput.source(context, path);
  }

  @Override
  public Map<String, Object> explain() {
    checkArguments();
    if (path == null) {
      return BulkPlans.s3(context.table(), false);
    }
    source();
    return BulkPlans.importItems(context.table(), path, overwrite);
  }
}
