package com.cruddur.ddb.cli.trigger;

import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.TableStream;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.text.Count;
import com.cruddur.ddb.trigger.StreamPoller.Start;
import com.cruddur.ddb.trigger.TriggerHandler;
import com.cruddur.ddb.trigger.TriggerWorker;
import com.cruddur.ddb.trigger.TriggerWorker.NoStreamException;
import com.cruddur.ddb.trigger.TriggerWorker.Progress;
import com.cruddur.ddb.trigger.TriggerWorker.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** {@code ddb trigger run}. */
@Command(
    name = "run",
    description = {
      "Follow the table's stream and move conversation rows to each new message, until Ctrl-C.",
      "A restart resumes where the last run on the same stream ended; --from is for the first"
          + " one."
    },
    exitCodeList = {
      "3:the table does not exist",
      "5:a conversation was given up; 'ddb check --repair' repairs it",
      ExitCode.NO_ACCESS
    },
    footer = {"  ddb trigger run --once", "  ddb trigger run --from latest   # until Ctrl-C"})
public final class TriggerRunCommand implements Callable<Integer>, Explainable, WritesTable {
  private static final long REPORT_NANOS = 1_000_000_000L;

  private final CommandContext context;

  @Option(names = "--once", description = "End when the stream has no more.")
  private boolean once;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      completionCandidates = StreamPlaces.class,
      defaultValue = "trim-horizon",
      description =
          "trim-horizon (all that the stream still has: 24 hours) or latest; default:"
              + " ${DEFAULT-VALUE}.")
  private String from;

  /** For completion; picocli wants a class. */
  static final class StreamPlaces extends ArrayList<String> {
    StreamPlaces() {
      super(List.of("trim-horizon", "latest"));
    }
  }

  public TriggerRunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Start start = start();
    TableStream stream = stream().orElseThrow(() -> noStream("has no stream"));
    Path checkpoints = checkpoints(stream);
    context
        .notices()
        .info(
            "following the stream of table "
                + context.table()
                + (Files.exists(checkpoints) ? ", from where the last run ended" : ", from " + from)
                + (once ? "" : "; Ctrl-C ends it"));
    ConversationStore store = context.store();
    TriggerHandler handler =
        new TriggerHandler(new Reconciler(store), context.cache().drops()::dropConversation);
    try (DynamoDbStreamsClient streams = context.clients().streams()) {
      TriggerWorker worker =
          new TriggerWorker(
              streams, this::source, start, handler, reports(), context.cliEnvironment().clock());
      Progress end =
          context
              .interruptible()
              .call(
                  worker::stop,
                  () -> {
                    Progress done = run(worker);
                    context.document(fields(done));
                    return done;
                  });
      return end.unsettled() == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  private Progress run(TriggerWorker worker) {
    try {
      return worker.run(once);
    } catch (NoStreamException e) {
      throw noStream(e.getMessage());
    }
  }

  private Optional<TableStream> stream() {
    return TableStream.of(context.tables().describe(context.table()));
  }

  /** The table's stream now; empty while there is none, or no such table. */
  private Optional<Source> source() {
    try {
      return stream().map(stream -> new Source(stream.arn(), checkpoints(stream)));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A dry run keeps its place in a copy. */
  private Path checkpoints(TableStream stream) {
    String place = Uuids.derived(String.valueOf(context.target().endpoint()), stream.arn());
    Path state = context.local().settings().stateDirectory();
    Path kept = state.resolve("trigger-" + place + ".checkpoints");
    if (!context.dryRun().on()) {
      return kept;
    }
    try {
      Path copy = Files.createTempFile("ddb-trigger", ".checkpoints");
      copy.toFile().deleteOnExit();
      try {
        OwnFile.require(kept);
        Files.copy(kept, copy, StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        Files.delete(copy);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Start start() {
    return switch (from) {
      case "trim-horizon" -> Start.TRIM_HORIZON;
      case "latest" -> Start.LATEST;
      default ->
          throw CommandException.usage("--from is '" + from + "'", "It is trim-horizon or latest.");
    };
  }

  private CommandException noStream(String what) {
    return new CommandException(
        ExitCode.FAILED,
        "no_stream",
        context.target().describe() + ": table " + context.table() + " " + what,
        "Turn it on: 'aws dynamodb update-table --table-name "
            + context.table()
            + " --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE'");
  }

  private TriggerWorker.Reports reports() {
    return new TriggerWorker.Reports() {
      private final Consumer<String> outages = context.clients().outages();
      private Long reported;

      @Override
      public void progress(Progress soFar) {
        long now = System.nanoTime();
        if (reported == null || now - reported >= REPORT_NANOS) {
          reported = now;
          context.notices().info(line(soFar));
        }
      }

      @Override
      public void warn(String line) {
        outages.accept(line);
      }
    };
  }

  /** A sample: 120 messages, 14 rows written, lag 0.3 s. */
  private static String line(Progress soFar) {
    String lag =
        soFar.lag() == null
            ? ""
            : String.format(Locale.ROOT, ", lag %.1f s", soFar.lag().toMillis() / 1000.0);
    return Count.of(soFar.messages(), "message")
        + ", "
        + Count.of(soFar.rows(), "row")
        + " written"
        + lag;
  }

  private static Map<String, Object> fields(Progress done) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("records", done.records());
    fields.put("messages", done.messages());
    fields.put("reconciles", done.conversations());
    fields.put("rows_written", done.rows());
    fields.put("given_up", done.unsettled());
    return fields;
  }

  @Override
  public Map<String, Object> explain() {
    start();
    return QueryPlans.trigger(context.table());
  }
}
