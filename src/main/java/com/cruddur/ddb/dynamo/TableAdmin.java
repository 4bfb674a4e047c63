package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.BusyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Creates, describes, lists and deletes tables. The client is closed with it; where that is
 * somebody else's it is not closed.
 */
public final class TableAdmin implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final DynamoDbClient client;

  /** Null when the changes are meant. */
  private final TablePlan plan;

  public TableAdmin(DynamoDbClient client) {
    this(client, null);
  }

  /**
   * The same.
   *
   * @param plan is told of the tables that would be made and deleted; null to do it
   */
  public TableAdmin(DynamoDbClient client, TablePlan plan) {
    this.client = client;
    this.plan = plan;
  }

  /**
   * What {@link #load} found or did.
   *
   * @param created whether the table is new
   * @param differences how a table that was there differs from the schema; empty when it is right
   */
  public record Loaded(boolean created, List<String> differences) {}

  /**
   * Creates the table unless one is there, and waits until it and its index are active.
   *
   * @throws BusyException when they are not within ten minutes
   */
  public Loaded load(String table, TableSchema.Options options) {
    try {
      TableDescription there = describe(table);
      if (there.tableStatus() != TableStatus.DELETING) {
        awaitActive(table, there);
        return new Loaded(false, TableSchema.differences(there, options.stream()));
      }
      awaitGone(table);
    } catch (ResourceNotFoundException e) {
      // The usual case: it is to be made.
    }
    if (plan != null) {
      plan.create(table);
      return new Loaded(true, List.of());
    }
    try {
      TableDescription made =
          client.createTable(TableSchema.request(table, options)).tableDescription();
      awaitActive(table, made);
      return new Loaded(true, List.of());
    } catch (ResourceInUseException e) {
      // Somebody else made it meanwhile.
      TableDescription there = describe(table);
      awaitActive(table, there);
      return new Loaded(false, TableSchema.differences(there, options.stream()));
    }
  }

  /** Whether there is a table of that name. */
  public boolean exists(String table) {
    return find(table).isPresent();
  }

  /**
   * The table as it is.
   *
   * @throws ResourceNotFoundException when there is none
   */
  public TableDescription describe(String table) {
    return client.describeTable(request -> request.tableName(table)).table();
  }

  /** Turns the table's stream on and waits for it; false when it was on. */
  public boolean enableStream(String table) {
    if (!TableSchema.stream(describe(table).streamSpecification()).equals("off")) {
      return false;
    }
    TableDescription updated =
        client
            .updateTable(r -> r.tableName(table).streamSpecification(TableSchema.STREAM))
            .tableDescription();
    awaitActive(table, updated);
    return true;
  }

  /** Every table of the account and region, by name, read page by page. */
  public Stream<String> tables() {
    return client.listTablesPaginator().tableNames().stream();
  }

  /**
   * Deletes a table and waits until it is gone.
   *
   * @throws ResourceNotFoundException when there is none
   * @throws BusyException when it is not gone within ten minutes
   */
  public void drop(String table) {
    TableDescription there = describe(table);
    if (plan != null) {
      planDrop(there);
      return;
    }
    try {
      client.deleteTable(request -> request.tableName(table));
    } catch (ResourceNotFoundException e) {
      // It was there: the answer to an earlier try of this very request was lost.
      return;
    } catch (ResourceInUseException e) {
      if (describe(table).tableStatus() != TableStatus.DELETING) {
        throw e;
      }
    }
    awaitGone(table);
  }

  private void planDrop(TableDescription table) {
    if (Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
      throw (ResourceInUseException)
          ResourceInUseException.builder()
              .message("the table is protected against deletion")
              .build();
    }
    plan.delete(table.tableName());
  }

  /** The additions of what a table lacks; progress is told how far the index is. */
  public SchemaUpdate update(String table, Consumer<String> progress) {
    return new SchemaUpdate(client, table, progress);
  }

  /** Whether every second of the last weeks can be had back. */
  public boolean hasPointInTimeRecovery(String table) {
    return hasPointInTimeRecovery(client, table);
  }

  static boolean hasPointInTimeRecovery(DynamoDbClient client, String table) {
    return client
            .describeContinuousBackups(r -> r.tableName(table))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription()
            .pointInTimeRecoveryStatus()
        == PointInTimeRecoveryStatus.ENABLED;
  }

  /** A table's items as DynamoDB counts them now and then; -1 when it does not tell. */
  public long roughItems(String table) {
    try {
      long items = describe(table).itemCount();
      return items > 0 ? items : -1;
    } catch (DynamoDbException e) {
      // Whoever may read items need not be allowed to describe the table.
      return -1;
    }
  }

  /**
   * Reads a key that nothing stands on: whether the table answers.
   *
   * @return the RCU of it; null when that is not told
   */
  public Double probe(String table) {
    ConsumedCapacity consumed =
        client
            .query(
                Requests.partition(table, Keys.messages("-"))
                    .projectionExpression("pk, sk")
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(1)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                    .build())
            .consumedCapacity();
    return consumed == null ? null : consumed.capacityUnits();
  }

  /** What requests are signed with; no secret. */
  public String accessKeyId() {
    return client
        .serviceClientConfiguration()
        .credentialsProvider()
        .resolveIdentity()
        .join()
        .accessKeyId();
  }

  @Override
  public void close() {
    client.close();
  }

  private void awaitActive(String table, TableDescription seen) {
    if (!isActive(seen)) {
      // One that was just made is not seen everywhere yet.
      await(
          "ACTIVE with its index", table, found -> found.filter(TableAdmin::isActive).isPresent());
    }
  }

  private static boolean isActive(TableDescription table) {
    return table.tableStatus() == TableStatus.ACTIVE
        && table.globalSecondaryIndexes().stream()
            .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }

  private void awaitGone(String table) {
    await("gone", table, Optional::isEmpty);
  }

  /** The SDK's own waiters know nothing of indexes. */
  private void await(String wanted, String table, Predicate<Optional<TableDescription>> isSo) {
    long looks = PATIENCE.dividedBy(POLL);
    for (long look = 0; look < looks; look++) {
      if (isSo.test(find(table))) {
        return;
      }
      pause();
    }
    throw new BusyException(
        "table " + table + " is not " + wanted + " after " + PATIENCE.toMinutes() + " minutes",
        "'ddb describe' shows its state; the same command goes on waiting.");
  }

  private Optional<TableDescription> find(String table) {
    try {
      return Optional.of(describe(table));
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("interrupted while waiting for the table", "Run it again.");
    }
  }
}
