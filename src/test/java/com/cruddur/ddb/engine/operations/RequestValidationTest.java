package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS answers to requests that it refuses: documented, or recorded on AWS. */
class RequestValidationTest {

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "PutItem|{'Item':{'pk':{'S':'a'}}}|1 validation error detected: Value null at 'tableName'"
            + " failed to satisfy constraint: Member must not be null",
        "PutItem|{'TableName':'','Item':{},'ReturnValues':'X'}|1 validation error detected: Value"
            + " '' at 'tableName' failed to satisfy constraint: Member must have length greater"
            + " than or equal to 1",
        "PutItem|{'TableName':'bad table!@#','Item':{}}|1 validation error detected: Value 'bad"
            + " table!@#' at 'tableName' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: [a-zA-Z0-9_.-]+",
        "GetItem|{'TableName':'plain'}|1 validation error detected: Value null at 'key' failed to"
            + " satisfy constraint: Member must not be null",
        "TransactGetItems|{'TransactItems':[],'ReturnConsumedCapacity':'X'}|2 validation errors"
            + " detected: Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value '[]' at"
            + " 'transactItems' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1",
        "UpdateItem|{'TableName':'plain','Key':{'pk':{'S':'a'}},'ReturnValues':'X','ReturnConsumedCapacity':'X'}|2"
            + " validation errors detected: Value 'X' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'X'"
            + " at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
        "Query|{'TableName':'plain','KeyConditionExpression':'pk = :p','Limit':0}|1 validation"
            + " error detected: Value at 'Limit' failed to satisfy constraint: Member must have"
            + " value greater than or equal to 1",
        "Query|{'TableName':'plain','Select':'X'}|1 validation error detected: Value 'X' at"
            + " 'select' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]",
        "Scan|{'TableName':'plain','Limit':0}|1 validation error detected: Value '0' at 'limit'"
            + " failed to satisfy constraint: Member must have value greater than or equal to 1",
        "Scan|{'TableName':'plain','Segment':0}|The TotalSegments parameter is required but was not"
            + " present in the request when Segment parameter is present",
        "Scan|{'TableName':'plain','TotalSegments':4}|The Segment parameter is required but was not"
            + " present in the request when parameter TotalSegments is present",
        "Scan|{'TableName':'plain','Segment':5,'TotalSegments':5}|The Segment parameter is"
            + " zero-based and must be less than parameter TotalSegments: Segment: 5 is not less"
            + " than TotalSegments: 5",
        "BatchGetItem|{'RequestItems':{}}|The requestItems parameter is required for BatchGetItem",
        "BatchGetItem|{'RequestItems':{'plain':{'Keys':[]}}}|1 validation error detected: Value at"
            + " 'RequestItems.plain.member.Keys' failed to satisfy constraint: Member must have"
            + " length greater than or equal to 1",
        "BatchWriteItem|{'RequestItems':{}}|The requestItems parameter is required for"
            + " BatchWriteItem",
        "BatchWriteItem|{'RequestItems':{'plain':[]}}|1 validation error detected: Value"
            + " '{plain=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy"
            + " constraint: [Member must have length less than or equal to 25, Member must have"
            + " length greater than or equal to 1]",
      })
  void constraintsOfTheModelAreToldTogether(String operation, String request, String message) {
    assertRefused(message, operation, request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'TableName':'plain','Item':{'x':{'S':'a'}}}|One or more parameter values were invalid:"
            + " Missing the key pk in the item",
        "{'TableName':'plain','Item':{'pk':{'N':'1'}}}|One or more parameter values were invalid:"
            + " Type mismatch for key pk expected: S actual: N",
        "{'TableName':'plain','Item':{'pk':{'S':''}}}|One or more parameter values are not valid."
            + " The AttributeValue for a key attribute cannot contain an empty string value. Key:"
            + " pk",
        "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'b'},'n':{'S':'c'}}}|One or more"
            + " parameter values were invalid: Type mismatch for Index Key n Expected: N Actual: S"
            + " IndexName: global",
        "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'b'},'g':{'S':''}}}|One or more"
            + " parameter values are not valid. A value specified for a secondary index key is not"
            + " supported. The AttributeValue for a key attribute cannot contain an empty string"
            + " value. IndexName: global, IndexKey: g",
        "{'TableName':'plain','Item':{'pk':{'S':'a'}},'ReturnValues':'ALL_NEW'}|ReturnValues can"
            + " only be ALL_OLD or NONE",
        "{'TableName':'plain','Item':{'pk':{'S':'a'}},'ExpressionAttributeNames':{'#a':'a'}}"
            + "|ExpressionAttributeNames can only be specified when using expressions",
        "{'TableName':'plain','Item':{'pk':{'S':'a'}},'ExpressionAttributeValues':{':a':{'S':'a'}}}|ExpressionAttributeValues"
            + " can only be specified when using expressions: ConditionExpression is null",
        "{'TableName':'plain','Item':{'pk':{'S':'a'},'b':{'NULL':false}}}|One or more parameter"
            + " values were invalid: Null attribute value types must have the value of true",
        "{'TableName':'plain','Item':{'pk':{'S':'a'}},'ConditionExpression':'a ="
            + " :a','ExpressionAttributeValues':{':a':{'N':'x'}}}|ExpressionAttributeValues"
            + " contains invalid value: The parameter cannot be converted to a numeric value: x for"
            + " key :a",
        "{'TableName':'plain','Item':{'pk':{'S':'a'}},'Expected':{'pk':{'Exists':false}},'ConditionExpression':'a"
            + " = b'}|Can not use both expression and non-expression parameters in the same"
            + " request: Non-expression parameters: {Expected} Expression parameters:"
            + " {ConditionExpression}",
        "{'TableName':'gone','Item':{'pk':{'S':'a'}},'ConditionExpression':'a ='}|Invalid"
            + " ConditionExpression: Syntax error; token: \"<EOF>\", near: \"=\"",
        "{'TableName':'plain','Item':{'pk':{'S':'a'},'':{'S':'b'}}}|Empty attribute name",
      })
  void whatCannotBePutIsRefused(String request, String message) {
    assertRefused(message, "PutItem", request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "GetItem|{'TableName':'full','Key':{'pk':{'S':'a'}}}|The provided key element does not"
            + " match the schema",
        "GetItem|{'TableName':'plain','Key':{'pk':{'S':'a'},'x':{'S':'a'}}}|The provided key"
            + " element does not match the schema",
        "DeleteItem|{'TableName':'plain','Key':{'pk':{'B':''}}}|The provided key element does not"
            + " match the schema",
        "BatchWriteItem|{'RequestItems':{'plain':[{'PutRequest':{'Item':{'pk':{'N':'5'}}}}]}}|The"
            + " provided key element does not match the schema",
        "BatchWriteItem|{'RequestItems':{'plain':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}},{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}}|Provided"
            + " list of item keys contains duplicates",
        "BatchGetItem|{'RequestItems':{'plain':{'Keys':[{'pk':{'S':'a'}},{'pk':{'S':'a'}}]}}}|Provided"
            + " list of item keys contains duplicates",
        "BatchGetItem|{'RequestItems':{'gone':{'Keys':[{'pk':{'S':'a'}},{'pk':{'S':'a'}}]}}}|Provided"
            + " list of item keys contains duplicates",
        "TransactWriteItems|{'TransactItems':[{'Delete':{'TableName':'plain','Key':{'pk':{'S':'a'}}}},{'Put':{'TableName':'plain','Item':{'pk':{'S':'a'}}}}]}|Transaction"
            + " request cannot include multiple operations on one item",
        "GetItem|{'TableName':'plain','Key':{'pk':{'S':'a'}},'ProjectionExpression':'pk.x'}|Key"
            + " attributes must be scalars; list random access '[]' and map lookup '.' are not"
            + " allowed: Key: pk",
        "Scan|{'TableName':'full','FilterExpression':'attribute_exists(g[0])'}|Key attributes must"
            + " be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey:"
            + " g",
        "UpdateItem|{'TableName':'full','Key':{'pk':{'S':'a'},'sk':{'S':'b'}},'UpdateExpression':'SET"
            + " n = :v','ExpressionAttributeValues':{':v':{'S':'x'}}}|One or more parameter values"
            + " were invalid: Type mismatch for Index Key n Expected: N Actual: S IndexName:"
            + " global",
        "UpdateItem|{'TableName':'full','Key':{'pk':{'S':'a'},'sk':{'S':'b'}},'UpdateExpression':'SET"
            + " n = pk'}|The update expression attempted to update the secondary index key to"
            + " unsupported type",
        "UpdateItem|{'TableName':'full','Key':{'pk':{'S':'a'},'sk':{'S':'b'}},'UpdateExpression':'SET"
            + " x = g[0], l = y + y'}|One or more parameter values were invalid: Type mismatch for"
            + " Index Key l Expected: S Actual: N IndexName: local",
        "UpdateItem|{'TableName':'full','Key':{'pk':{'S':'a'},'sk':{'S':'b'}},'UpdateExpression':'SET"
            + " x = list_append(pk, sk), y = if_not_exists(y, g[0])'}|Key attributes must be"
            + " scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g",
        "UpdateItem|{'TableName':'plain','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET pk ="
            + " :v','ExpressionAttributeValues':{':v':{'S':'x'}}}|One or more parameter values were"
            + " invalid: Cannot update attribute pk. This attribute is part of the key",
      })
  void keysAreCheckedAgainstTheSchema(String operation, String request, String message) {
    assertRefused(message, operation, request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'TableName':'plain'}|Either the KeyConditions or KeyConditionExpression parameter must be"
            + " specified in the request.",
        "{'TableName':'plain','KeyConditions':{},'QueryFilter':{},'KeyConditionExpression':'pk = :v'}|Can"
            + " not use both expression and non-expression parameters in the same request:"
            + " Non-expression parameters: {QueryFilter, KeyConditions} Expression parameters:"
            + " {KeyConditionExpression}",
        "{'TableName':'plain','KeyConditions':{},'QueryFilter':{},'KeyConditionExpression':'pk ="
            + " :v','FilterExpression':'a = :v'}|Can not use both expression and non-expression"
            + " parameters in the same request: Non-expression parameters: {QueryFilter,"
            + " KeyConditions} Expression parameters: {FilterExpression, KeyConditionExpression}",
        "{'TableName':'plain','KeyConditions':{},'QueryFilter':{},'FilterExpression':'a = :v'}|Can"
            + " not use both expression and non-expression parameters in the same request:"
            + " Non-expression parameters: {QueryFilter} Expression parameters: {FilterExpression}",
        "{'TableName':'full','KeyConditionExpression':'sk = :v'}|Query condition missed key schema"
            + " element: pk",
        "{'TableName':'full','KeyConditionExpression':'pk > :v'}|Query key condition not supported",
        "{'TableName':'full','KeyConditionExpression':'pk = :v AND x = :v'}|Query condition missed"
            + " key schema element: sk",
        "{'TableName':'full','KeyConditionExpression':'pk = :v AND sk = :v AND x = :v'}|The number"
            + " of query conditions (3) exceeds the number of key attributes defined in the schema"
            + " (2)",
        "{'TableName':'full','KeyConditionExpression':'pk = :v AND sk < :n'}|One or more parameter"
            + " values were invalid: Condition parameter type does not match schema type",
        "{'TableName':'full','KeyConditionExpression':'pk = :v AND sk = :e'}|One or more parameter"
            + " values are not valid. The AttributeValue for a key attribute cannot contain an"
            + " empty string value. Key: sk",
        "{'TableName':'full','KeyConditionExpression':'pk = :v','FilterExpression':'sk ="
            + " :v'}|Filter Expression can only contain non-primary key attributes: Primary key"
            + " attribute: sk",
        "{'TableName':'full','IndexName':'none','KeyConditionExpression':'pk = :v'}|The table does"
            + " not have the specified index: none",
        "{'TableName':'full','IndexName':'global','KeyConditionExpression':'g ="
            + " :v','ConsistentRead':true}|Consistent reads are not supported on global secondary"
            + " indexes",
        "{'TableName':'plain','KeyConditionExpression':'pk = :v','Select':'SPECIFIC_ATTRIBUTES'}|1"
            + " validation error detected: Must specify the AttributesToGet or ProjectionExpression"
            + " when choosing to get SPECIFIC_ATTRIBUTES",
        "{'TableName':'plain','KeyConditionExpression':'pk ="
            + " :v','Select':'ALL_ATTRIBUTES','ProjectionExpression':'x'}|Cannot specify the"
            + " ProjectionExpression when choosing to get ALL_ATTRIBUTES",
        "{'TableName':'plain','KeyConditionExpression':'pk ="
            + " :v','Select':'COUNT','ProjectionExpression':'x'}|1 validation error detected:"
            + " Cannot specify the ProjectionExpression when choosing to get only the Count",
        "{'TableName':'plain','KeyConditionExpression':'pk ="
            + " :v','Select':'ALL_PROJECTED_ATTRIBUTES'}|ALL_PROJECTED_ATTRIBUTES can be used only"
            + " when Querying using an IndexName",
        "{'TableName':'plain','KeyConditionExpression':'pk ="
            + " :v','ExclusiveStartKey':{'x':{'S':'a'}}}|The provided starting key is invalid",
      })
  void aQueryThatCannotBeIsRefused(String request, String message) {
    String values = request.contains(":v") ? "':v':{'S':'a'}" : "";
    values += request.contains(":e") ? ",':e':{'S':''}" : "";
    values += request.contains(":n") ? ",':n':{'N':'1'}" : "";
    String whole =
        values.isEmpty()
            ? request
            : request.substring(0, request.length() - 1)
                + ",'ExpressionAttributeValues':{"
                + values
                + "}}";
    assertRefused(message, "Query", whole);
  }

  @Test
  void keysItemsAndBatchesHaveAwssLimits() {
    String longest = "x".repeat(2048);
    assertTrue(
        tables
            .refusal("PutItem", "{'TableName':'plain','Item':{'pk':{'S':'" + longest + "'}}}")
            .startsWith("accepted"));
    assertRefused(
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes",
        "GetItem",
        "{'TableName':'plain','Key':{'pk':{'S':'" + longest + "x'}}}");
    assertRefused(
        "One or more parameter values were invalid: Aggregated size of all range keys has exceeded"
            + " the size limit of 1024 bytes",
        "PutItem",
        "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'" + "x".repeat(1025) + "'}}}");
    String item = "{'TableName':'plain','Item':{'pk':{'S':'a'},'v':{'S':'%s'}}}";
    assertTrue(
        tables.refusal("PutItem", item.formatted("x".repeat(409_600 - 4))).startsWith("accepted"));
    assertRefused(
        "Item size has exceeded the maximum allowed size",
        "PutItem",
        item.formatted("x".repeat(409_600 - 3)));
    assertRefused(
        "Item size to update has exceeded the maximum allowed size",
        "UpdateItem",
        "{'TableName':'plain','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET v ="
            + " :v','ExpressionAttributeValues':{':v':{'S':'"
            + "x".repeat(409_600 - 3)
            + "'}}}");
    List<String> gets =
        Collections.nCopies(101, "{'Get':{'TableName':'plain','Key':{'pk':{'S':'a'}}}}");
    assertTrue(
        tables
            .refusal("TransactGetItems", "{'TransactItems':[" + String.join(",", gets) + "]}")
            .endsWith("Member must have length less than or equal to 100"));
  }

  @Test
  void namesOfAttributesHaveAwssLimit() {
    String longest = "n".repeat(65_535);
    String item = "{'TableName':'plain','Item':{'pk':{'S':'a'},'m':{'M':{'%s':{'S':''}}}}}";
    assertTrue(tables.refusal("PutItem", item.formatted(longest)).startsWith("accepted"));
    String tooLarge =
        "1 validation error detected: Attribute name is too large, must be less than 65536 bytes";
    assertRefused(tooLarge, "PutItem", item.formatted(longest + "n"));
    String key = "{'TableName':'plain','Key':{'pk':{'S':'a'}},";
    assertRefused(tooLarge, "GetItem", key + "'AttributesToGet':['" + longest + "n']}");
    assertRefused(
        tooLarge,
        "GetItem",
        key + "'ProjectionExpression':'#a','ExpressionAttributeNames':{'#a':'" + longest + "n'}}");
    assertRefused(
        tooLarge,
        "UpdateItem",
        key + "'AttributeUpdates':{'" + longest + "n':{'Action':'DELETE'}}}");
    assertRefused(
        "Empty attribute name", "UpdateItem", key + "'AttributeUpdates':{'':{'Action':'DELETE'}}}");
  }

  @Test
  void entriesOfPlaceholdersAreChecked() {
    String scan = "{'TableName':'plain','FilterExpression':'a = b',";
    String key = "a".repeat(255);
    assertRefused(
        "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key"
            + " that is too long; size of key: 256",
        "Scan",
        scan + "'ExpressionAttributeNames':{'#" + key + "':'a'}}");
    assertRefused(
        "ExpressionAttributeValues contains invalid key: The expression attribute map contains a"
            + " key that is too long;",
        "Scan",
        scan + "'ExpressionAttributeValues':{':" + key + "':{'S':'a'}}}");
    assertRefused(
        "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a",
        "Scan",
        scan + "'ExpressionAttributeNames':{'#a':''}}");
  }

  @Test
  void aTransactionTellsWrongKeysAsReasonsAndEmptyOnesAtOnce() {
    assertTrue(
        tables
            .refusal(
                "TransactWriteItems",
                "{'TransactItems':[{'Put':{'TableName':'plain','Item':{'pk':{'N':'5'}}}}]}")
            .endsWith("[ValidationError]"));
    assertRefused(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: pk",
        "TransactWriteItems",
        "{'TransactItems':[{'Delete':{'TableName':'plain','Key':{'pk':{'S':''}}}}]}");
    assertRefused(
        "One or more parameter values are not valid. The update expression attempted to update a"
            + " secondary index key to a value that is not supported. The AttributeValue for a key"
            + " attribute cannot contain an empty string value.",
        "TransactWriteItems",
        "{'TransactItems':[{'Update':{'TableName':'full','Key':{'pk':{'S':'a'},'sk':{'S':'b'}},'UpdateExpression':'SET"
            + " l = :v','ExpressionAttributeValues':{':v':{'S':''}}}}]}");
    assertRefused(
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        "TransactWriteItems",
        "{'TransactItems':[{'Put':{'TableName':'gone','Item':{'pk':{'S':'a'}}}},{'ConditionCheck':{'TableName':"
            + "'plain','Key':{'pk':{'S':'b'}},'ConditionExpression':'attribute_exists(pk)',"
            + "'ExpressionAttributeValues':{':v':{'S':'x'}}}}]}");
  }

  @Test
  void ofSeveralIndexesTheFirstByNameIsTold() {
    assertRefused(
        "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S"
            + " Actual: N IndexName: global",
        "PutItem",
        "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'b'},'g':{'N':'1'},'l':{'N':'1'}}}");
  }

  @Test
  void aKeyOfAnIndexThatIsTooLongIsToldWithItsSize() {
    String index = "One or more parameter values were invalid: Size limit exceeded for Index Key ";
    String partition = index + "g Actual Size: 2049 bytes Max Size: 2048 bytes IndexName: global";
    String item = "'Item':{'pk':{'S':'a'},'sk':{'S':'b'},'%s':{'S':'%s'}}";
    String long2049 = item.formatted("g", "x".repeat(2049));
    assertRefused(partition, "PutItem", "{'TableName':'full'," + long2049 + "}");
    assertRefused(
        index + "l Actual Size: 1025 bytes Max Size: 1024 bytes IndexName: local",
        "PutItem",
        "{'TableName':'full'," + item.formatted("l", "x".repeat(1025)) + "}");
    assertRefused(
        partition,
        "BatchWriteItem",
        "{'RequestItems':{'full':[{'PutRequest':{" + long2049 + "}}]}}");
    assertEquals(
        "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for"
            + " specific reasons [ValidationError]",
        tables.refusal(
            "TransactWriteItems",
            "{'TransactItems':[{'Put':{'TableName':'full'," + long2049 + "}}]}"));
    assertTrue(
        tables
            .refusal(
                "PutItem", "{'TableName':'full'," + item.formatted("g", "x".repeat(2048)) + "}")
            .startsWith("accepted"));
  }

  @Test
  void aTableThatIsNotThereIsNotFound() {
    String missing = "ResourceNotFoundException: Requested resource not found";
    assertEquals(missing, tables.refusal("GetItem", "{'TableName':'gone','Key':{'pk':{'S':'a'}}}"));
    assertEquals(missing, tables.refusal("Scan", "{'TableName':'gone'}"));
    assertEquals(
        missing,
        tables.refusal(
            "BatchWriteItem",
            "{'RequestItems':{'gone':[{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}}"));
    assertEquals(
        missing,
        tables.refusal(
            "TransactWriteItems",
            "{'TransactItems':[{'Delete':{'TableName':'gone','Key':{'pk':{'S':'a'}}}}]}"));
  }

  @Test
  void anItemIsMeasuredOnceItsTableIsThere() {
    String item = "'Item':{'pk':{'S':'a'},'b':{'S':'" + "x".repeat(409_600) + "'}}";
    String tooLarge = "ValidationException: Item size has exceeded the maximum allowed size";
    String absent = "ResourceNotFoundException: Requested resource not found";
    for (String table : List.of("plain", "nowhere")) {
      String named = "{'TableName':'" + table + "'," + item + "}";
      String refusal = table.equals("plain") ? tooLarge : absent;
      assertEquals(refusal, tables.refusal("PutItem", named));
      assertEquals(
          refusal,
          tables.refusal("TransactWriteItems", "{'TransactItems':[{'Put':" + named + "}]}"));
      assertEquals(
          refusal,
          tables.refusal(
              "BatchWriteItem",
              "{'RequestItems':{'" + table + "':[{'PutRequest':{" + item + "}}]}}"));
    }
  }

  private void assertRefused(String message, String operation, String request) {
    assertEquals("ValidationException: " + message, tables.refusal(operation, request));
  }
}
