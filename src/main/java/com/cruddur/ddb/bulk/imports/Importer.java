package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.bulk.SameItem;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  /** How many items wait to be read together. */
  private static final int TO_READ = 2_500;

  /** How many items are under way at most before all of them are waited for. */
  private static final int MOST_UNDER_WAY = 20_000;

  /** 12 MB: one item in a hundred is read in vain at this number, more of them beyond it. */
  private static final int EXPECTED = 10_000_000;

  private static final double FALSE_POSITIVES = 0.01;

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
    Queue<Refused> refused = new ConcurrentLinkedQueue<>();
    try (ItemSink batches =
            items.sink(
                (item, e) ->
                    refused.add(new Refused(key(item), e.awsErrorDetails().errorMessage())));
        ItemReads reads = items.reads()) {
      Run run = new Run(batches, reads, refused, checkpoint);
      run.read(source.parts());
      SeedAccount account = run.finish();
      checkpoint.end();
      return account;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An item that DynamoDB found invalid. */
  private record Refused(String key, String reason) {}

  /** Whether it is one of a full export, or what has become of one. */
  private enum Change {
    NONE,
    PUT,
    DELETE
  }

  /** An item of the input, or the key of one that was deleted. */
  private record Read(Place at, Map<String, AttributeValue> item, Change change) {
    Kind kind() {
      String pk = item.get(Keys.PK).s();
      return Keys.isMessage(pk) ? Kind.MESSAGE : Keys.isConversationRow(pk) ? Kind.ROW : Kind.OTHER;
    }
  }

  /** The length keeps ("a", "bc") and ("ab", "c") apart. */
  private static String key(Map<String, AttributeValue> item) {
    String pk = item.get(Keys.PK).s();
    return pk.length() + ":" + pk + item.get(Keys.SK).s();
  }

  private final class Run implements ItemLines.Sink {
    private final ItemSink batches;
    private final ItemReads reads;
    private final Queue<Refused> refused;
    private final RecordCounters tally = new RecordCounters();
    private final boolean empty;
    private final BloomFilter<CharSequence> seen;
    private final Map<String, Read> underWay = new LinkedHashMap<>();
    private Map<String, Read> toRead = new LinkedHashMap<>();
    private final Checkpoint checkpoint;
    private ChangeLog changes;
    private String file = "";
    private int part;
    private ItemLines.From at = ItemLines.From.START;

    Run(ItemSink batches, ItemReads reads, Queue<Refused> refused, Checkpoint checkpoint) {
      this.checkpoint = checkpoint;
      this.batches = batches;
      this.reads = reads;
      this.refused = refused;
      this.empty = reads.tableIsEmpty();
      this.seen =
          empty
              ? BloomFilter.create(
                  Funnels.stringFunnel(StandardCharsets.UTF_8), EXPECTED, FALSE_POSITIVES)
              : null;
    }

    void read(List<ImportSource.Part> parts) throws IOException {
      if (checkpoint.resumed()) {
        JsonNode state = checkpoint.state();
        tally.restore(state.path("tally"));
        checkpoint.require(tally.read() == checkpoint.done(), "tally");
        long saved = checkpoint.count(state, "part");
        checkpoint.require(saved < parts.size(), "part");
        if (tally.read() > 0) {
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
        settle();
        flush();
        save();
      }
      if (stopped) {
        throw new StoppedException();
      }
      at = new ItemLines.From(line, bytes, items);
    }

    private void save() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("tally", tally.saved());
      fields.put("part", part);
      fields.put("line", at.line());
      fields.put("bytes", at.bytes());
      fields.put("items", at.items());
      checkpoint.save(tally.read(), fields, line -> {});
    }

    @Override
    public void unreadable(Place at, String reason) {
      tally.add(Kind.UNREADABLE, RecordStatus.READ, 1);
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
      tally.add(kind, RecordStatus.REJECTED, 1);
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
      tally.add(read.kind(), RecordStatus.READ, 1);
      String key = key(item);
      if (empty && seen.put(key)) {
        write(key, read);
      } else {
        lookUp(key, read);
      }
      if (underWay.size() >= MOST_UNDER_WAY) {
        settle();
      }
    }

    private void write(String key, Read read) {
      underWay.put(key, read);
      if (read.change == Change.DELETE) {
        batches.delete(read.item);
      } else {
        batches.put(read.item);
      }
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
      tally.add(new Read(at, item, Change.PUT).kind(), RecordStatus.READ, 1);
    }

    private void apply(Place at, ItemRecord change, long earlier) {
      boolean deleted = change.item() == null;
      Map<String, AttributeValue> item = deleted ? change.keys() : change.item();
      Read read = new Read(at, item, deleted ? Change.DELETE : Change.PUT);
      tally.add(read.kind(), RecordStatus.UNCHANGED, earlier);
      lookUp(key(item), read);
    }

    /** Of two with one key the second is looked up once the first is written. */
    private void lookUp(String key, Read read) {
      if (toRead.containsKey(key) || toRead.size() >= TO_READ) {
        settle();
      }
      toRead.put(key, read);
    }

    /** Waits for what is written, looks up what is to be read, and writes what is not there. */
    private void settle() {
      flush();
      if (!toRead.isEmpty()) {
        Map<String, Read> batch = toRead;
        toRead = new LinkedHashMap<>();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        batch.values().forEach(read -> items.add(read.item));
        Map<String, Map<String, AttributeValue>> standing = new LinkedHashMap<>();
        reads.standing(items).forEach(item -> standing.put(key(item), item));
        batch.forEach((key, read) -> decide(key, read, standing.get(key)));
      }
      listener.progress().accept(tally.progress(file));
    }

    private void decide(String key, Read read, Map<String, AttributeValue> there) {
      boolean same =
          read.change == Change.DELETE
              ? there == null
              : there != null && SameItem.same(there, read.item);
      if (same) {
        tally.add(read.kind(), RecordStatus.UNCHANGED, 1);
      } else if (there == null || overwrite || read.change != Change.NONE) {
        write(key, read);
      } else {
        reject(read.kind(), read.at, "another item has its key; --overwrite replaces it");
      }
    }

    private void flush() {
      batches.flush();
      for (Refused one = refused.poll(); one != null; one = refused.poll()) {
        Read read = underWay.remove(one.key);
        reject(read.kind(), read.at, one.reason);
      }
      Set<String> changed = new LinkedHashSet<>();
      for (Read read : underWay.values()) {
        tally.add(read.kind(), RecordStatus.WRITTEN, 1);
        changed.add(read.item.get(Keys.PK).s());
      }
      changed.forEach(listener.changed());
      underWay.clear();
    }

    SeedAccount finish() throws IOException {
      settle();
      if (changes != null) {
        try (ChangeLog all = changes) {
          all.forEachLast(this::apply);
        }
        settle();
      }
      flush();
      listener.progress().accept(tally.progress(file));
      return tally.account(EnumSet.of(Kind.MESSAGE, Kind.ROW));
    }
  }
}
