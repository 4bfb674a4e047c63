package com.cruddur.ddb.dynamo.dryrun;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The client of a {@link DryRunRequests}: the operations that ddb uses, and no other. Reads are the
 * table's with the plan laid over them; a table that would be new is empty.
 */
final class DryRunClient implements DynamoDbClient {
  private final DynamoDbClient client;
  private final DryRunRequests rehearsal;
  private final DryRunWrites writes;

  DryRunClient(DynamoDbClient client, DryRunRequests rehearsal) {
    this.client = client;
    this.rehearsal = rehearsal;
    this.writes = new DryRunWrites(rehearsal, this::standing);
  }

  /** What the table itself has on a key; empty for nothing. */
  private Map<String, AttributeValue> standing(String table, Map<String, AttributeValue> key) {
    return rehearsal.created(table) != null
        ? Map.of()
        : client.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    Optional<DryRunItems.Planned> planned = rehearsal.items(request.tableName()).at(request.key());
    return planned
        .map(p -> GetItemResponse.builder().item(p.item()).build())
        .orElseGet(
            () ->
                rehearsal.created(request.tableName()) != null
                    ? GetItemResponse.builder().build()
                    : client.getItem(request));
  }

  /** Planned items are answered here; the other keys are asked of the table. */
  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    Map<String, KeysAndAttributes> left = new HashMap<>();
    Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
    request
        .requestItems()
        .forEach(
            (table, asked) -> {
              List<Map<String, AttributeValue>> keys = new ArrayList<>();
              for (Map<String, AttributeValue> key : asked.keys()) {
                Optional<DryRunItems.Planned> planned = rehearsal.items(table).at(key);
                if (planned.isEmpty()) {
                  keys.add(key);
                } else if (planned.get().item() != null) {
                  found.computeIfAbsent(table, t -> new ArrayList<>()).add(planned.get().item());
                }
              }
              if (!keys.isEmpty() && rehearsal.created(table) == null) {
                left.put(table, asked.toBuilder().keys(keys).build());
              }
            });
    BatchGetItemResponse answer =
        left.isEmpty()
            ? BatchGetItemResponse.builder().unprocessedKeys(Map.of()).build()
            : client.batchGetItem(request.toBuilder().requestItems(left).build());
    answer
        .responses()
        .forEach(
            (table, items) -> found.computeIfAbsent(table, t -> new ArrayList<>()).addAll(items));
    return answer.toBuilder().responses(found).build();
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    boolean created = rehearsal.created(request.tableName()) != null;
    return rehearsal
        .items(request.tableName())
        .query(request, asked -> created ? QueryResponse.builder().build() : client.query(asked));
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    ScanResponse page =
        rehearsal.created(request.tableName()) != null
            ? ScanResponse.builder().build()
            : client.scan(request);
    return rehearsal.items(request.tableName()).scan(request, page);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    writes.put(request);
    return PutItemResponse.builder().build();
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    writes.update(request);
    return UpdateItemResponse.builder().build();
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    writes.delete(request);
    return DeleteItemResponse.builder().build();
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    writes.batch(request);
    return BatchWriteItemResponse.builder().unprocessedItems(Map.of()).build();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    writes.transact(request);
    return TransactWriteItemsResponse.builder().build();
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    TableDescription planned = rehearsal.created(request.tableName());
    if (planned != null) {
      return DescribeTableResponse.builder().table(planned).build();
    } else if (rehearsal.deleted(request.tableName())) {
      throw ResourceNotFoundException.builder().message("the table would be gone").build();
    }
    return client.describeTable(request);
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return client.describeContinuousBackups(request);
  }

  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    return client.listTables(request);
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    try {
      describeTable(r -> r.tableName(request.tableName()));
      throw ResourceInUseException.builder().message("the table exists").build();
    } catch (ResourceNotFoundException e) {
      TableDescription table = description(request);
      rehearsal.create(table);
      return CreateTableResponse.builder().tableDescription(table).build();
    }
  }

  private static TableDescription description(CreateTableRequest request) {
    return TableDescription.builder()
        .tableName(request.tableName())
        .tableStatus(TableStatus.ACTIVE)
        .keySchema(request.keySchema())
        .attributeDefinitions(request.attributeDefinitions())
        .globalSecondaryIndexes(
            request.globalSecondaryIndexes().stream()
                .map(
                    index ->
                        GlobalSecondaryIndexDescription.builder()
                            .indexName(index.indexName())
                            .indexStatus(IndexStatus.ACTIVE)
                            .keySchema(index.keySchema())
                            .projection(index.projection())
                            .build())
                .toList())
        .streamSpecification(request.streamSpecification())
        .build();
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    TableDescription table = describeTable(r -> r.tableName(request.tableName())).table();
    if (Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
      throw (ResourceInUseException)
          ResourceInUseException.builder()
              .message("the table is protected against deletion")
              .build();
    }
    rehearsal.delete(request.tableName());
    return DeleteTableResponse.builder().build();
  }

  @Override
  public DynamoDbServiceClientConfiguration serviceClientConfiguration() {
    return client.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }
}
