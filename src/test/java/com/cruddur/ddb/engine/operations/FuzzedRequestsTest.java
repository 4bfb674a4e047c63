package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import com.cruddur.ddb.engine.item.EngineException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FuzzedRequestsTest {

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
              "CreateTable",
              "{'TableName':'made','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'pk',"
                  + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
                  + "'GlobalSecondaryIndexes':[{'IndexName':'index','KeySchema':[{'AttributeName':'pk',"
                  + "'KeyType':'HASH'}],'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']}}],"
                  + "'SSESpecification':{'Enabled':true,'SSEType':'KMS'},'Tags':[{'Key':'a','Value':'b'}],"
                  + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_IMAGE'},"
                  + "'OnDemandThroughput':{'MaxReadRequestUnits':5}}"),
          Map.entry(
              "UpdateTable",
              "{'TableName':'streamed','AttributeDefinitions':[{'AttributeName':'g','AttributeType':'S'}],"
                  + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'more','KeySchema':["
                  + "{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}}]}"),
          Map.entry("DescribeTable", "{'TableName':'streamed'}"),
          Map.entry("ListTables", "{'ExclusiveStartTableName':'abc','Limit':3}"),
          Map.entry(
              "UpdateTimeToLive",
              "{'TableName':'streamed','TimeToLiveSpecification':{'Enabled':true,'AttributeName':'ttl'}}"),
          Map.entry("TagResource", "{'ResourceArn':'ARN','Tags':[{'Key':'a','Value':'b'}]}"),
          Map.entry("UntagResource", "{'ResourceArn':'ARN','TagKeys':['a']}"),
          Map.entry("ListTagsOfResource", "{'ResourceArn':'ARN'}"),
          Map.entry("ListStreams", "{'TableName':'streamed','Limit':2}"),
          Map.entry(
              "DescribeStream", "{'StreamArn':'STREAM','Limit':2,'ExclusiveStartShardId':'SHARD'}"),
          Map.entry(
              "GetShardIterator",
              "{'StreamArn':'STREAM','ShardId':'SHARD','ShardIteratorType':'AT_SEQUENCE_NUMBER',"
                  + "'SequenceNumber':'SEQUENCE'}"),
          Map.entry("GetRecords", "{'ShardIterator':'ITERATOR','Limit':2}"),
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
  private final Map<String, String> requests = new TreeMap<>();

  @BeforeEach
  void streamed() {
    String table =
        tables
            .call(
                "CreateTable",
                "{'TableName':'streamed','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
                    + "{'AttributeName':'pk','AttributeType':'S'}],'KeySchema':[{'AttributeName':"
                    + "'pk','KeyType':'HASH'}],'StreamSpecification':{'StreamEnabled':true,"
                    + "'StreamViewType':'NEW_IMAGE'}}")
            .at("/TableDescription/TableArn")
            .textValue();
    tables.call("PutItem", "{'TableName':'streamed','Item':{'pk':{'S':'a'}}}");
    String stream = tables.call("ListStreams", "{}").at("/Streams/0/StreamArn").textValue();
    JsonNode first =
        tables
            .call("DescribeStream", "{'StreamArn':'" + stream + "'}")
            .at("/StreamDescription/Shards/0");
    String shard = first.get("ShardId").textValue();
    String sequence = first.at("/SequenceNumberRange/StartingSequenceNumber").textValue();
    String iterator =
        tables
            .call(
                "GetShardIterator",
                "{'StreamArn':'"
                    + stream
                    + "','ShardId':'"
                    + shard
                    + "','ShardIteratorType':'TRIM_HORIZON'}")
            .get("ShardIterator")
            .textValue();
    REQUESTS.forEach(
        (operation, request) ->
            requests.put(
                operation,
                request
                    .replace("'ARN'", "'" + table + "'")
                    .replace("'STREAM'", "'" + stream + "'")
                    .replace("'SHARD'", "'" + shard + "'")
                    .replace("'SEQUENCE'", "'" + sequence + "'")
                    .replace("'ITERATOR'", "'" + iterator + "'")));
  }

  @Test
  void eachRequestIsRightAsItStands() {
    requests.forEach(
        (operation, request) -> {
          String outcome = tables.refusal(operation, request);
          assertFalse(
              outcome.startsWith("Serialization") || outcome.startsWith("Validation"),
              operation + " " + outcome);
        });
  }

  @Test
  void aWrongRequestIsAnsweredWithAnErrorOfAwssAndNothingElse() {
    for (Map.Entry<String, String> each : requests.entrySet()) {
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
    for (Map.Entry<String, String> each : requests.entrySet()) {
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
