package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.StubDynamoDb;
import com.cruddur.ddb.StubDynamoDb.Reply;
import com.cruddur.ddb.TestStack;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CapacityMeterTest {
  private final CapacityMeter meter = new CapacityMeter(true);

  private static String capacity(double table, double index) {
    return "{\"TableName\":\"t\",\"CapacityUnits\":"
        + (table + index)
        + ",\"Table\":{\"CapacityUnits\":"
        + table
        + "},\"GlobalSecondaryIndexes\":{\"message-group-sk-index\":{\"CapacityUnits\":"
        + index
        + "}}}";
  }

  private static Reply reply(StubDynamoDb.Call call) {
    assertThat(call.body()).contains("\"ReturnConsumedCapacity\":\"INDEXES\"");
    return switch (call.operation()) {
      case "Query" -> {
        boolean last = call.body().contains("ExclusiveStartKey");
        String next = last ? "" : ",\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}}";
        yield StubDynamoDb.ok(
            "{\"Items\":[],\"ConsumedCapacity\":" + capacity(0.5, last ? 1 : 2) + next + "}");
      }
      case "PutItem" -> StubDynamoDb.ok("{\"ConsumedCapacity\":" + capacity(1, 1) + "}");
      default ->
          StubDynamoDb.ok("{\"ConsumedCapacity\":[" + capacity(2, 4) + "," + capacity(1, 0) + "]}");
    };
  }

  @Test
  void unitsAreSummedOverPagesTablesAndIndexes() {
    try (StubDynamoDb stub = new StubDynamoDb(CapacityMeterTest::reply);
        DynamoDbClient client = TestStack.clients(stub.endpoint(), meter).dynamoDb()) {
      assertThat(client.queryPaginator(request -> request.tableName("t")).items()).isEmpty();
      client.putItem(request -> request.tableName("t").item(Map.of()));
      client.batchWriteItem(request -> request.requestItems(Map.of()));
      client.transactWriteItems(
          request -> request.transactItems(b -> b.put(p -> p.tableName("t"))));
    }

    CapacityMeter.Usage usage = meter.usage();
    assertThat(usage.requests()).isEqualTo(5);
    assertThat(usage.read()).isEqualTo(Map.of("table", 1.0, "index message-group-sk-index", 3.0));
    assertThat(usage.readTotal()).isEqualTo(4.0);
    assertThat(usage.written())
        .isEqualTo(Map.of("table", 7.0, "index message-group-sk-index", 9.0));
    assertThat(usage.writtenTotal()).isEqualTo(16.0);
  }

  @Test
  void theEngineIsAskedAndItsAnswersAreCounted() {
    MessageTable table = MessageTable.withoutStream();
    Map<String, AttributeValue> key = Keys.key("GRP#a", "x");
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), meter).dynamoDb()) {
      client.putItem(request -> request.tableName(table.name()).item(key));
      client.getItem(request -> request.tableName(table.name()).key(key).consistentRead(true));
      client.scan(request -> request.tableName(table.name()));
      client.deleteItem(request -> request.tableName(table.name()).key(key));
    }

    assertThat(meter.usage().writtenTotal()).isEqualTo(2.0);
    assertThat(meter.usage().readTotal()).isEqualTo(1.5);
    assertThat(meter.usage().requests()).isEqualTo(4);
  }

  @Test
  void aMeterThatIsOffAsksForNothing() {
    CapacityMeter off = new CapacityMeter(false);
    try (StubDynamoDb stub =
            new StubDynamoDb(call -> StubDynamoDb.ok("{\"Items\":[],\"TableNames\":[]}"));
        DynamoDbClient client = TestStack.clients(stub.endpoint(), off).dynamoDb()) {
      client.scan(request -> request.tableName("t"));

      assertThat(stub.calls().get(0).body()).doesNotContain("ReturnConsumedCapacity");
    }
    assertThat(off.usage().requests()).isZero();
  }
}
