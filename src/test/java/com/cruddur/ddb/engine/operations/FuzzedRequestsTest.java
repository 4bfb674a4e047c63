package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import com.cruddur.ddb.engine.item.EngineException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FuzzedRequestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A right request of each operation, from which wrong ones are made. */
  private static final Map<String, String> REQUESTS =
      Map.ofEntries(
          Map.entry(
              "PutItem",
              "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'b'},'m':{'M':{'l':{'L':[{'N':'1'}]}}},"
                  + "'s':{'SS':['a']}},'ConditionExpression':'#a = :a','ExpressionAttributeNames':{'#a':'a'},"
                  + "'ExpressionAttributeValues':{':a':{'B':'AQ=='}},'ReturnValues':'ALL_OLD'}"),
          Map.entry(
              "GetItem",
              "{'TableName':'plain','Key':{'pk':{'S':'a'}},'ProjectionExpression':'a.b[1]'}"),
          Map.entry(
              "UpdateItem",
              "{'TableName':'plain','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET a = :a ADD c :c REMOVE d',"
                  + "'ExpressionAttributeValues':{':a':{'N':'1'},':c':{'N':'1'}},'ReturnValues':'ALL_NEW'}"),
          Map.entry(
              "DeleteItem",
              "{'TableName':'plain','Key':{'pk':{'S':'a'}},'Expected':{'a':{'ComparisonOperator':'BETWEEN',"
                  + "'AttributeValueList':[{'N':'1'},{'N':'2'}]}}}"),
          Map.entry(
              "Query",
              "{'TableName':'full','IndexName':'global','KeyConditionExpression':'g = :g AND n > :n',"
                  + "'ExpressionAttributeValues':{':g':{'S':'g'},':n':{'N':'1'}},'Limit':3,'Select':'COUNT',"
                  + "'ExclusiveStartKey':{'pk':{'S':'a'},'sk':{'S':'b'},'g':{'S':'g'},'n':{'N':'2'}}}"),
          Map.entry(
              "Scan",
              "{'TableName':'plain','Segment':0,'TotalSegments':2,'FilterExpression':'size(a) > :n',"
                  + "'ExpressionAttributeValues':{':n':{'N':'1'}},'ReturnConsumedCapacity':'INDEXES'}"),
          Map.entry(
              "BatchWriteItem",
              "{'RequestItems':{'plain':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}},"
                  + "{'DeleteRequest':{'Key':{'pk':{'S':'b'}}}}]}}"),
          Map.entry(
              "BatchGetItem",
              "{'RequestItems':{'plain':{'Keys':[{'pk':{'S':'a'}}],'AttributesToGet':['a']}}}"),
          Map.entry(
              "TransactGetItems",
              "{'TransactItems':[{'Get':{'TableName':'plain','Key':{'pk':{'S':'a'}}}}]}"),
          Map.entry(
              "TransactWriteItems",
              "{'TransactItems':[{'Put':{'TableName':'plain','Item':{'pk':{'S':'a'}}}},{'ConditionCheck':"
                  + "{'TableName':'plain','Key':{'pk':{'S':'b'}},'ConditionExpression':'attribute_exists(pk)'}}]}"),
          Map.entry(
              "ExecuteStatement",
              "{'Statement':'SELECT a.b FROM plain WHERE pk = ? AND n > 1','Parameters':[{'S':'a'}]}"),
          Map.entry(
              "ExecuteTransaction",
              "{'TransactStatements':[{'Statement':'UPDATE plain SET a = a + 1 WHERE pk = ?',"
                  + "'Parameters':[{'S':'a'}]}]}"));

  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "99999999999999999999",
          "''",
          "'x'",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{'S':'x'}",
          "{'N':'x'}",
          "{'L':[null]}",
          "{'M':{'':{'NULL':true}}}",
          "'(((('",
          "'a = '",
          "'\\u0000é😀'");

  private final Random random = new Random(20261128);
  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @Test
  void eachRequestIsRightAsItStands() {
    REQUESTS.forEach(
        (operation, request) -> {
          String outcome = tables.refusal(operation, request);
          assertFalse(
              outcome.startsWith("Serialization") || outcome.startsWith("Validation"),
              operation + " " + outcome);
        });
  }

  @Test
  void aWrongRequestIsAnsweredWithAnErrorOfAwssAndNothingElse() {
    for (Map.Entry<String, String> each : REQUESTS.entrySet()) {
      for (int i = 0; i < 900; i++) {
        JsonNode request = Tables.node(each.getValue());
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
          spoil(request);
        }
        send(each.getKey(), request.toString());
      }
    }
  }

  @Test
  void jsonThatEndsTooSoonOrIsNoneIsAnErrorOfReading() {
    for (Map.Entry<String, String> each : REQUESTS.entrySet()) {
      String request = Tables.node(each.getValue()).toString();
      for (int end = 0; end < request.length(); end += 7) {
        send(each.getKey(), request.substring(0, end));
      }
      send(each.getKey(), "[1]");
      send(each.getKey(), "7");
      send(each.getKey(), "{\"a\":".repeat(5000));
    }
  }

  private void send(String operation, String request) {
    try {
      tables.send(operation, request);
    } catch (EngineException refused) {
      assertFalse(refused.getMessage() == null || refused.getMessage().isEmpty());
    } catch (UncheckedIOException noJson) {
      // The server answers this as a SerializationException.
      assertInstanceOf(JsonProcessingException.class, noJson.getCause());
    } catch (RuntimeException | StackOverflowError broken) {
      fail(operation + " of " + request, broken);
    }
  }

  /** Puts an odd value in the place of any one. */
  private void spoil(JsonNode node) {
    JsonNode at = node;
    while (true) {
      int size = at.size();
      int pick = random.nextInt(Math.max(1, size));
      JsonNode child = at instanceof ArrayNode ? at.get(pick) : nth(at, pick);
      boolean deeper = child != null && child.isContainerNode() && !child.isEmpty();
      if (deeper && random.nextInt(4) > 0) {
        at = child;
        continue;
      }
      JsonNode odd = Tables.node(ODD.get(random.nextInt(ODD.size())));
      if (at instanceof ArrayNode array) {
        array.set(pick, odd);
      } else if (at instanceof ObjectNode object && size > 0) {
        object.set(name(object, pick), odd);
      }
      return;
    }
  }

  private static JsonNode nth(JsonNode object, int pick) {
    return object.isEmpty() ? null : object.get(name(object, pick));
  }

  private static String name(JsonNode object, int pick) {
    var names = object.fieldNames();
    for (int i = 0; i < pick; i++) {
      names.next();
    }
    return names.next();
  }
}
