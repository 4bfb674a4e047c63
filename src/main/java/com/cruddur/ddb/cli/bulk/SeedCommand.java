package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.generate.Generator;
import com.cruddur.ddb.bulk.seed.Seeder;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.PeriodOptions;
import com.cruddur.ddb.cli.context.SampleData;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb seed}. */
@Command(
    name = "seed",
    description = {
      "Load conversations from json, ndjson or text transcripts, gzipped or not.",
      "Loading the same again changes nothing. Without FILE it loads the files of seed-data.",
      "A transcript is lines of 'handle: text' by two users, one minute apart, ending at"
          + " --until.",
      "With --generate it makes users, conversations and messages up instead."
    },
    exitCodeList = {
      "3:the table does not exist",
      ExitCode.NOT_CONFIRMED,
      "5:records were rejected; the others are loaded",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb seed",
      "  ddb seed seed-data/conversations.json -o json",
      "  ddb seed --generate --users 20 --conversations 50 --messages 2000",
      "  printf 'bayko: Hi\\nlondo: Hello\\n' | ddb seed --until 2026-03-20T12:00 -"
    })
public final class SeedCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Files to load; - reads standard input. Without any: the sample data.")
  private List<String> files = List.of();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "The time of a transcript's last message; default: now.")
  private String until;

  @Mixin private GenerateOptions generate;
  @Mixin private RejectOptions rejects;
  @Mixin private CheckpointOptions checkpoints;

  public SeedCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Seeding.Source source = source();
    if (generate.write(context, source.inputs().get(0))) {
      return ExitCode.DONE;
    }
    UserDirectory directory = context.users();
    if (context.target().isProd()) {
      context
          .guard()
          .confirm(
              "load " + String.join(", ", names(source)),
              context.tables().describe(context.table()));
    }
    context.clients().goBulk();
    Checkpoint checkpoint = checkpoint();
    SeedAccount account =
        CheckpointOptions.run(
            context,
            checkpoint,
            () -> {
              try (RejectOptions.Sink sink =
                  rejects.new Sink(context.notices(), checkpoint, files)) {
                return Seeding.load(context, source, directory, sink, checkpoint);
              }
            });
    Seeding.account(context, account);
    return account.clean() ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  /** Beside the first file; the sample data needs none, and what can be read once has no place. */
  private Checkpoint checkpoint() {
    if (files.isEmpty() && checkpoints.named()) {
      throw CommandException.usage("--checkpoint needs files", "Name them, or leave it out.");
    }
    boolean again = files.stream().allMatch(name -> Files.isRegularFile(Path.of(name)));
    Path beside = files.isEmpty() || !again ? null : Path.of(files.get(0) + ".ddb-seed");
    List<String> identities =
        files.stream()
            .map(name -> name.equals("-") ? "-" : CheckpointOptions.identity(Path.of(name)))
            .toList();
    return checkpoints.open(context, "seed", beside, identities);
  }

  private Seeding.Source source() {
    Instant end = PeriodOptions.moment(context, "--until", until);
    if (generate.given(!files.isEmpty())) {
      Generator.Options options = generate.options(context.users().given(), end);
      SeedInput input = GenerateOptions.input(context, options);
      return new Seeding.Source(
          List.of(input), new Seeder.TranscriptEnd(options.until(), false), options.records());
    }
    Instant now =
        files.isEmpty() ? SampleData.TRANSCRIPTS_END : context.cliEnvironment().clock().instant();
    return new Seeding.Source(
        inputs(), new Seeder.TranscriptEnd(end == null ? now : end, end != null), -1);
  }

  private static List<String> names(Seeding.Source source) {
    return source.inputs().stream().map(SeedInput::name).toList();
  }

  private List<SeedInput> inputs() {
    if (files.isEmpty()) {
      return context
          .cliEnvironment()
          .sampleData()
          .conversations("Name the files to load, or - for stdin.");
    }
    if (files.stream().filter("-"::equals).count() > 1) {
      throw CommandException.usage("- is named twice", "Standard input can be read once.");
    }
    return files.stream().map(this::input).toList();
  }

  private SeedInput input(String name) {
    if (name.equals("-")) {
      return new SeedInput("<stdin>", context::in);
    }
    Path file = Path.of(name);
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw CommandException.usage(
          name + (Files.isDirectory(file) ? " is a folder" : " does not exist"),
          "Name files, or - for standard input.");
    }
    return SeedInput.file(file);
  }

  @Override
  public Map<String, Object> explain() {
    return BulkPlans.seed(context.table(), names(source()));
  }
}
