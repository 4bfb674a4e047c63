package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Every item of a table or an index, by scans. */
public final class TablePages implements ItemPages {
  private final String table;
  private final String index;
  private final ScanPace pace;

  public TablePages(DynamoDbClient client, String table) {
    this(client, table, null, Backoff.jittered());
  }

  TablePages(DynamoDbClient client, String table, Backoff backoff) {
    this(client, table, null, backoff);
  }

  private TablePages(DynamoDbClient client, String table, String index, Backoff backoff) {
    this.table = table;
    this.index = index;
    this.pace = new ScanPace(client, backoff);
  }

  /** Of an index: only what stands in it is read, and paid for. */
  public static TablePages ofIndex(DynamoDbClient client, String table, String index) {
    return new TablePages(client, table, index, Backoff.jittered());
  }

  @Override
  public Answer page(Segment segment, Map<String, AttributeValue> after) {
    ScanRequest.Builder request =
        ScanRequest.builder().tableName(table).indexName(index).limit(segment.pageSize());
    if (segment.of() > 1) {
      request.segment(segment.number()).totalSegments(segment.of());
    }
    if (!after.isEmpty()) {
      request.exclusiveStartKey(after);
    }
    ScanResponse answer = pace.ask(request.build());
    return new Answer(
        answer.items(), answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : Map.of());
  }
}
