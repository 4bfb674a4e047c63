package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.WorkerThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads many items by their keys, several requests at once. */
final class BatchReads implements ItemReads {
  /** DynamoDB's own bound on a request. */
  private static final int MOST = 100;

  private static final int THREADS = 8;

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff;
  private final int size;
  private final CallTimeouts timeouts;
  private final ExecutorService threads = WorkerThreads.pool(THREADS, "batch-read");

  BatchReads(DynamoDbClient client, String table, Backoff backoff) {
    this.client = client;
    this.table = table;
    this.backoff = backoff;
    this.timeouts = new CallTimeouts(client);
    this.size = CapacityCap.of(client).batch(false, MOST);
  }

  @Override
  public boolean tableIsEmpty() {
    ScanResponse first = client.scan(r -> r.tableName(table).limit(1).consistentRead(true));
    // A page may hold nothing and yet not be the last.
    return first.items().isEmpty() && !first.hasLastEvaluatedKey();
  }

  @Override
  public List<Map<String, AttributeValue>> standing(List<Map<String, AttributeValue>> items) {
    List<Future<List<Map<String, AttributeValue>>>> batches = new ArrayList<>();
    for (int i = 0; i < items.size(); i += size) {
      List<Map<String, AttributeValue>> keys =
          items.subList(i, Math.min(i + size, items.size())).stream().map(Keys::of).toList();
      batches.add(threads.submit(() -> read(keys)));
    }
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    batches.forEach(batch -> found.addAll(WorkerThreads.await(batch)));
    return found;
  }

  private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    Map<String, KeysAndAttributes> left =
        Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
    for (int attempt = 1; ; attempt++) {
      Map<String, KeysAndAttributes> request = left;
      BatchGetItemResponse answer =
          RetryPolicy.answer(
              backoff,
              timeouts,
              limits ->
                  client.batchGetItem(r -> r.requestItems(request).overrideConfiguration(limits)));
      int before = found.size();
      answer.responses().values().forEach(found::addAll);
      left = answer.unprocessedKeys();
      if (left.isEmpty()) {
        return found;
      } else if (found.size() > before) {
        // 16 MB an answer: the rest at once.
        attempt = 0;
        continue;
      } else if (attempt == RetryPolicy.TRIES) {
        throw new BatchWriter.UnprocessedException(left.values().iterator().next().keys().size());
      }
      backoff.pause(attempt);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
