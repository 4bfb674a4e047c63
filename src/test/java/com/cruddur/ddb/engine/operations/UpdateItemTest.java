package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update leaves of an item, where AWS does not do the obvious. */
class UpdateItemTest {

  private static final String KEY = "{'TableName':'plain','Key':{'pk':{'S':'a'}}";

  private final Tables tables = new Tables(Tables.PLAIN);

  private void has(String attributes) {
    tables.call("PutItem", "{'TableName':'plain','Item':{'pk':{'S':'a'}," + attributes + "}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'UpdateExpression':'REMOVE v'",
        "'UpdateExpression':'REMOVE v.w, l[0]'",
        "'UpdateExpression':'DELETE v :v','ExpressionAttributeValues':{':v':{'SS':['x']}}",
        "'AttributeUpdates':{'v':{'Action':'DELETE'}}",
        "'AttributeUpdates':{'v':{'Action':'DELETE','Value':{'SS':['x']}}}",
      })
  void whatOnlyTakesAwayMakesNoItem(String update) {
    assertEquals(
        Tables.node("{}"),
        tables.call("UpdateItem", KEY + "," + update + ",'ReturnValues':'ALL_NEW'}"));
    assertEquals(Tables.node("{}"), tables.call("GetItem", KEY + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'AttributeUpdates':{}", ",'UpdateExpression':'ADD n :n'"})
  void anyOtherUpdateMakesTheItem(String update) {
    String values = update.contains(":n") ? ",'ExpressionAttributeValues':{':n':{'N':'1'}}" : "";
    tables.call("UpdateItem", KEY + update + values + "}");
    assertEquals("a", tables.call("GetItem", KEY + "}").at("/Item/pk/S").textValue());
  }

  @Test
  void theOlderAddAppendsToLists() {
    has("'v':{'L':[{'S':'x'}]}");
    String add = KEY + ",'AttributeUpdates':{'v':{'Action':'ADD','Value':{'L':[{'N':'1'}]}}},%s}";
    assertEquals(
        Tables.node("{'Attributes':{'v':{'L':[{'S':'x'},{'N':'1'}]}}}"),
        tables.call("UpdateItem", add.formatted("'ReturnValues':'UPDATED_NEW'")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'v':{'SS':['x']}|'ADD','Value':{'N':'1'}",
        "'v':{'SS':['x']}|'ADD','Value':{'L':[]}",
        "'v':{'N':'1'}|'ADD','Value':{'NS':['1']}",
        "'v':{'S':'x'}|'DELETE','Value':{'SS':['x']}",
        "'v':{'NS':['1']}|'DELETE','Value':{'SS':['x']}",
      })
  void theOlderUpdatesCallAWrongTypeAMismatch(String attributes, String action) {
    has(attributes);
    assertEquals(
        "ValidationException: Type mismatch for attribute to update",
        tables.refusal("UpdateItem", KEY + ",'AttributeUpdates':{'v':{'Action':" + action + "}}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET v = v + :one", "SET v = v - :one", "ADD v :one"})
  void aSumOfMoreThan38DigitsIsAnOverflow(String update) {
    has("'v':{'N':'1e50'}");
    assertEquals(
        "ValidationException: Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range",
        tables.refusal(
            "UpdateItem",
            KEY
                + ",'UpdateExpression':'"
                + update
                + "','ExpressionAttributeValues':{':one':{'N':'1'}}}"));
  }
}
