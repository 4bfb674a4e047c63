package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.bulk.imports.ImportWrites.Change;
import com.cruddur.ddb.bulk.imports.ImportWrites.Read;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes exported items into a table. Nothing is overwritten silently: what stands on an item's key
 * is read first, strongly consistent, a hundred keys at a time; the same item is left as it is, and
 * another one is rejected unless overwriting was asked for.
 *
 * <p>A table that is empty at the start holds nothing but what this import has written. So there an
 * item is read only if its key may have come before, which a Bloom filter of fixed size tells: one
 * that errs sends an item to be read in vain.
 *
 * <p>Items are taken as they are; rows are not reconciled. Into a table with other data, {@code
 * check} tells of the rows that are then doubled or old.
 */
public final class Importer {
  private final ItemTable items;
  private final boolean overwrite;
  private final Path ionLibrary;
  private final BulkListener listener;

  /**
   * An importer into one table.
   *
   * @param overwrite whether an item replaces another one that stands on its key; a change of an
   *     incremental export does in any case
   * @param ionLibrary the folder of the Ion library's jars; where there is none, it is on the class
   *     path
   */
  public Importer(ItemTable items, boolean overwrite, Path ionLibrary, BulkListener listener) {
    this.ionLibrary = ionLibrary;
    this.items = items;
    this.overwrite = overwrite;
    this.listener = listener;
  }

  /** As {@link #run(ImportSource, Checkpoint)}, always from the beginning. */
  public SeedAccount run(ImportSource source) {
    return run(source, Checkpoint.none());
  }

  /**
   * Imports every data file.
   *
   * @param checkpoint where an earlier run of the same source was, and where this one is
   * @throws UncheckedIOException when a file cannot be read
   * @throws StoppedException when the checkpoint was told to stop
   * @throws RuntimeException what the database failed with; running again goes on
   */
  public SeedAccount run(ImportSource source, Checkpoint checkpoint) {
    try (Run run = new Run(checkpoint)) {
      run.read(source.parts());
      SeedAccount account = run.finish();
      checkpoint.end();
      return account;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Run implements ItemLines.Sink, ImportWrites.Listener, AutoCloseable {
    private final ImportWrites writes = new ImportWrites(items, overwrite, this);
    private final RecordCounters counters = new RecordCounters();
    private final Checkpoint checkpoint;
    private ChangeLog changes;
    private String file = "";
    private int part;
    private ItemLines.From at = ItemLines.From.START;

    Run(Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
    }

    void read(List<ImportSource.Part> parts) throws IOException {
      if (checkpoint.resumed()) {
        JsonNode state = checkpoint.state();
        counters.restore(state.path("tally"));
        checkpoint.require(counters.read() == checkpoint.done(), "tally");
        long saved = checkpoint.count(state, "part");
        checkpoint.require(saved < parts.size(), "part");
        if (counters.read() > 0) {
          part = (int) saved;
          at =
              new ItemLines.From(
                  checkpoint.count(state, "line"),
                  checkpoint.count(state, "bytes"),
                  checkpoint.count(state, "items"));
        }
      }
      ItemLines lines = new ItemLines(this, ionLibrary);
      for (; part < parts.size(); part++) {
        file = parts.get(part).input().name();
        lines.read(parts.get(part), at);
        at = ItemLines.From.START;
      }
    }

    /** All before this line is handed over: a place to save, and to stop. */
    @Override
    public void at(long line, long bytes, long items) {
      boolean stopped = checkpoint.stopped();
      if (changes == null && (stopped || checkpoint.due())) {
        writes.settle();
        writes.flush();
        save();
      }
      if (stopped) {
        throw new StoppedException();
      }
      at = new ItemLines.From(line, bytes, items);
    }

    private void save() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("tally", counters.saved());
      fields.put("part", part);
      fields.put("line", at.line());
      fields.put("bytes", at.bytes());
      fields.put("items", at.items());
      checkpoint.save(counters.read(), fields, line -> {});
    }

    @Override
    public void unreadable(Place at, String reason) {
      counters.add(Kind.UNREADABLE, RecordStatus.READ, 1);
      reject(Kind.UNREADABLE, at, reason);
    }

    @Override
    public void note(String sentence) {
      listener.notes().accept(sentence);
    }

    /** No record of its own: its items are counted each. */
    @Override
    public void damaged(Place at, String reason) {
      unreadable(at, reason);
    }

    private void reject(Kind kind, Place at, String reason) {
      counters.add(kind, RecordStatus.REJECTED, 1);
      listener.rejects().accept(at.reject(reason));
    }

    @Override
    public void item(Place at, Map<String, AttributeValue> item) {
      Optional<String> problem = ItemCheck.problem(item);
      if (problem.isPresent()) {
        unreadable(at, problem.get());
        return;
      }
      Read read = new Read(at, item, Change.NONE);
      counters.add(read.kind(), RecordStatus.READ, 1);
      writes.add(read);
    }

    /** Kept until all are known; until they are applied another run begins before the first. */
    @Override
    public void change(Place at, ItemRecord change, byte[] line) throws IOException {
      Map<String, AttributeValue> item = change.item() == null ? change.keys() : change.item();
      Optional<String> problem = ItemCheck.problem(item);
      if (problem.isPresent()) {
        unreadable(at, problem.get());
        return;
      }
      if (changes == null) {
        changes = new ChangeLog();
      }
      changes.add(at, change, line);
      counters.add(new Read(at, item, Change.PUT).kind(), RecordStatus.READ, 1);
    }

    private void apply(Place at, ItemRecord change, long earlier) {
      boolean deleted = change.item() == null;
      Map<String, AttributeValue> item = deleted ? change.keys() : change.item();
      Read read = new Read(at, item, deleted ? Change.DELETE : Change.PUT);
      counters.add(read.kind(), RecordStatus.UNCHANGED, earlier);
      writes.add(read);
    }

    @Override
    public void done(Read read, RecordStatus status, String reason) {
      if (status == RecordStatus.REJECTED) {
        reject(read.kind(), read.at(), reason);
      } else {
        counters.add(read.kind(), status, 1);
      }
    }

    @Override
    public void written(Set<String> partitions) {
      partitions.forEach(listener.changed());
    }

    @Override
    public void settled() {
      listener.progress().accept(counters.progress(file));
    }

    SeedAccount finish() throws IOException {
      writes.settle();
      if (changes != null) {
        try (ChangeLog all = changes) {
          all.forEachLast(this::apply);
        }
        writes.settle();
      }
      writes.flush();
      settled();
      return counters.account(EnumSet.of(Kind.MESSAGE, Kind.ROW));
    }

    @Override
    public void close() {
      writes.close();
    }
  }
}
