package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that AWS refuses, in the words and the order of each operation. */
class ValueRefusalTest {

  private static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported"
          + " limit";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Scan|'TableName':'plain'|FilterExpression is null",
        "Scan|'TableName':'plain','ProjectionExpression':'a'|FilterExpression is null",
        "Query|'TableName':'plain','KeyConditions':{}|FilterExpression and KeyConditionExpression are null",
        "UpdateItem|'TableName':'plain','Key':{'pk':{'S':'a'}}|UpdateExpression and ConditionExpression are null",
        "DeleteItem|'TableName':'plain','Key':{'pk':{'S':'a'}}|ConditionExpression is null",
      },
      quoteCharacter = '~')
  void valuesWithoutAnExpressionAreRefusedWithTheNamesOfThoseMissing(
      String operation, String members, String missing) {
    assertRefused(
        "ExpressionAttributeValues can only be specified when using expressions: " + missing,
        operation,
        "{" + members + ",'ExpressionAttributeValues':{':v':{'S':'x'}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'N':''}|~The parameter cannot be converted to a numeric value: ~|The parameter cannot be converted to a"
            + " numeric value",
        "{'SS':['b','a','b']}|One or more parameter values were invalid: Input collection [\"a\", \"b\", \"b\"] contains"
            + " duplicates.|One or more parameter values were invalid: Input collection [b, a, b] contains"
            + " duplicates.",
        "{'BS':['/w==','AA==','AA==']}|One or more parameter values were invalid: Input collection"
            + " [\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.|One or more parameter values were invalid:"
            + " Input collection [/w==, AA==, AA==]of type BS contains duplicates.",
        "{'NS':['2','1','2']}|One or more parameter values were invalid: Input collection contains"
            + " duplicates.|Input collection contains duplicates",
      })
  void getsAndQueriesRefuseValuesInNewerWordsThanTheOthers(
      String value, String newer, String older) {
    assertRefused(newer, "GetItem", "{'TableName':'plain','Key':{'pk':" + value + "}}");
    assertRefused(
        newer, "BatchGetItem", "{'RequestItems':{'plain':{'Keys':[{'pk':" + value + "}]}}}");
    String filter = "'FilterExpression':'x = :v','ExpressionAttributeValues':{':v':" + value;
    assertRefused(
        newer,
        "Query",
        "{'TableName':'plain','KeyConditionExpression':'pk = :p'," + filter + ",':p':{'S':'a'}}}");
    assertRefused(
        "ExpressionAttributeValues contains invalid value: " + older + " for key :v",
        "Scan",
        "{'TableName':'plain'," + filter + "}}");
    assertRefused(
        older, "PutItem", "{'TableName':'plain','Item':{'pk':{'S':'a'},'x':" + value + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'d':DEEP,'':{'S':'x'}}|Empty attribute name",
        "{'':{'S':'x'},'d':DEEP}|Empty attribute name",
        "{'m':{'M':{'':{'S':'x'}}},'d':DEEP}|DEEP",
      })
  void anItemsOwnEmptyNameIsToldBeforeDepthAndThatBeforeNamesWithin(String item, String message) {
    String deep = "{'L':[".repeat(40) + "]}".repeat(40);
    assertRefused(
        message.replace("DEEP", TOO_DEEP),
        "PutItem",
        "{'TableName':'plain','Item':" + item.replace("DEEP", deep) + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "PutItem|'Item':{'pk':{'S':'a'}}",
        "DeleteItem|'Key':{'pk':{'S':'a'}}",
      })
  void wrongReturnValuesAreToldBeforeWrongValuesOfExpressions(String operation, String written) {
    assertRefused(
        "ReturnValues can only be ALL_OLD or NONE",
        operation,
        "{'TableName':'plain',"
            + written
            + ",'ReturnValues':'UPDATED_NEW','ConditionExpression':'x = :v','ExpressionAttributeValues':"
            + "{':v':{'N':'x'}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'SS':['a',null]}|An string set may not have a null string as a member",
        "{'L':[{'SS':[null]}]}|An string set may not have a null string as a member",
        "{'NS':['1',null]}|An number set may not have a null number as a member",
        "{'M':{'s':{'BS':[null,'AA==']}}}|Binary sets may not contain null or empty values",
      })
  void aSetHasNoNullAsAMember(String set, String message) {
    String refused = "One or more parameter values were invalid: " + message;
    assertRefused(
        refused, "PutItem", "{'TableName':'plain','Item':{'pk':{'S':'a'},'s':" + set + "}}");
    assertRefused(refused, "GetItem", "{'TableName':'plain','Key':{'pk':" + set + "}}");
    assertRefused(
        "ExpressionAttributeValues contains invalid value: " + refused + " for key :v",
        "Scan",
        "{'TableName':'plain','FilterExpression':'a = :v','ExpressionAttributeValues':{':v':"
            + set
            + "}}");
  }

  @ParameterizedTest
  @CsvSource({
    "1e2147483648, Number overflow. Attempting to store a number with magnitude larger than supported range, "
        + "The parameter cannot be converted to a numeric value: 1e2147483648",
    "1e2147483647, Number overflow. Attempting to store a number with magnitude larger than supported range, "
        + "Number underflow. Attempting to store a number with magnitude smaller than supported range",
    "1e-9999999999, Number underflow. Attempting to store a number with magnitude smaller than supported range, "
        + "The parameter cannot be converted to a numeric value: 1e-9999999999",
    "1e99999999999999999999, The parameter cannot be converted to a numeric value: 1e99999999999999999999, "
        + "The parameter cannot be converted to a numeric value: 1e99999999999999999999",
  })
  void exponentsAreReadInFullBySomeOperationsOnly(String number, String inFull, String narrow) {
    String item = "{'pk':{'S':'a'},'x':{'N':'" + number + "'}}";
    String put = "{'TableName':'plain','Item':" + item + "}";
    assertRefused(inFull, "PutItem", put);
    assertRefused(
        narrow,
        "BatchWriteItem",
        "{'RequestItems':{'plain':[{'PutRequest':{'Item':" + item + "}}]}}");
    assertRefused(narrow, "TransactWriteItems", "{'TransactItems':[{'Put':" + put + "}]}");
    assertRefused(
        narrow,
        "ExecuteStatement",
        "{'Statement':'SELECT * FROM plain WHERE x = ?','Parameters':[{'N':'" + number + "'}]}");
  }

  private void assertRefused(String message, String operation, String request) {
    assertEquals("ValidationException: " + message, tables.refusal(operation, request));
  }
}
