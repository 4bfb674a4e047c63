package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.Interruptible;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.text.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** {@code --checkpoint} and {@code --restart}: how a long command goes on after an interruption. */
final class CheckpointOptions {
  /** As much of an input as tells it from another one of equal size and time. */
  private static final int HEAD = 1 << 16;

  private static final int HASH_DIGITS = 8;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "Keep in FILE how far the run is, to resume there after an interruption; default: a"
              + " hidden file beside the input or output, if that is a file or folder.")
  private Path file;

  @Option(names = "--restart", description = "Start over, whatever an interrupted run has left.")
  private boolean restart;

  /** Whether a file was named. */
  boolean named() {
    return file != null;
  }

  /**
   * The checkpoint of a run.
   *
   * @param beside the folder and the name's begin of its file unless one is named; null for none
   * @param what what the run reads or writes, and how
   */
  Checkpoint open(CommandContext context, String command, Path beside, List<String> what) {
    // A dry run must not let the run believe that it has been there.
    if ((file == null && beside == null) || context.dryRun().on()) {
      return Checkpoint.none();
    }
    if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw CommandException.usage(
          "--checkpoint " + file + ": there is no such folder", "Create it.");
    }
    List<String> of = new ArrayList<>(what);
    of.add(0, command);
    of.addAll(1, target(context));
    Checkpoint checkpoint = at(context, file == null ? hidden(context, beside) : file, of);
    checkpoint.onTrouble(context.notices()::warn);
    return checkpoint;
  }

  private static void tell(Checkpoint checkpoint, Notices notices) {
    if (checkpoint.done() > 0) {
      notices.info(
          "resuming where an earlier run stopped, after "
              + Count.of(checkpoint.done(), "record")
              + "; --restart starts over");
    } else if (checkpoint.foreign()) {
      notices.info(
          "the checkpoint " + checkpoint.file() + " is of another input or table: starting over");
    }
  }

  /**
   * Without one, the run begins at its beginning: what somebody else has put there is no reason.
   */
  private Checkpoint at(CommandContext context, Path place, List<String> of) {
    try {
      return Checkpoint.in(place, of, restart);
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof ForeignFileException foreign)) {
        throw e;
      } else if (file != null) {
        throw CommandException.usage(
            foreign.getMessage(), "Name another file with --checkpoint, or remove that one.");
      }
      context
          .notices()
          .warn(
              foreign.getMessage()
                  + "; starting over, without a checkpoint: name a place for one with"
                  + " --checkpoint");
      return Checkpoint.none();
    }
  }

  private static Path hidden(CommandContext context, Path beside) {
    Path name = beside.getFileName();
    String target = context.target().describe() + " " + context.table();
    String hash = Uuids.derived(beside.toAbsolutePath().toString(), target);
    return beside.resolveSibling("." + name + "-" + hash.substring(0, HASH_DIGITS));
  }

  /** A table that was dropped and made again is another one. */
  private static List<String> target(CommandContext context) {
    Target target = context.target();
    List<String> of = new ArrayList<>(List.of(target.describe(), context.table()));
    try {
      TableDescription table = context.tables().describe(context.table());
      of.add(String.valueOf(table.tableArn()));
      of.add(String.valueOf(table.tableId()));
      of.add(String.valueOf(table.creationDateTime()));
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() == null
          || !"AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
    }
    return of;
  }

  /** What tells a file from what stood there before: its size, its time and how it begins. */
  static String identity(Path file) {
    try (InputStream in = Files.isRegularFile(file) ? Files.newInputStream(file) : null) {
      Path path = file.toAbsolutePath().normalize();
      if (in == null) {
        return path.toString();
      }
      String head = Uuids.derived(HexFormat.of().formatHex(in.readNBytes(HEAD)));
      return path + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + " " + head;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A checkpoint that one run works with; two would mix what they keep beside it. */
  private record Held(Checkpoint checkpoint) implements AutoCloseable {
    Held {
      if (!checkpoint.hold()) {
        throw CommandException.usage(
            "another run of the same works with its checkpoint " + checkpoint.file(),
            "Wait until it ends, or name another file with --checkpoint.");
      }
    }

    @Override
    public void close() {
      checkpoint.letGo();
    }
  }

  /** Runs the work; on Ctrl-C it ends where it can go on later. */
  static <T> T run(CommandContext context, Checkpoint checkpoint, Supplier<T> work) {
    context.clients().ifItFails("What was done stays; run the same command again to go on.");
    T result;
    try (Interruptible.Leaving leaving = Failures.stopped().tellOnLeaving(context)) {
      if (!checkpoint.kept()) {
        return work.get();
      }
      try (Held held = new Held(checkpoint)) {
        // The one run that works with it says so.
        tell(checkpoint, context.notices());
        result = context.interruptible().call(checkpoint::stop, work);
      }
    } catch (UncheckedIOException e) {
      if (!checkpoint.begun()) {
        context.clients().ifItFails(null);
      }
      throw e;
    }
    context.clients().ifItFails(null);
    if (checkpoint.done() > 0) {
      context.notices().info(checkpoint.done() + " of these were done by an earlier run");
    }
    return result;
  }
}
