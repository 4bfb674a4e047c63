package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's words for what cannot be in the parameters that expressions replaced. */
class LegacyRefusalTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NO_RANGE =
      "Attempted conditional constraint is not an indexable operation";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  private void assertRefused(String message, String operation, String request) {
    assertEquals("ValidationException: " + message, tables.refusal(operation, request));
  }

  private static String test(String operator, String values) {
    return "{'ComparisonOperator':'" + operator + "','AttributeValueList':[" + values + "]}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"EQ", "NE", "LT", "GE", "CONTAINS", "BEGINS_WITH", "IN", "BETWEEN"})
  void aFilterWithoutValues(String operator) {
    String message = INVALID + "Invalid number of argument(s) for the " + operator;
    String none = "{'a':{'ComparisonOperator':'" + operator + "'}}";
    String table = "{'TableName':'gone',";
    assertRefused(message + " ComparisonOperator", "Scan", table + "'ScanFilter':" + none + "}");
    assertRefused(
        message + " ComparisonOperator", "Query", table + "'KeyConditions':" + none + "}");
    assertRefused(
        message + " ComparisonOperator",
        "Query",
        table + "'QueryFilter':{'a':" + test(operator, "") + "}}");
    String write = table + "'Key':{},'Expected':";
    assertRefused(
        message + " ComparisonOperator", "DeleteItem", write + "{'a':" + test(operator, "") + "}}");
    assertRefused(
        INVALID
            + "Value or AttributeValueList must be used with ComparisonOperator: "
            + operator
            + " for Attribute: a",
        "DeleteItem",
        write + none + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'Value':{'S':'a'},'AttributeValueList':[]}|Value and AttributeValueList cannot be used"
            + " together for Attribute: a",
        "{'Exists':true,'AttributeValueList':[]}|AttributeValueList can only be used with a"
            + " ComparisonOperator for Attribute: a",
        "{'Exists':true,'ComparisonOperator':'LT'}|Exists and ComparisonOperator cannot be used"
            + " together for Attribute: a",
        "{'Value':{'S':'a'},'ComparisonOperator':'NULL'}|Invalid number of argument(s) for the NULL"
            + " ComparisonOperator",
        "{'ComparisonOperator':'IN','AttributeValueList':[{'S':'b'},{'N':'1'}]}|AttributeValues"
            + " inside AttributeValueList must be of same type",
        "{'ComparisonOperator':'IN','AttributeValueList':[{'BOOL':true}]}|ComparisonOperator IN is"
            + " not valid for BOOL AttributeValue type",
        "{'ComparisonOperator':'IN','AttributeValueList':[{'SS':['a']}]}|ComparisonOperator IN is"
            + " not valid for SS AttributeValue type",
      })
  void anExpectationThatCannotBe(String expected, String message) {
    assertRefused(
        INVALID + message,
        "PutItem",
        "{'TableName':'gone','Item':{'pk':{'S':'a'}},'Expected':{'a':" + expected + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "NULL||" + NO_RANGE,
        "NE|{'S':'a'}|" + NO_RANGE,
        "IN|{'S':'a'}|" + NO_RANGE,
        "CONTAINS|{'N':'1'}|" + NO_RANGE,
        "GT|{'N':'1'}|" + INVALID + "Condition parameter type does not match schema type",
        "GT|{'S':'a'}|Query key condition not supported",
      })
  void aKeyConditionThatNoQueryCanAskFor(String operator, String values, String message) {
    String condition = test(operator, values == null ? "" : values);
    String query = "{'TableName':'%s'%s,'KeyConditions':{'%s':" + condition + "}}";
    assertRefused(message, "Query", query.formatted("plain", "", "pk"));
    assertRefused(
        "Query condition missed key schema element: pk",
        "Query",
        query.formatted("plain", "", "z"));
    assertRefused(
        "The table does not have the specified index: none",
        "Query",
        query.formatted("plain", ",'IndexName':'none'", "pk"));
    assertEquals(
        "ResourceNotFoundException: Requested resource not found",
        tables.refusal("Query", query.formatted("gone", "", "pk")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Scan|,'Limit':5",
        "Scan|,'AttributesToGet':['a']",
        "Query|,'Limit':5",
        "Query|,'KeyConditions':{'pk':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}}",
        "PutItem|,'Item':{'pk':{'S':'a'}}",
        "DeleteItem|,'Key':{'pk':{'S':'a'}}",
        "UpdateItem|,'Key':{'pk':{'S':'a'}}",
      })
  void aConditionalOperatorWantsTwoConditions(String operation, String members) {
    String one =
        (operation.equals("Scan") || operation.equals("Query") ? operation + "Filter" : "Expected")
            + "':{'b':{'ComparisonOperator':'NULL'}}";
    String request = "{'TableName':'plain','ConditionalOperator':'AND'" + members;
    assertRefused(
        "ConditionalOperator cannot be used without Filter or Expected", operation, request + "}");
    assertRefused(
        "ConditionalOperator can only be used when Filter or Expected has two or more elements",
        operation,
        request + ",'" + one + "}");
  }
}
