package com.cruddur.ddb.engine;

import com.cruddur.ddb.engine.http.EngineServer;
import com.cruddur.ddb.engine.operations.CapacityPerSecond;
import com.cruddur.ddb.engine.operations.Expiry;
import com.cruddur.ddb.engine.operations.IndexBuilder;
import com.cruddur.ddb.engine.operations.ItemOperations;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.operations.SettingsOperations;
import com.cruddur.ddb.engine.operations.StreamOperations;
import com.cruddur.ddb.engine.operations.TableOperations;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.stream.Streams;
import com.cruddur.ddb.engine.transfer.Transfer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A DynamoDB that serves this machine: a database, its operations, a server, and its housekeeping.
 */
public final class Engine implements AutoCloseable {
  private static final String TABLES = "DynamoDB_20120810.";
  private static final String STREAMS = "DynamoDBStreams_20120810.";
  private static final long EXPIRY_SECONDS = 10;
  private static final long TIDY_SECONDS = 60;
  private static final long IDLE_SECONDS = 15;

  private final Database database;
  private final Streams streams;
  private final IndexBuilder builder = new IndexBuilder();
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "dynamodb-housekeeping");
            thread.setDaemon(true);
            return thread;
          });
  private final Transfer transfer;
  private final Expiry expiry;
  private final EngineServer server;
  private long writesSeen;
  private long writesCollected;

  private Engine(int port, Database database, Path buckets, InstantSource clock, Faults faults)
      throws IOException {
    this.database = database;
    this.streams = new Streams(database, clock);
    this.transfer = new Transfer(database, streams, clock, buckets);
    database.lagIndexes(Duration.ofMillis(faults.indexLagMillis()), clock);
    this.server =
        EngineServer.start(
            port,
            database,
            clock,
            operations(),
            new CapacityPerSecond(faults.throttleRcu(), faults.throttleWcu(), clock),
            Duration.ofMillis(faults.latencyMillis()));
    builder.resume(database);
    this.expiry = new Expiry(database, clock);
    every(EXPIRY_SECONDS, expiry::run);
    every(TIDY_SECONDS, streams::tidy);
    every(IDLE_SECONDS, this::giveMemoryBack);
  }

  /**
   * Listens on loopback.
   *
   * @param port 0 for any free one
   * @param folder where tables are kept, or nothing to keep them in memory
   * @param buckets a folder that holds a folder for each bucket of S3
   * @throws java.net.BindException if the port is taken
   * @throws com.cruddur.ddb.engine.storage.StorageException if the folder cannot be used
   */
  public static Engine start(
      int port, Optional<Path> folder, Path buckets, InstantSource clock, Faults faults)
      throws IOException {
    Database database = folder.map(Database::open).orElseGet(Database::inMemory);
    try {
      return new Engine(port, database, buckets, clock, faults);
    } catch (IOException | RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  private Map<String, Operation> operations() {
    Map<String, Operation> all = new HashMap<>();
    TableOperations.all(streams, builder)
        .forEach((name, operation) -> all.put(TABLES + name, operation));
    ItemOperations.all().forEach((name, operation) -> all.put(TABLES + name, operation));
    transfer.operations().forEach((name, operation) -> all.put(TABLES + name, operation));
    SettingsOperations.all().forEach((name, operation) -> all.put(TABLES + name, operation));
    StreamOperations.all(streams).forEach((name, operation) -> all.put(STREAMS + name, operation));
    return all;
  }

  /** The JVM shrinks its heap only when it collects, and an idle one does not collect by itself. */
  private void giveMemoryBack() {
    long writes = database.writes();
    if (writes == writesSeen && writes != writesCollected) {
      writesCollected = writes;
      System.gc();
    }
    writesSeen = writes;
  }

  // What a process of its own writes to standard error is the log of the stack.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private void every(long seconds, Runnable work) {
    housekeeping.scheduleWithFixedDelay(
        () -> {
          try {
            work.run();
          } catch (RuntimeException failure) {
            // The next round tries again.
            failure.printStackTrace();
          }
        },
        seconds,
        seconds,
        TimeUnit.SECONDS);
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** The streams, for tests that roll shards over. */
  public Streams streams() {
    return streams;
  }

  /** Removes what has outlived its time, as happens by itself every ten seconds. */
  public void expire() {
    expiry.run();
  }

  /** Lets running requests end, then closes the database. */
  @Override
  public void close() throws IOException {
    server.close();
    housekeeping.shutdown();
    builder.close();
    transfer.close();
    database.close();
  }
}
