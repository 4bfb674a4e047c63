package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cruddur.ddb.engine.item.EngineException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemOperationsTest {

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @Test
  void anItemThatWasPutIsThereUntilItIsDeleted() {
    assertJson("{}", put("{'pk':{'S':'a'},'v':{'N':'1.0'}}", ""));
    assertJson("{'Item':{'pk':{'S':'a'},'v':{'N':'1'}}}", get("a", ""));
    assertJson("{'Item':{'v':{'N':'1'}}}", get("a", ",'ProjectionExpression':'v, w'"));
    assertJson(
        "{'Attributes':{'pk':{'S':'a'},'v':{'N':'1'}}}",
        tables.call(
            "DeleteItem", "{'TableName':'plain','Key':{'pk':{'S':'a'}},'ReturnValues':'ALL_OLD'}"));
    assertJson("{}", get("a", ""));
  }

  @Test
  void anUpdateAnswersWithWhatWasAskedFor() {
    String request =
        "{'TableName':'plain','Key':{'pk':{'S':'u'}},'UpdateExpression':'SET m = :m ADD c :c',"
            + "'ExpressionAttributeValues':{':m':{'M':{'x':{'S':'1'}}},':c':{'N':'2'}},'ReturnValues':'%s'}";
    assertJson("{}", tables.call("UpdateItem", request.formatted("ALL_OLD")));
    assertJson(
        "{'Attributes':{'m':{'M':{'x':{'S':'1'}}},'c':{'N':'2'}}}",
        tables.call("UpdateItem", request.formatted("UPDATED_OLD")));
    assertJson(
        "{'Attributes':{'m':{'M':{'x':{'S':'1'}}},'c':{'N':'6'}}}",
        tables.call("UpdateItem", request.formatted("UPDATED_NEW")));
    assertJson(
        "{'Attributes':{'pk':{'S':'u'},'m':{'M':{'x':{'S':'1'}}},'c':{'N':'8'}}}",
        tables.call("UpdateItem", request.formatted("ALL_NEW")));
  }

  @Test
  void aFailedConditionChangesNothingAndTellsTheOldItemIfAsked() {
    put("{'pk':{'S':'a'}}", "");
    EngineException failed =
        assertThrows(
            EngineException.class,
            () ->
                put(
                    "{'pk':{'S':'a'},'v':{'S':'new'}}",
                    ",'ConditionExpression':'attribute_not_exists(pk)',"
                        + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'"));
    assertEquals("ConditionalCheckFailedException", failed.type());
    assertEquals("The conditional request failed", failed.getMessage());
    assertEquals("{pk=S[value=a]}", failed.fields().get("Item").toString());
    assertJson("{'Item':{'pk':{'S':'a'}}}", get("a", ""));
  }

  @Test
  void aQueryReadsARangeInOrderAndPages() {
    for (String sk : List.of("b", "a", "c", "ab", "d")) {
      tables.call(
          "PutItem",
          "{'TableName':'full','Item':{'pk':{'S':'p'},'sk':{'S':'" + sk + "'},'v':{'N':'1'}}}");
    }
    assertEquals(List.of("a", "ab", "b", "c", "d"), sorts(query("'pk = :p'", "")));
    assertEquals(
        List.of("d", "c", "b", "ab", "a"), sorts(query("'pk = :p'", ",'ScanIndexForward':false")));
    assertEquals(List.of("a", "ab"), sorts(query("'pk = :p AND begins_with(sk, :a)'", "")));
    assertEquals(List.of("b", "c", "d"), sorts(query("'pk = :p AND sk >= :b'", "")));
    assertEquals(List.of("c", "d"), sorts(query("'pk = :p AND sk > :b'", "")));
    assertEquals(List.of("a", "ab"), sorts(query("'pk = :p AND sk < :b'", "")));
    assertEquals(List.of("a", "ab", "b"), sorts(query("'pk = :p AND sk BETWEEN :a AND :b'", "")));
    for (String order : List.of("true", "false")) {
      List<String> paged = new ArrayList<>();
      JsonNode page = query("'pk = :p'", ",'Limit':2,'ScanIndexForward':" + order);
      while (true) {
        paged.addAll(sorts(page));
        if (!page.has("LastEvaluatedKey")) {
          break;
        }
        page =
            query(
                "'pk = :p'",
                ",'Limit':2,'ScanIndexForward':"
                    + order
                    + ",'ExclusiveStartKey':"
                    + page.get("LastEvaluatedKey"));
      }
      assertEquals(
          order.equals("true")
              ? List.of("a", "ab", "b", "c", "d")
              : List.of("d", "c", "b", "ab", "a"),
          paged);
    }
  }

  @Test
  void aQueryByKeyConditionsTakesAFilterAndAProjectionAsExpressions() {
    put("{'pk':{'S':'p'},'v':{'N':'1'},'w':{'N':'2'}}", "");
    String query =
        "{'TableName':'plain','KeyConditions':{'pk':{'ComparisonOperator':'EQ',"
            + "'AttributeValueList':[{'S':'p'}]}},'ProjectionExpression':'w','FilterExpression':"
            + "'v = :v','ExpressionAttributeValues':{':v':{'N':'%s'}}}";
    assertJson(
        "{'Items':[{'w':{'N':'2'}}],'Count':1,'ScannedCount':1}",
        tables.call("Query", query.formatted("1")));
    assertJson(
        "{'Items':[],'Count':0,'ScannedCount':1}", tables.call("Query", query.formatted("2")));
  }

  @Test
  void segmentsOfAScanAreAllItemsOnce() {
    for (int i = 0; i < 200; i++) {
      put("{'pk':{'S':'k" + i + "'}}", "");
    }
    int found = 0;
    for (int segment = 0; segment < 7; segment++) {
      JsonNode page =
          tables.call(
              "Scan",
              "{'TableName':'plain','Select':'COUNT','Segment':" + segment + ",'TotalSegments':7}");
      assertTrue(page.get("Count").intValue() > 0);
      assertFalse(page.has("Items"));
      found += page.get("Count").intValue();
    }
    assertEquals(200, found);
  }

  @Test
  void indexesHoldWhatTheyProject() {
    String item =
        "{'pk':{'S':'p'},'sk':{'S':'s'},'l':{'S':'l'},'g':{'S':'g'},'n':{'N':'7'},'x':{'S':'x'},'y':{'S':'y'}}";
    tables.call("PutItem", "{'TableName':'full','Item':" + item + "}");
    assertEquals(Tables.node(item), first("global", "g = :v AND n > :n", ":n", "{'N':'6'}", ""));
    assertEquals(
        Tables.node("{'pk':{'S':'p'},'sk':{'S':'s'},'g':{'S':'g'},'x':{'S':'x'}}"),
        first("part", "g = :v", null, null, ""));
    assertEquals(
        Tables.node("{'pk':{'S':'p'},'sk':{'S':'s'},'l':{'S':'l'}}"),
        first("local", "pk = :p AND l = :l", ":l", "{'S':'l'}", ""));
    assertEquals(
        Tables.node(item),
        first("local", "pk = :p AND l = :l", ":l", "{'S':'l'}", ",'Select':'ALL_ATTRIBUTES'"));
    assertEquals(
        "ValidationException: One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not"
            + " supported for global secondary index part because its projection type is not ALL",
        tables.refusal(
            "Scan", "{'TableName':'full','IndexName':'part','Select':'ALL_ATTRIBUTES'}"));
    assertEquals(
        "ValidationException: One or more parameter values were invalid: Global secondary index part does not"
            + " project [y]",
        tables.refusal(
            "Scan", "{'TableName':'full','IndexName':'part','ProjectionExpression':'y'}"));
  }

  @Test
  void anIndexKeyOfSeveralAttributesSortsByThemInTurn() {
    Tables wide =
        new Tables(
            "{'TableName':'wide','TableArn':'arn:wide','AttributeDefinitions':["
                + "{'AttributeName':'pk','AttributeType':'S'},{'AttributeName':'h','AttributeType':'S'},"
                + "{'AttributeName':'a','AttributeType':'S'},{'AttributeName':'b','AttributeType':'N'}],"
                + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],'GlobalSecondaryIndexes':["
                + "{'IndexName':'both','KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
                + "{'AttributeName':'a','KeyType':'RANGE'},{'AttributeName':'b','KeyType':'RANGE'}],"
                + "'Projection':{'ProjectionType':'ALL'}}]}");
    for (String[] item :
        new String[][] {{"1", "y", "2"}, {"2", "x", "10"}, {"3", "x", "9"}, {"4", "", ""}}) {
      String key =
          item[1].isEmpty() ? "" : ",'a':{'S':'" + item[1] + "'},'b':{'N':'" + item[2] + "'}";
      wide.call(
          "PutItem",
          "{'TableName':'wide','Item':{'pk':{'S':'" + item[0] + "'},'h':{'S':'h'}" + key + "}}");
    }
    String query =
        "{'TableName':'wide','IndexName':'both','KeyConditionExpression':'h = :h%s',"
            + "'ExpressionAttributeValues':{':h':{'S':'h'}%s}}";
    assertEquals(
        List.of("3", "2", "1"),
        wide.call("Query", query.formatted("", "")).findValues("pk").stream()
            .map(pk -> pk.get("S").textValue())
            .toList());
    assertEquals(
        1,
        wide.call(
                "Query",
                query.formatted(" AND b > :b AND a = :a", ",':a':{'S':'x'},':b':{'N':'9'}"))
            .get("Count")
            .intValue());
    assertEquals(
        "ValidationException: RANGE key attributes a must have equality conditions specified in the query because"
            + " a condition is present on key attribute b",
        wide.refusal("Query", query.formatted(" AND b > :b", ",':b':{'N':'9'}")));
  }

  @Test
  void batchesWriteAndReadAndLeaveWhatHasNoCapacity() {
    tables.throttle((table, write, units) -> !(write && table.equals("plain")));
    JsonNode written =
        tables.call(
            "BatchWriteItem",
            "{'RequestItems':{'plain':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}}],"
                + "'full':[{'PutRequest':{'Item':{'pk':{'S':'a'},'sk':{'S':'b'}}}}]}}");
    assertJson(
        "{'UnprocessedItems':{'plain':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}}]}}", written);
    assertJson(
        "{'Responses':{'plain':[],'full':[{'pk':{'S':'a'},'sk':{'S':'b'}}]},'UnprocessedKeys':{}}",
        tables.call(
            "BatchGetItem",
            "{'RequestItems':{'plain':{'Keys':[{'pk':{'S':'a'}}]},"
                + "'full':{'Keys':[{'pk':{'S':'a'},'sk':{'S':'b'}}]}}}"));
    assertEquals(
        "ProvisionedThroughputExceededException: The level of configured provisioned throughput for the table"
            + " was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
        tables.refusal("PutItem", "{'TableName':'plain','Item':{'pk':{'S':'a'}}}"));
  }

  @Test
  void aTransactionIsAllOrNothingWithAReasonForEachAction() {
    put("{'pk':{'S':'there'},'v':{'S':'old'}}", "");
    String request =
        "{'TransactItems':[{'Put':{'TableName':'plain','Item':{'pk':{'S':'new'}}}},"
            + "{'Put':{'TableName':'plain','Item':{'pk':{'S':'there'}},"
            + "'ConditionExpression':'attribute_not_exists(pk)','ReturnValuesOnConditionCheckFailure':'ALL_OLD'}},"
            + "{'Update':{'TableName':'plain','Key':{'pk':{'S':'three'}},'UpdateExpression':'SET a = b'}}]}";
    EngineException cancelled =
        assertThrows(EngineException.class, () -> tables.call("TransactWriteItems", request));
    assertEquals("TransactionCanceledException", cancelled.type());
    assertEquals(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None,"
            + " ConditionalCheckFailed, ValidationError]",
        cancelled.getMessage());
    assertEquals(
        "[{Code=None}, {Code=ConditionalCheckFailed, Item={pk=S[value=there], v=S[value=old]},"
            + " Message=The conditional request failed}, {Code=ValidationError, Message=The provided expression"
            + " refers to an attribute that does not exist in the item}]",
        cancelled.fields().get("CancellationReasons").toString());
    assertJson("{}", get("new", ""));
  }

  @Test
  void aTokenMakesATransactionHappenOnceInTenMinutes() {
    String request =
        "{'ClientRequestToken':'t','TransactItems':[{'Update':{'TableName':'plain','Key':{'pk':{'S':'c'}},"
            + "'UpdateExpression':'ADD n :one','ExpressionAttributeValues':{':one':{'N':'%d'}}}}]}";
    tables.call("TransactWriteItems", request.formatted(1));
    tables.call("TransactWriteItems", request.formatted(1));
    assertTrue(
        tables
            .refusal("TransactWriteItems", request.formatted(2))
            .startsWith("IdempotentParameterMismatchException"));
    assertEquals("1", get("c", "").at("/Item/n/N").textValue());
    tables.pass(Duration.ofMinutes(11));
    tables.call("TransactWriteItems", request.formatted(2));
    assertEquals("3", get("c", "").at("/Item/n/N").textValue());
  }

  @Test
  void transactionsReadSeveralItemsAtOnce() {
    put("{'pk':{'S':'a'}}", "");
    assertJson(
        "{'Responses':[{'Item':{'pk':{'S':'a'}}},{}],'ConsumedCapacity':[{'TableName':'plain',"
            + "'CapacityUnits':4.0,'ReadCapacityUnits':4.0}]}",
        tables.call(
            "TransactGetItems",
            "{'ReturnConsumedCapacity':'TOTAL','TransactItems':[{'Get':{'TableName':'plain','Key':"
                + "{'pk':{'S':'a'}}}},{'Get':{'TableName':'plain','Key':{'pk':{'S':'b'}}}}]}"));
  }

  @Test
  void capacityFollowsAwssArithmetic() {
    String large = "x".repeat(1500);
    assertUnits(
        "{'CapacityUnits':7.0,'Table':{'CapacityUnits':2.0},'LocalSecondaryIndexes':"
            + "{'local':{'CapacityUnits':1.0}},'GlobalSecondaryIndexes':{'global':{'CapacityUnits':2.0},"
            + "'part':{'CapacityUnits':2.0}}}",
        tables.call(
            "PutItem",
            "{'TableName':'full','ReturnConsumedCapacity':'INDEXES','Item':{'pk':{'S':'p'},'sk':{'S':'s'},"
                + "'l':{'S':'1'},'g':{'S':'1'},'n':{'N':'1'},'x':{'S':'"
                + large
                + "'}}}"));
    assertUnits(
        "{'CapacityUnits':8.0,'Table':{'CapacityUnits':2.0},'LocalSecondaryIndexes':"
            + "{'local':{'CapacityUnits':2.0}},'GlobalSecondaryIndexes':{'global':{'CapacityUnits':4.0}}}",
        tables.call(
            "UpdateItem",
            "{'TableName':'full','ReturnConsumedCapacity':'INDEXES','Key':{'pk':{'S':'p'},'sk':{'S':'s'}},"
                + "'UpdateExpression':'SET l = :l, n = :n','ExpressionAttributeValues':{':l':{'S':'2'},"
                + "':n':{'N':'2'}}}"));
    assertUnits("{'CapacityUnits':0.5}", get("none", ",'ReturnConsumedCapacity':'TOTAL'"));
    assertUnits(
        "{'CapacityUnits':1.0}",
        get("none", ",'ReturnConsumedCapacity':'TOTAL','ConsistentRead':true"));
  }

  @Test
  void theSizeOfACollectionIsToldForTablesWithLocalIndexes() {
    assertJson(
        "{'ItemCollectionMetrics':{'ItemCollectionKey':{'pk':{'S':'p'}},'SizeEstimateRangeGB':[0.0,1.0]}}",
        tables.call(
            "PutItem",
            "{'TableName':'full','ReturnItemCollectionMetrics':'SIZE','Item':{'pk':{'S':'p'},'sk':{'S':'s'}}}"));
    assertJson("{}", put("{'pk':{'S':'a'}}", ",'ReturnItemCollectionMetrics':'SIZE'"));
  }

  @Test
  void aTransactionTellsTheSizesOfItsCollectionsInItsOwnOrder() {
    List<String> names = IntStream.range(0, 20).mapToObj(i -> "p" + i).toList();
    String writes =
        names.stream()
            .map(
                name ->
                    "{'Put':{'TableName':'full','Item':{'pk':{'S':'%s'},'sk':{'S':'s'}}}}"
                        .formatted(name))
            .collect(Collectors.joining(","));
    JsonNode told =
        tables
            .call(
                "TransactWriteItems",
                "{'ReturnItemCollectionMetrics':'SIZE','TransactItems':[" + writes + "]}")
            .path("ItemCollectionMetrics")
            .path("full");
    assertEquals(names, told.findValuesAsText("S"));
  }

  /** AWS's pages of small items cost 128.5 units, which is more than 1 MB. */
  @Test
  void aPageEndsWithTheItemThatMakesItMoreThanAMegabyte() {
    String text = "x".repeat(60_000);
    for (int i = 0; i < 20; i++) {
      put("{'pk':{'S':'k" + i + "'},'v':{'S':'" + text + "'}}", "");
    }
    JsonNode page = tables.call("Scan", "{'TableName':'plain'}");
    assertEquals(18, page.get("Count").intValue());
    JsonNode rest =
        tables.call(
            "Scan",
            "{'TableName':'plain','ExclusiveStartKey':" + page.get("LastEvaluatedKey") + "}");
    assertEquals(2, rest.get("Count").intValue());
    assertNull(rest.get("LastEvaluatedKey"));
  }

  @Test
  void aPageThatIsFullTellsWhereItEndedAlsoIfNothingFollows() {
    for (int i = 0; i < 3; i++) {
      put("{'pk':{'S':'k" + i + "'},'v':{'S':'" + "x".repeat(349_000) + "'}}", "");
    }
    assertNull(tables.call("Scan", "{'TableName':'plain'}").get("LastEvaluatedKey"));
    for (int i = 0; i < 3; i++) {
      put("{'pk':{'S':'k" + i + "'},'v':{'S':'" + "x".repeat(350_000) + "'}}", "");
    }
    JsonNode page = tables.call("Scan", "{'TableName':'plain','ReturnConsumedCapacity':'TOTAL'}");
    assertEquals(3, page.get("Count").intValue());
    assertEquals(128.5, page.get("ConsumedCapacity").get("CapacityUnits").doubleValue());
    JsonNode rest =
        tables.call(
            "Scan",
            "{'TableName':'plain','ExclusiveStartKey':" + page.get("LastEvaluatedKey") + "}");
    assertEquals(0, rest.get("Count").intValue());
    assertNull(rest.get("LastEvaluatedKey"));
  }

  @Test
  void olderParametersDoWhatExpressionsDo() {
    tables.call(
        "UpdateItem",
        "{'TableName':'plain','Key':{'pk':{'S':'o'}},'AttributeUpdates':{'a':{'Value':{'S':'1'}},"
            + "'c':{'Action':'ADD','Value':{'N':'2'}}}}");
    assertEquals(
        "ConditionalCheckFailedException: The conditional request failed",
        tables.refusal(
            "DeleteItem",
            "{'TableName':'plain','Key':{'pk':{'S':'o'}},'Expected':{'a':{'Value':{'S':'2'}}}}"));
    assertEquals(
        1,
        tables
            .call(
                "Scan",
                "{'TableName':'plain','ScanFilter':{'c':{'ComparisonOperator':'BETWEEN','AttributeValueList':"
                    + "[{'N':'1'},{'N':'2'}]},'z':{'ComparisonOperator':'NOT_NULL'}},'ConditionalOperator':'OR'}")
            .get("Count")
            .intValue());
  }

  private JsonNode put(String item, String more) {
    return tables.call("PutItem", "{'TableName':'plain','Item':" + item + more + "}");
  }

  private JsonNode get(String key, String more) {
    return tables.call(
        "GetItem", "{'TableName':'plain','Key':{'pk':{'S':'" + key + "'}}" + more + "}");
  }

  private JsonNode query(String condition, String more) {
    String values = "':p':{'S':'p'}";
    values += condition.contains(":a") ? ",':a':{'S':'a'}" : "";
    values += condition.contains(":b") ? ",':b':{'S':'b'}" : "";
    return tables.call(
        "Query",
        "{'TableName':'full','KeyConditionExpression':"
            + condition
            + ",'ExpressionAttributeValues':{"
            + values
            + "}"
            + more
            + "}");
  }

  private JsonNode first(String index, String condition, String name, String value, String more) {
    String values = condition.contains(":v") ? "':v':{'S':'g'}" : "':p':{'S':'p'}";
    values += name == null ? "" : ",'" + name + "':" + value;
    return tables
        .call(
            "Query",
            "{'TableName':'full','IndexName':'"
                + index
                + "','KeyConditionExpression':'"
                + condition
                + "','ExpressionAttributeValues':{"
                + values
                + "}"
                + more
                + "}")
        .at("/Items/0");
  }

  private static List<String> sorts(JsonNode page) {
    return page.findValues("sk").stream()
        .map(value -> value.get("S").textValue())
        .limit(page.get("Count").intValue())
        .toList();
  }

  private static void assertUnits(String expected, JsonNode answer) {
    ObjectNode capacity = (ObjectNode) answer.get("ConsumedCapacity");
    capacity.remove("TableName");
    assertJson(expected, capacity);
  }

  private static void assertJson(String expected, JsonNode answer) {
    assertEquals(Tables.node(expected), answer);
  }
}
