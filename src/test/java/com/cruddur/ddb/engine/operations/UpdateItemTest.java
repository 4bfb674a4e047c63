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

  /** Each clause beside one that fills an item of a short key, and what it counts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SET b = :pad|23|'b':{'S':''}",
        "SET #b = :pad|23|'b':{'S':''}",
        "SET b = :pad, c = :s|53|'b':{'S':''}",
        "SET b = :pad, c = abcdefghij|68|'abcdefghij':{'S':'x'}",
        "SET b = :pad, c = m.z|74|'m':{'M':{'z':{'S':'x'}}}",
        "SET b = :pad, c = l[1]|74|'l':{'L':[{'S':'x'},{'S':'y'}]}",
        "SET b = :pad, l = list_append(l, :l)|110|'l':{'L':[{'S':'x'}]}",
        "SET b = :pad, c = if_not_exists(c, :m)|112|'c':{'S':'x'}",
        "SET b = :pad, c = if_not_exists(c, :s), d = if_not_exists(d, :s)|193|'c':{'S':'x'}",
        "SET b = :pad, n = n + :n|95|'n':{'N':'12345678901234567890'}",
        "SET b = :pad, n = n - :n|98|'n':{'N':'1'}",
        "SET b = :pad ADD n :n|45|'n':{'N':'1'}",
        "SET b = :pad ADD ss :ss|48|'ss':{'SS':['a','b','c']}",
        "SET b = :pad REMOVE m.z|30|'m':{'M':{'z':{'S':'x'}}}",
        "SET b = :pad REMOVE l[10]|31|'l':{'L':[{'S':'x'}]}",
        "SET b = :pad DELETE ss :ss|26|'ss':{'SS':['a','pq','rs']}",
      })
  void anExpressionCountsWhatItBringsAndAFeeForEachClause(String update, int counts, String has) {
    String shown =
        KEY
            + ",'UpdateExpression':'"
            + update
            + "'"
            + (update.contains("#b") ? ",'ExpressionAttributeNames':{'#b':'b'}" : "")
            + ",'ExpressionAttributeValues':{"
            + (update.contains(":s)") || update.endsWith(":s") ? "':s':{'S':'ssssssssss'}," : "")
            + (update.contains(":ss") ? "':ss':{'SS':['pq','rs']}," : "")
            + (update.contains(":n") ? "':n':{'N':'1'}," : "")
            + (update.contains(":l") ? "':l':{'L':[{'S':'llllllllll'}]}," : "")
            + (update.contains(":m") ? "':m':{'M':{'mm':{'S':'mmmmmmmm'}}}," : "")
            + "':pad':{'S':'%s'}}}";
    int largest = 409_600 - counts;
    has(has);
    assertEquals(
        "ValidationException: Item size to update has exceeded the maximum allowed size",
        tables.refusal("UpdateItem", shown.formatted("x".repeat(largest + 1))));
    tables.call("UpdateItem", shown.formatted("x".repeat(largest)));
  }

  @Test
  void whatAnExpressionCountsIsToldBeforeItsCondition() {
    String update =
        "'UpdateExpression':'SET b = :v','ConditionExpression':'attribute_exists(nothing)',"
            + "'ExpressionAttributeValues':{':v':{'S':'"
            + "x".repeat(409_600)
            + "'}}}";
    assertEquals(
        "ValidationException: Item size to update has exceeded the maximum allowed size",
        tables.refusal("UpdateItem", KEY + "," + update));
  }

  @Test
  void otherWaysToUpdateCountTheFinishedItemAlone() {
    String value = "{'S':'" + "x".repeat(409_596) + "'}";
    tables.call("UpdateItem", KEY + ",'AttributeUpdates':{'b':{'Value':" + value + "}}}");
    tables.call(
        "TransactWriteItems",
        "{'TransactItems':[{'Update':"
            + KEY
            + ",'UpdateExpression':'SET b = :v','ExpressionAttributeValues':{':v':"
            + value
            + "}}}]}");
    tables.send(
        "ExecuteStatement",
        "{\"Statement\":\"UPDATE plain SET b = ? WHERE pk = 'a'\",\"Parameters\":["
            + value.replace('\'', '"')
            + "]}");
  }
}
