package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.JsonDocumentReader.Part;
import com.cruddur.ddb.bulk.Tally.Kind;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.BatchWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Loads users' conversations into the table: in bulk, and so that nothing is lost, overwritten or
 * doubled. Loading the same input again changes nothing, also after a run that was killed, so that
 * running it again is the cure for any interruption.
 *
 * <p>Inputs that begin with users are read first, whatever their order, since others may name them.
 */
public final class Seeder {
  private final ConversationStore store;
  private final DynamoDbClient client;
  private final String table;
  private final Reconciler reconciler;
  private final UserDirectory users;
  private final Instant until;
  private final BulkListener listener;

  /**
   * A seeder of one table.
   *
   * @param store the table as the domain sees it
   * @param client the same table for batches
   * @param users those whom the input does not define
   * @param until the moment of a transcript's last message
   */
  public Seeder(
      ConversationStore store,
      DynamoDbClient client,
      String table,
      Reconciler reconciler,
      UserDirectory users,
      Instant until,
      BulkListener listener) {
    this.store = store;
    this.client = client;
    this.table = table;
    this.reconciler = reconciler;
    this.users = users;
    this.until = until;
    this.listener = listener;
  }

  /**
   * Loads inputs.
   *
   * @throws UncheckedIOException when an input cannot be read
   * @throws RuntimeException what the database failed with; running again goes on
   */
  public SeedAccount seed(List<SeedInput> inputs) {
    SeedUsers known = new SeedUsers(users);
    SeedRun run = new SeedRun(store, known, listener);
    try (Sources sources = new Sources();
        LateLines late = new LateLines();
        BatchWriter batches = new BatchWriter(client, table, Backoff.jittered());
        Rounds rounds = new Rounds(writer(batches), batches, run::tell)) {
      run.writeTo(rounds);
      for (SeedInput input : inputs) {
        sources.add(input, run);
      }
      sources.readUsers(run);
      for (Source source : sources.inOrder()) {
        run.reading(source.input.name());
        read(source, run, known, late);
      }
      if (!late.isEmpty()) {
        run.catchUp();
        NdjsonReader.readLate(late, run);
      }
      return run.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private ConversationWriter writer(BatchWriter batches) {
    return new ConversationWriter(
        store, client, table, reconciler, batches, InstantSource.system());
  }

  private void read(Source source, SeedRun run, SeedUsers known, LateLines late)
      throws IOException {
    String name = source.input.name();
    switch (source.format) {
      case JSON -> source.read(in -> new JsonDocumentReader(name, run).read(in, Part.ALL));
      case JSON_USERS_LAST ->
          source.read(in -> new JsonDocumentReader(name, run).read(in, Part.CONVERSATIONS));
      case NDJSON, NDJSON_USERS_FIRST ->
          source.read(in -> new NdjsonReader(name, run, late).read(in));
      case TRANSCRIPT -> new TranscriptReader(name, run, known, store, until).read(source.input);
      case NOT_UTF_8 ->
          run.unreadable(new Place(name, 1), Kind.UNREADABLE, "the file is UTF-16, not UTF-8");
    }
  }

  /** An input whose format is known; open still when it cannot be opened again. */
  private record Source(SeedInput input, SeedFormat format, OpenInput open) {
    interface Reading {
      void read(java.io.InputStream in) throws IOException;
    }

    void read(Reading reading) throws IOException {
      try (OpenInput in = open == null ? OpenInput.of(input) : open) {
        reading.read(in.stream);
      }
    }
  }

  /** The inputs of a run, and what must be closed after it. */
  private static final class Sources implements Closeable {
    private final List<Source> sources = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();

    void add(SeedInput input, SeedRun run) throws IOException {
      OpenInput in;
      try {
        in = OpenInput.of(input);
      } catch (java.io.EOFException | java.util.zip.ZipException e) {
        run.unreadable(new Place(input.name(), 1), Kind.UNREADABLE, "the gzip file is broken");
        return;
      }
      if (input.reopenable()) {
        in.close();
        sources.add(new Source(input, in.format, null));
      } else if (in.format.readTwice) {
        try (in) {
          Spool spool = Spool.of(in.stream);
          open.add(spool);
          if (spool.broken()) {
            run.unreadable(
                new Place(input.name(), 1), Kind.UNREADABLE, "the gzip file is broken at its end");
          }
          sources.add(new Source(spool.input(input.name()), in.format, null));
        }
      } else {
        open.add(in);
        sources.add(new Source(input, in.format, in));
      }
    }

    void readUsers(SeedRun run) throws IOException {
      for (Source source : sources) {
        if (source.format == SeedFormat.JSON_USERS_LAST) {
          String name = source.input.name();
          source.read(in -> new JsonDocumentReader(name, run).read(in, Part.USERS));
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
