package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.Requests;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The items of one DynamoDB table. Thread-safe; the client is the caller's to close. */
public final class DynamoDbItemTable implements ItemTable {
  private final DynamoDbClient client;
  private final String table;

  public DynamoDbItemTable(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  @Override
  public ItemPages pages() {
    return new TablePages(client, table);
  }

  @Override
  public ItemPages indexPages() {
    return TablePages.ofIndex(client, table, TableSchema.INDEX);
  }

  @Override
  public ItemPages pages(List<String> groups) {
    return new ConversationPages(client, table, groups);
  }

  @Override
  public Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    return client.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
  }

  @Override
  public Stream<Map<String, AttributeValue>> messages(MessageQuery query) {
    return all(Keys.messages(query.groupUuid()), Requests.messages(table, query));
  }

  @Override
  public Stream<Map<String, AttributeValue>> rows(String userUuid, Set<String> groups) {
    String pk = Keys.conversations(userUuid);
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", AttributeValue.fromS(pk)));
    StringJoiner names = new StringJoiner(", ", Keys.GROUP + " IN (", ")");
    for (String group : groups) {
      String name = ":g" + values.size();
      values.put(name, AttributeValue.fromS(group));
      names.add(name);
    }
    return all(
        pk,
        Requests.partition(table, pk)
            .filterExpression(names.toString())
            .expressionAttributeValues(values)
            .consistentRead(true)
            .build());
  }

  @Override
  public Stream<Map<String, AttributeValue>> indexedRows(String groupUuid) {
    return all(groupUuid, Requests.indexedRows(table, groupUuid));
  }

  /** Page by page as the stream is drawn; nothing can stand under a key that is too long. */
  private Stream<Map<String, AttributeValue>> all(String key, QueryRequest request) {
    if (!Keys.fits(key)) {
      return Stream.empty();
    }
    return client.queryPaginator(request).stream().flatMap(page -> page.items().stream());
  }

  @Override
  public ItemReads reads() {
    return new BatchReads(client, table, Backoff.jittered());
  }

  @Override
  public ItemSink sink(BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused) {
    return new BatchWriter(client, table, Backoff.jittered(), refused);
  }
}
