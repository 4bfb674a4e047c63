package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.BusyException;
import com.cruddur.ddb.text.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Adds to a table that exists what it lacks, one change at a time as DynamoDB wants it, and waits
 * for each. It never removes anything. A run that was interrupted is ended by the same one.
 */
public final class SchemaUpdate {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Between two words of progress. */
  private static final Duration TOLD = Duration.ofSeconds(5);

  /** Tries of a change that DynamoDB refuses because of another one: ten seconds. */
  private static final int TRIES = 20;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final DynamoDbClient client;
  private final String table;
  private final Consumer<String> progress;

  /**
   * Updates of a table.
   *
   * @param progress told how far the index is, every five seconds
   */
  SchemaUpdate(DynamoDbClient client, String table, Consumer<String> progress) {
    this.client = client;
    this.table = table;
    this.progress = progress;
  }

  /**
   * What is wanted besides the index.
   *
   * @param stream whether the stream is turned on
   * @param recovery whether point-in-time recovery is turned on
   * @param protection whether deletion protection is turned on
   */
  public record Wanted(boolean stream, boolean recovery, boolean protection) {}

  /**
   * Adds what is wanted and not there.
   *
   * @param options the capacity of a new index where the table is provisioned
   * @return what was added; nothing when all was there
   * @throws BusyException when it is interrupted, or stopped
   */
  public List<String> add(Wanted wanted, TableSchema.Options options) {
    List<String> added = new ArrayList<>();
    for (Addition addition : Addition.values()) {
      if (addIfMissing(addition, wanted, options)) {
        added.add(addition.words);
      }
    }
    awaitQuiet();
    return added;
  }

  /** Has {@link #add} end soon; what DynamoDB has begun it goes on with. For another thread. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Another may change the table between a look at it and a request: then it is looked at again.
   */
  private boolean addIfMissing(Addition addition, Wanted wanted, TableSchema.Options options) {
    for (int tries = 1; ; tries++) {
      TableDescription there = awaitQuiet();
      if (!lacks(there, addition, wanted)) {
        return false;
      }
      if (stopped.getCount() == 0) {
        throw new BusyException("interrupted; run the same command again to go on", null);
      }
      try {
        add(addition, there, options);
        return true;
      } catch (ResourceInUseException | LimitExceededException e) {
        if (tries == TRIES) {
          throw e;
        }
        pause(there);
      } catch (DynamoDbException e) {
        if (lacks(describe(), addition, wanted)) {
          throw e;
        }
      }
    }
  }

  /** What {@link #add} would add to the table as it is now; only reads. */
  public List<String> missing(Wanted wanted) {
    TableDescription there = describe();
    return Arrays.stream(Addition.values())
        .filter(addition -> lacks(there, addition, wanted))
        .map(addition -> addition.words)
        .toList();
  }

  /** What can be added, in the order in which it is. */
  private enum Addition {
    INDEX("index " + TableSchema.INDEX),
    STREAM("stream"),
    PROTECTION("deletion protection"),
    RECOVERY("point-in-time recovery");

    private final String words;

    Addition(String words) {
      this.words = words;
    }
  }

  private boolean lacks(TableDescription there, Addition addition, Wanted wanted) {
    return switch (addition) {
      case INDEX -> index(there).isEmpty();
      case STREAM -> wanted.stream && TableSchema.stream(there.streamSpecification()).equals("off");
      case PROTECTION ->
          wanted.protection && !Boolean.TRUE.equals(there.deletionProtectionEnabled());
      case RECOVERY -> wanted.recovery && !TableAdmin.hasPointInTimeRecovery(client, table);
    };
  }

  private void add(Addition addition, TableDescription there, TableSchema.Options options) {
    switch (addition) {
      case INDEX -> {
        boolean provisioned = there.provisionedThroughput().readCapacityUnits() > 0;
        client.updateTable(TableSchema.withIndex(table, provisioned, options));
      }
      case STREAM ->
          client.updateTable(r -> r.tableName(table).streamSpecification(TableSchema.STREAM));
      case PROTECTION ->
          client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(true));
      case RECOVERY ->
          client.updateContinuousBackups(
              r ->
                  r.tableName(table)
                      .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    }
  }

  /** Waits as long as it takes: the index of a large table is built for hours. */
  private TableDescription awaitQuiet() {
    long told = System.nanoTime();
    while (true) {
      TableDescription seen = describe();
      if (isQuiet(seen)) {
        return seen;
      }
      if (System.nanoTime() - told > TOLD.toNanos()) {
        told = System.nanoTime();
        progress.accept(progress(seen));
      }
      pause(seen);
    }
  }

  private TableDescription describe() {
    return client.describeTable(r -> r.tableName(table)).table();
  }

  private void pause(TableDescription seen) {
    boolean interrupted;
    try {
      interrupted = stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted = true;
    }
    if (interrupted) {
      throw new BusyException(
          "interrupted; "
              + progress(seen)
              + ", which goes on by itself: 'ddb describe --table "
              + table
              + "' shows how far it is, and the same command again adds the rest",
          null);
    }
  }

  private static boolean isQuiet(TableDescription seen) {
    return seen.tableStatus() == TableStatus.ACTIVE
        && seen.globalSecondaryIndexes().stream()
            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }

  /** A sample: the table is UPDATING; index message-group-sk-index is CREATING, 1200 items. */
  private static String progress(TableDescription seen) {
    return "the table is "
        + seen.tableStatusAsString()
        + index(seen)
            .map(
                index ->
                    "; index "
                        + index.indexName()
                        + " is "
                        + index.indexStatusAsString()
                        + (Boolean.TRUE.equals(index.backfilling()) ? ", backfilling" : "")
                        + (index.itemCount() == null
                            ? ""
                            : ", " + Count.of(index.itemCount(), "item")))
            .orElse("");
  }

  private static Optional<GlobalSecondaryIndexDescription> index(TableDescription table) {
    return table.globalSecondaryIndexes().stream()
        .filter(index -> index.indexName().equals(TableSchema.INDEX))
        .findFirst();
  }
}
