package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.Requests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Every item of some conversations, by queries: a segment for each, its messages and with the last
 * of them its rows. Rows are read from the base table, strongly consistent; the index only names
 * their owners, and so do they and the senders.
 */
public final class ConversationPages implements ItemPages {
  private final DynamoDbClient client;
  private final String table;
  private final List<String> groups;
  private final Backoff backoff = Backoff.jittered();

  public ConversationPages(DynamoDbClient client, String table, List<String> groups) {
    this.client = client;
    this.table = table;
    this.groups = List.copyOf(groups);
  }

  /**
   * As {@link ItemPages#page}.
   *
   * @throws NotFoundException when the conversation has neither messages nor rows
   */
  @Override
  public Answer page(Segment segment, Map<String, AttributeValue> after) {
    String group = groups.get(segment.number());
    QueryRequest.Builder request = Requests.partition(table, Keys.messages(group));
    if (!after.isEmpty()) {
      request.exclusiveStartKey(after);
    }
    QueryResponse answer = ask(request.consistentRead(true).build());
    if (answer.hasLastEvaluatedKey()) {
      return new Answer(answer.items(), answer.lastEvaluatedKey());
    }
    List<Map<String, AttributeValue>> items = new ArrayList<>(answer.items());
    items.addAll(rows(group, answer.items()));
    if (items.isEmpty() && after.isEmpty()) {
      throw new NotFoundException(
          "conversation " + group + " does not exist",
          "See 'ddb list-conversations USER' for a user's conversations.");
    }
    return new Answer(items, Map.of());
  }

  private QueryResponse ask(QueryRequest request) {
    return RetryPolicy.answer(backoff, () -> client.query(request));
  }

  private List<Map<String, AttributeValue>> rows(
      String group, List<Map<String, AttributeValue>> messages) {
    Set<String> owners = new LinkedHashSet<>();
    for (Map<String, AttributeValue> row : ask(Requests.indexedRows(table, group)).items()) {
      owners.add(Keys.uuid(Items.text(row, Keys.PK)));
      owners.add(Items.text(row, "user_uuid"));
    }
    messages.forEach(message -> owners.add(Items.text(message, "user_uuid")));
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> rows = new LinkedHashMap<>();
    Set<String> read = new LinkedHashSet<>();
    while (!read.containsAll(owners)) {
      for (String owner : List.copyOf(owners)) {
        if (read.add(owner) && !owner.isEmpty()) {
          for (Map<String, AttributeValue> row : rows(owner, group)) {
            rows.put(Keys.key(Items.text(row, Keys.PK), Items.text(row, Keys.SK)), row);
            owners.add(Items.text(row, "user_uuid"));
          }
        }
      }
    }
    return List.copyOf(rows.values());
  }

  private List<Map<String, AttributeValue>> rows(String owner, String group) {
    String pk = Keys.conversations(owner);
    if (!Keys.fits(pk)) {
      return List.of();
    }
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    Map<String, AttributeValue> after = Map.of();
    do {
      QueryRequest.Builder request =
          Requests.partition(table, pk)
              .filterExpression("message_group_uuid = :group")
              .expressionAttributeValues(
                  Map.of(":pk", AttributeValue.fromS(pk), ":group", AttributeValue.fromS(group)))
              .consistentRead(true);
      if (!after.isEmpty()) {
        request.exclusiveStartKey(after);
      }
      QueryResponse answer = ask(request.build());
      rows.addAll(answer.items());
      after = answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : Map.of();
    } while (!after.isEmpty());
    return rows;
  }
}
