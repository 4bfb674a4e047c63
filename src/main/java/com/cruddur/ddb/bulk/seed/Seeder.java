package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.BrokenGzipException;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.OpenInput;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedFormat;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.bulk.seed.JsonDocumentReader.Part;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import com.cruddur.ddb.dynamo.batch.ItemSink;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.file.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads users' conversations into the table: in bulk, and so that nothing is lost, overwritten or
 * doubled. Loading the same input again changes nothing, also after a run that was killed, so that
 * running it again is the cure for any interruption.
 *
 * <p>Inputs that begin with users are read first, whatever their order, since others may name them.
 */
public final class Seeder {
  /**
   * When a transcript ends.
   *
   * @param time of its last message
   * @param asked whether somebody asked for that time, and wants to know when it is not taken
   */
  public record TranscriptEnd(Instant time, boolean asked) {}

  private static final String LATE = ".ddb-late";

  private final ConversationStore store;
  private final ItemTable items;
  private final Reconciler reconciler;
  private final UserDirectory users;
  private final TranscriptEnd until;
  private final BulkListener listener;

  /**
   * A seeder of one table.
   *
   * @param store the table as the domain sees it
   * @param items the same table for batches
   * @param users those whom the input does not define
   * @param until when a transcript ends
   */
  public Seeder(
      ConversationStore store,
      ItemTable items,
      Reconciler reconciler,
      UserDirectory users,
      TranscriptEnd until,
      BulkListener listener) {
    this.store = store;
    this.items = items;
    this.reconciler = reconciler;
    this.users = users;
    this.until = until;
    this.listener = listener;
  }

  /** As {@link #seed(List, Checkpoint)}, always from the beginning. */
  public SeedAccount seed(List<SeedInput> inputs) {
    return seed(inputs, Checkpoint.none());
  }

  /**
   * Loads inputs.
   *
   * @param checkpoint where an earlier run of the same inputs was, and where this one is
   * @throws UncheckedIOException when an input cannot be read
   * @throws StoppedException when the checkpoint was told to stop
   * @throws RuntimeException what the database failed with; running again goes on
   */
  public SeedAccount seed(List<SeedInput> inputs, Checkpoint checkpoint) {
    SeedUsers known = new SeedUsers(users);
    SeedPosition from =
        checkpoint.resumed() ? SeedState.position(checkpoint, inputs.size()) : SeedPosition.START;
    try (Sources sources = new Sources();
        DeferredRecords late =
            new DeferredRecords(() -> checkpoint.beside(LATE, from.lateBytes()), from.late())) {
      SeedRun run = new SeedRun(store, known, listener, checkpoint, late);
      try (ItemSink batches = items.sink();
          ItemReads reads = items.reads();
          SeedPipeline rounds =
              new SeedPipeline(writer(batches, reads, run), batches, run::position, run::written)) {
        run.writeTo(rounds);
        SeedAccount account = new Reading(run, known, late, from).read(inputs, sources, checkpoint);
        checkpoint.end(LATE);
        return account;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The inputs one after the other, from where an earlier run was. */
  private final class Reading {
    private final SeedRun run;
    private final SeedUsers known;
    private final DeferredRecords late;
    private final SeedPosition from;

    Reading(SeedRun run, SeedUsers known, DeferredRecords late, SeedPosition from) {
      this.run = run;
      this.known = known;
      this.late = late;
      this.from = from;
    }

    SeedAccount read(List<SeedInput> inputs, Sources sources, Checkpoint checkpoint)
        throws IOException {
      boolean resumed = checkpoint.resumed();
      for (SeedInput input : inputs) {
        sources.add(input, resumed ? null : run);
      }
      if (resumed) {
        run.resume(from);
      } else {
        sources.readUsers(run);
      }
      try {
        return all(sources.inOrder(), sources.withUsers);
      } catch (StoppedException e) {
        run.catchUp();
        run.save();
        throw e;
      } catch (RuntimeException e) {
        run.save();
        throw e;
      }
    }

    private SeedAccount all(List<Source> sources, Set<Source> withUsers) throws IOException {
      boolean transcripts = sources.stream().anyMatch(s -> s.format == SeedFormat.TRANSCRIPT);
      if (until.asked() && !transcripts) {
        listener.notes().accept("--until dates transcripts; none is among the input");
      }
      for (int i = from.input(); i < sources.size(); i++) {
        Source source = sources.get(i);
        run.reading(i, source.input.name(), from(i), !source.format.byLines);
        one(source, from(i), withUsers.contains(source));
        run.requireMet();
      }
      if (!late.isEmpty()) {
        run.catchUp();
        for (int pass = 0; pass < NdjsonReader.LATE_TYPES.size(); pass++) {
          int number = sources.size() + pass;
          if (number >= from.input()) {
            run.reading(number, "lines put off", from(number), false);
            String type = NdjsonReader.LATE_TYPES.get(pass);
            NdjsonReader.readLate(late, type, from(number).line(), run);
          }
        }
      }
      return run.finish();
    }

    private SeedPosition from(int input) {
      return input == from.input() ? from : SeedPosition.START;
    }

    private static String holdsNothing(SeedFormat format) {
      return format == SeedFormat.EMPTY
          ? " is empty: nothing was read from it"
          : " holds no users, conversations or messages: nothing was read from it";
    }

    private void one(Source source, SeedPosition at, boolean hasUsers) throws IOException {
      String name = source.input.name();
      switch (source.format) {
        case JSON -> source.read(in -> new JsonDocumentReader(name, run).read(in, Part.ALL));
        case JSON_USERS_LAST ->
            source.read(in -> new JsonDocumentReader(name, run).read(in, Part.CONVERSATIONS));
        case NDJSON, NDJSON_USERS_FIRST ->
            source.read(in -> new NdjsonReader(name, run, late).read(in, at.line(), at.bytes()));
        case TRANSCRIPT ->
            new TranscriptReader(name, run, known, store, until, listener.notes())
                .read(source.input);
        case FOREIGN -> run.unreadable(new Place(name, 1), Kind.UNREADABLE, source.foreign);
        case EMPTY -> {
          // Told with those that hold no record.
        }
      }
      if (run.position().records() == 0 && !hasUsers) {
        listener.notes().accept(name + holdsNothing(source.format));
      }
    }
  }

  private ConversationWriter writer(ItemSink batches, ItemReads reads, SeedRun run) {
    RowSettlement rows = new RowSettlement(store, reads, reconciler);
    return new ConversationWriter(
        store,
        items,
        new ConversationOpening(store, items, rows, run.renamed, reads.tableIsEmpty()),
        rows,
        batches,
        InstantSource.system());
  }

  /** An input whose format is known; open still when it cannot be opened again. */
  private record Source(SeedInput input, SeedFormat format, String foreign, OpenInput open) {
    interface StreamReader {
      void read(java.io.InputStream in) throws IOException;
    }

    void read(StreamReader reader) throws IOException {
      try (OpenInput in = open == null ? OpenInput.of(input) : open) {
        reader.read(in.stream);
      }
    }
  }

  /** The inputs of a run, and what must be closed after it. */
  private static final class Sources implements Closeable {
    private final List<Source> sources = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();

    /** Those of which a pass before has read users. */
    private final Set<Source> withUsers = new HashSet<>();

    /** Adds an input; what is wrong with it as a whole is told to a run, unless that is null. */
    void add(SeedInput input, SeedRun run) throws IOException {
      OpenInput in;
      try {
        in = OpenInput.of(input);
      } catch (BrokenGzipException e) {
        broken(run, input, e.getMessage());
        return;
      }
      if (input.reopenable()) {
        in.close();
        sources.add(new Source(input, in.format, in.foreign, null));
      } else if (in.format.readTwice) {
        try (in) {
          Spool spool = in.spool();
          open.add(spool);
          sources.add(
              new Source(
                  new SeedInput(input.name(), spool::open, true), in.format, in.foreign, null));
        }
      } else {
        open.add(in);
        sources.add(new Source(input, in.format, in.foreign, in));
      }
    }

    private static void broken(SeedRun run, SeedInput input, String reason) {
      if (run != null) {
        run.unreadable(new Place(input.name(), 1), Kind.UNREADABLE, reason);
      }
    }

    void readUsers(SeedRun run) throws IOException {
      for (Source source : sources) {
        if (source.format == SeedFormat.JSON_USERS_LAST) {
          String name = source.input.name();
          long before = run.position().records();
          source.read(in -> new JsonDocumentReader(name, run).read(in, Part.USERS));
          if (run.position().records() > before) {
            withUsers.add(source);
          }
        }
      }
    }

    List<Source> inOrder() {
      return sources.stream()
          .sorted(Comparator.comparing((Source s) -> !s.format.usersFirst))
          .toList();
    }

    @Override
    public void close() throws IOException {
      for (Closeable one : open) {
        one.close();
      }
    }
  }
}
