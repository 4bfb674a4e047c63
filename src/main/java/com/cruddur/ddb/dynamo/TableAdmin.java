package com.cruddur.ddb.dynamo;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Creates, describes, lists and deletes tables. The client is the caller's to close. */
public final class TableAdmin {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final DynamoDbClient client;

  public TableAdmin(DynamoDbClient client) {
    this.client = client;
  }

  /**
   * What {@link #load} found or did.
   *
   * @param created whether the table is new
   * @param differences how a table that was there differs from the schema; empty when it is right
   */
  public record Loaded(boolean created, List<String> differences) {}

  /** Creates the table unless one is there, and waits until it and its index are active. */
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
   */
  public void drop(String table) {
    describe(table);
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

  private void awaitActive(String table, TableDescription seen) {
    boolean active =
        seen.tableStatus() == TableStatus.ACTIVE
            && seen.globalSecondaryIndexes().stream()
                .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
    if (!active) {
      try (DynamoDbWaiter waiter = waiter()) {
        waiter.waitUntilTableExists(request -> request.tableName(table));
      }
    }
  }

  private void awaitGone(String table) {
    try {
      describe(table);
    } catch (ResourceNotFoundException e) {
      return;
    }
    try (DynamoDbWaiter waiter = waiter()) {
      waiter.waitUntilTableNotExists(request -> request.tableName(table));
    }
  }

  private DynamoDbWaiter waiter() {
    return DynamoDbWaiter.builder()
        .client(client)
        .overrideConfiguration(
            WaiterOverrideConfiguration.builder()
                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(POLL))
                .maxAttempts((int) PATIENCE.dividedBy(POLL))
                .waitTimeout(PATIENCE)
                .build())
        .build();
  }
}
