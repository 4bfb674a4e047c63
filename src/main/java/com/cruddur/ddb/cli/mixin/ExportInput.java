package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.ItemReader;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.output.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An export that a command reads, and what of it could not be read. */
public final class ExportInput {
  private static final int SHOWN = 20;

  private final CommandContext context;
  private final String path;
  private final ImportSource source;
  private long unreadable;

  /** The export at a path, or on standard input ({@code -}). */
  public ExportInput(CommandContext context, String path) {
    this.context = context;
    this.path = path;
    this.source = source(context, path);
  }

  /** What stands at a path; a usage error when there is nothing. */
  public static ImportSource source(CommandContext context, String path) {
    return path.equals("-")
        ? ImportSource.of(input(context, path))
        : ImportSource.at(existing(path, "a folder or a file"));
  }

  /** A file, or standard input ({@code -}); a usage error when there is none, or a folder. */
  public static SeedInput input(CommandContext context, String path) {
    if (Files.isDirectory(Path.of(path))) {
      throw CommandException.usage(path + " is a folder", "Name a file, or - for standard input.");
    }
    return path.equals("-")
        ? new SeedInput("<stdin>", context::in)
        : SeedInput.file(existing(path, "a file"));
  }

  private static Path existing(String path, String what) {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw CommandException.usage(
          path + " does not exist", "Name " + what + ", or - for standard input.");
    }
    return file;
  }

  /** The folder of the Ion library's jars. */
  public static Path ionLibrary(CommandContext context) {
    return Objects.requireNonNullElse(context.cliEnvironment().home(), Path.of(""))
        .resolve("lib/ion");
  }

  /** As {@link #read(Consumer)}, and shows how far the command is. */
  public void read(String command, Consumer<Map<String, AttributeValue>> items) {
    try (BulkProgress progress =
        new BulkProgress(context, command, new Progress.Goal(source.items(), false))) {
      AtomicLong read = new AtomicLong();
      read(
          item -> {
            items.accept(item);
            progress.accept(read.incrementAndGet());
          });
    }
  }

  /** Gives every item; what is none is told on standard error, the first 20 of them. */
  public void read(Consumer<Map<String, AttributeValue>> items) {
    new ItemReader(ionLibrary(context), items, this::tell, context.notices()::warn).read(source);
    if (unreadable > SHOWN) {
      context.notices().warn((unreadable - SHOWN) + " more could not be read");
    }
  }

  /** Whether it can be read twice: a folder or a file, and no pipe. */
  public boolean isRepeatable() {
    return !path.equals("-")
        && (Files.isDirectory(Path.of(path)) || Files.isRegularFile(Path.of(path)));
  }

  /** Gives every item once more; what is none has been told. */
  public void readAgain(Consumer<Map<String, AttributeValue>> items) {
    new ItemReader(ionLibrary(context), items, reject -> {}, warning -> {}).read(source);
  }

  private void tell(Reject reject) {
    if (++unreadable <= SHOWN) {
      String at = reject.file() + ":" + reject.line();
      context.notices().warn("not read " + at + ": " + reject.reason());
    }
  }

  /** How many lines were not read. */
  public long unreadable() {
    return unreadable;
  }
}
