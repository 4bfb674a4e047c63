package com.cruddur.ddb.dynamo.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.FreshTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A rehearsal answers as the table would: the same requests are made of a rehearsal over a table
 * that is half filled, and of a copy of that table.
 */
class DryRunRequestsTest {
  private static final ReturnValuesOnConditionCheckFailure ALL_OLD =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;
  private final FreshTable rehearsed = new FreshTable();
  private final FreshTable real = new FreshTable();
  private final DryRunRequests rehearsal = new DryRunRequests();
  private final DynamoDbClient dry = rehearsal.over(rehearsed.client());
  private final Random random = new Random(7);

  @Test
  void answersEveryRequestAsTheTableItselfWould() {
    for (int i = 0; i < 12; i++) {
      Map<String, AttributeValue> item = item();
      rehearsed.put(item);
      real.put(item);
    }
    List<Map<String, AttributeValue>> before = rehearsed.items();
    for (int i = 0; i < 250; i++) {
      long seed = random.nextLong();
      String told = request(dry, rehearsed.name(), new Random(seed));
      String expected = request(real.client(), real.name(), new Random(seed));
      assertThat(told).as("request %d", i).isEqualTo(expected);
    }
    assertThat(rehearsed.items()).hasSameElementsAs(before);
    assertThat(scan(dry, rehearsed.name())).hasSameElementsAs(real.items());
  }

  private String request(DynamoDbClient client, String table, Random chance) {
    Map<String, AttributeValue> item = item(chance);
    Map<String, AttributeValue> other = item(chance);
    Map<String, AttributeValue> key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
    Map<String, AttributeValue> group = Map.of(":g", AttributeValue.fromS("g" + chance.nextInt(3)));
    try {
      switch (chance.nextInt(8)) {
        case 0 ->
            client.putItem(
                r ->
                    r.tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ALL_OLD));
        case 1 ->
            client.deleteItem(
                r ->
                    r.tableName(table)
                        .key(key)
                        .conditionExpression("message_group_uuid = :g")
                        .expressionAttributeValues(group));
        case 2 ->
            client.updateItem(
                r ->
                    r.tableName(table)
                        .key(key)
                        .updateExpression("SET message = :t")
                        .conditionExpression("message_group_uuid = :g")
                        .expressionAttributeValues(
                            Map.of(":g", group.get(":g"), ":t", AttributeValue.fromS("set"))));
        case 3 -> transact(client, table, item, other);
        case 4 ->
            client.batchWriteItem(
                r ->
                    r.requestItems(
                        Map.of(
                            table,
                            List.of(
                                WriteRequest.builder()
                                    .putRequest(PutRequest.builder().item(item).build())
                                    .build()))));
        case 5 -> {
          return text(client.getItem(r -> r.tableName(table).key(key)).item());
        }
        case 6 -> {
          boolean filtered = chance.nextBoolean();
          return query(
              client,
              QueryRequest.builder()
                  .tableName(table)
                  .keyConditionExpression("pk = :pk AND sk BETWEEN :a AND :b")
                  .filterExpression(
                      !filtered
                          ? null
                          : chance.nextBoolean() ? "user_uuid <> :u" : "user_uuid IN (:a, :u)")
                  .expressionAttributeValues(values(item, chance, filtered))
                  .scanIndexForward(chance.nextBoolean())
                  .limit(1 + chance.nextInt(3))
                  .build());
        }
        default -> {
          return query(
              client,
              QueryRequest.builder()
                  .tableName(table)
                  .indexName(TableSchema.INDEX)
                  .keyConditionExpression("message_group_uuid = :g")
                  .expressionAttributeValues(group)
                  .build());
        }
      }
      return "done";
    } catch (ConditionalCheckFailedException e) {
      return "refused " + text(e.item());
    } catch (TransactionCanceledException e) {
      return e.cancellationReasons().stream()
          .map(reason -> reason.code() + text(reason.item()))
          .collect(Collectors.joining(" "));
    }
  }

  private static Map<String, AttributeValue> values(
      Map<String, AttributeValue> item, Random chance, boolean filtered) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":pk", item.get("pk"));
    values.put(":a", AttributeValue.fromS("s" + chance.nextInt(3)));
    values.put(":b", AttributeValue.fromS("s" + (2 + chance.nextInt(3))));
    if (filtered) {
      values.put(":u", AttributeValue.fromS("u1"));
    }
    return values;
  }

  private static void transact(
      DynamoDbClient client,
      String table,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> other) {
    Map<String, AttributeValue> key = Map.of("pk", other.get("pk"), "sk", other.get("sk"));
    if (item.get("pk").equals(other.get("pk")) && item.get("sk").equals(other.get("sk"))) {
      return;
    }
    client.transactWriteItems(
        r ->
            r.transactItems(
                TransactWriteItem.builder()
                    .put(
                        p ->
                            p.tableName(table)
                                .item(item)
                                .conditionExpression("attribute_not_exists(pk)")
                                .returnValuesOnConditionCheckFailure(ALL_OLD))
                    .build(),
                TransactWriteItem.builder()
                    .delete(
                        d ->
                            d.tableName(table)
                                .key(key)
                                .conditionExpression(
                                    "message_group_uuid = :g AND #x = :x AND attribute_exists(pk)")
                                .expressionAttributeNames(Map.of("#x", "user_uuid"))
                                .expressionAttributeValues(
                                    Map.of(
                                        ":g", other.get("message_group_uuid"),
                                        ":x", other.get("user_uuid"))))
                    .build()));
  }

  /** Every page of it, in order where the sort key tells one. */
  private static String query(DynamoDbClient client, QueryRequest request) {
    List<String> items = new ArrayList<>();
    client.queryPaginator(request).items().forEach(item -> items.add(text(item)));
    if (request.indexName() != null) {
      items.sort(null);
    }
    return items.toString();
  }

  private static List<Map<String, AttributeValue>> scan(DynamoDbClient client, String table) {
    return client.scanPaginator(r -> r.tableName(table)).items().stream().toList();
  }

  /** The same for the same item, whatever the order of its attributes. */
  private static String text(Map<String, AttributeValue> item) {
    return new TreeMap<>(item).toString();
  }

  private Map<String, AttributeValue> item() {
    return item(random);
  }

  private static Map<String, AttributeValue> item(Random chance) {
    return Map.of(
        "pk", AttributeValue.fromS("p" + chance.nextInt(3)),
        "sk", AttributeValue.fromS("s" + chance.nextInt(5)),
        "message_group_uuid", AttributeValue.fromS("g" + chance.nextInt(3)),
        "user_uuid", AttributeValue.fromS("u" + chance.nextInt(2)),
        "message", AttributeValue.fromS("m" + chance.nextInt(9)));
  }

  @Test
  void aConditionThatItDoesNotKnowIsRefusedNotGuessed() {
    for (String condition :
        List.of(
            "size(pk) > :g", "pk = :g OR sk = :g", "NOT pk = :g", "a.b = :g", "pk = :missing")) {
      assertThatThrownBy(
              () ->
                  Expression.of(condition, Map.of(), Map.of(":g", AttributeValue.fromS("g")))
                      .orElseThrow()
                      .matches(Map.of("pk", AttributeValue.fromS("g"))))
          .as(condition)
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void belowItNoWriteLeavesTheProcess() {
    try (StubDynamoDb stub = new StubDynamoDb(call -> StubDynamoDb.ok("{\"Table\":{}}"));
        DynamoDbClient net =
            FreshTable.clients(stub.endpoint(), DryRunRequests.interceptor()).dynamoDb()) {
      net.describeTable(r -> r.tableName("table"));
      assertThatThrownBy(() -> net.deleteTable(r -> r.tableName("table")))
          .hasMessageContaining("a dry run was about to send DeleteTableRequest");
      assertThatThrownBy(() -> net.putItem(r -> r.tableName("table").item(item())))
          .hasMessageContaining("PutItemRequest");
      assertThat(stub.calls())
          .extracting(StubDynamoDb.Call::operation)
          .containsOnly("DescribeTable");
    }
  }
}
