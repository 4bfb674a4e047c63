package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.Importer;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ElsewhereException;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.cli.mixin.ExportInput;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.file.OwnFolder;
import com.cruddur.ddb.output.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Copies items into the local stack: an export of the target into a folder of the user's alone,
 * then an import of that. Each of both resumes where an interrupted run was; the folder is removed
 * at the end.
 */
final class Pull {
  private static final TableSchema.Options SCHEMA = new TableSchema.Options(false, 0, 0, true);

  private final CommandContext from;
  private final CommandContext stack;
  private final SelectionOptions selection;
  private final List<String> groups;
  private final Path folder;

  /**
   * A copy.
   *
   * @param stack the local stack and the table there
   * @param groups the conversations; empty for the whole table
   */
  Pull(CommandContext from, CommandContext stack, SelectionOptions selection, List<String> groups) {
    this.from = from;
    this.stack = stack;
    this.selection = selection;
    this.groups = groups;
    this.folder =
        from.local().settings().stateDirectory().resolve("pull").resolve(Uuids.derived(what()));
  }

  /** What tells this copy from another one. */
  private String what() {
    return String.join(
        "\n",
        from.target().describe(),
        from.table(),
        String.join(" ", groups),
        selection.mask() ? "masked" : "plain",
        stack.table());
  }

  SeedAccount run(boolean restart) {
    try {
      if (restart) {
        delete();
      }
      OwnFolder.claim(folder);
      ElsewhereException.at(stack, this::requireSchema);
      export();
      SeedAccount account = ElsewhereException.at(stack, this::write);
      delete();
      return account;
    } catch (IOException e) {
      throw new UncheckedIOException("what is copied cannot be kept in " + folder, e);
    }
  }

  /** What is read is there whole: only now is a table made for it. */
  private SeedAccount write() {
    loadSchema();
    SeedAccount account = load();
    settle();
    return account;
  }

  /** A table of another schema is told before anything is read. */
  private boolean requireSchema() {
    boolean exists = stack.tables().exists(stack.table());
    if (exists) {
      loadSchema();
    }
    return exists;
  }

  private void loadSchema() {
    TableAdmin.Loaded loaded = stack.tables().load(stack.table(), SCHEMA);
    if (!loaded.differences().isEmpty()) {
      throw CommandException.schemaDiffers(stack.table(), loaded.differences());
    }
    stack.clients().goBulk();
  }

  private void export() throws IOException {
    if (Files.exists(exported())) {
      from.notices().info("resuming with what an earlier run has read; --restart starts over");
      return;
    }
    Checkpoint checkpoint = checkpoint("read");
    Path unfinished = folder.resolve("unfinished");
    runs(
        checkpoint,
        done -> {
          try (BulkProgress progress =
              new BulkProgress(from, "pull (reading)", Progress.Goal.UNKNOWN)) {
            progress.resumedAfter(done.done());
            int parts = groups.isEmpty() ? SelectionOptions.SEGMENTS : groups.size();
            return new Exporter(
                    () -> from.tables().describe(from.table()),
                    selection.pages(from, groups),
                    from.cliEnvironment().clock(),
                    progress)
                .toDirectory(unfinished, parts, done);
          }
        });
    Files.move(unfinished, exported());
  }

  private Path exported() {
    return folder.resolve("export");
  }

  private SeedAccount load() {
    ImportSource source = ImportSource.at(exported());
    Progress.Goal goal = new Progress.Goal(source.items(), false);
    return runs(
        checkpoint("write"),
        checkpoint -> {
          try (BulkProgress progress = new BulkProgress(stack, "pull (writing)", goal)) {
            progress.resumedAfter(checkpoint.done());
            return new Importer(
                    stack.items(),
                    true,
                    ExportInput.ionLibrary(stack),
                    Seeding.listener(
                        stack,
                        reject -> stack.notices().warn("not written: " + reject.reason()),
                        progress))
                .run(source, checkpoint);
          }
        });
  }

  /** What was pulled before may have rows that have moved since on the target. */
  private void settle() {
    ConversationStore store = stack.store();
    Reconciler reconciler = new Reconciler(store);
    Function<String, String> name = selection.names(from);
    groups.forEach(group -> reconciler.reconcile(name.apply(group)));
  }

  private Checkpoint checkpoint(String step) {
    Checkpoint checkpoint = Checkpoint.in(folder.resolve(step), List.of(step, what()), false);
    checkpoint.onTrouble(from.notices()::warn);
    return checkpoint;
  }

  private <T> T runs(Checkpoint checkpoint, Function<Checkpoint, T> work) {
    return CheckpointOptions.run(from, checkpoint, () -> work.apply(checkpoint));
  }

  private void delete() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
