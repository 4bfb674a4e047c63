package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which faults of its actions a transaction tells as reasons, and which at once. */
class TransactionTest {

  private static final String CANCELLED =
      "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for"
          + " specific reasons ";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  private String write(String... actions) {
    return tables.refusal(
        "TransactWriteItems", "{'TransactItems':[" + String.join(",", actions) + "]}");
  }

  private static String action(String kind, String rest) {
    return "{'" + kind + "':{'TableName':'plain'," + rest + "}}";
  }

  @Test
  void theFirstActionThatCannotBeIsTheOnlyReason() {
    assertEquals(
        CANCELLED + "[None, ValidationError, None, None]",
        write(
            action("Put", "'Item':{'pk':{'S':'a'}}"),
            action("Put", "'Item':{'pk':{'N':'7'}}"),
            action("Put", "'Item':{'pk':{'N':'8'}}"),
            action("Put", "'Item':{'pk':{'S':'b'}},'ConditionExpression':'attribute_exists(pk)'")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Put|'Item':{'pk':{'S':'%s'}}",
        "Delete|'Key':{'pk':{'S':'%s'}}",
        "Update|'Key':{'pk':{'S':'%s'}},'UpdateExpression':'REMOVE a'",
        "ConditionCheck|'Key':{'pk':{'S':'%s'}},'ConditionExpression':'attribute_exists(a)'",
      })
  void aKeyThatIsTooLongIsAReason(String action) {
    String[] parts = action.formatted("x".repeat(2049)).split("\\|");
    assertEquals(CANCELLED + "[ValidationError]", write(action(parts[0], parts[1])));
    String get = action("Get", "'Key':{'pk':{'S':'" + "x".repeat(2049) + "'}}");
    assertEquals(
        CANCELLED + "[ValidationError]",
        tables.refusal("TransactGetItems", "{'TransactItems':[" + get + "]}"));
  }

  @Test
  void namesAndValuesMayStandThereWithoutAnExpression() {
    String names = ",'ExpressionAttributeNames':{'#a':'a'}";
    String values = ",'ExpressionAttributeValues':{':a':{'S':'a'}}";
    assertTrue(
        write(
                action("Put", "'Item':{'pk':{'S':'a'}}" + names + values),
                action("Delete", "'Key':{'pk':{'S':'b'}}" + names))
            .startsWith("accepted"));
    assertTrue(
        tables
            .refusal(
                "TransactGetItems",
                "{'TransactItems':[" + action("Get", "'Key':{'pk':{'S':'a'}}" + names) + "]}")
            .startsWith("accepted"));
  }

  @Test
  void aCheckHasACondition() {
    assertEquals(
        "ValidationException: 1 validation error detected: Value null at"
            + " 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy"
            + " constraint: Member must not be null",
        write(action("ConditionCheck", "'Key':{'pk':{'S':'a'}}")));
  }

  @Test
  void anItemOfWhichNothingIsWantedIsNotTold() {
    tables.call("PutItem", "{'TableName':'plain','Item':{'pk':{'S':'a'},'n':{'N':'1'}}}");
    String get = action("Get", "'Key':{'pk':{'S':'a'}},'ProjectionExpression':'%s'");
    String nothing = "{'Responses':[{}]}";
    assertEquals(
        Tables.node(nothing),
        tables.call(
            "TransactGetItems", "{'TransactItems':[" + get.formatted("gone, n.gone") + "]}"));
    assertEquals(
        Tables.node("{'Responses':[{'Item':{'n':{'N':'1'}}}]}"),
        tables.call("TransactGetItems", "{'TransactItems':[" + get.formatted("gone, n") + "]}"));
    assertEquals(
        Tables.node(nothing),
        tables.call(
            "ExecuteTransaction",
            "{'TransactStatements':[{'Statement':'SELECT gone FROM plain WHERE pk = ?',"
                + "'Parameters':[{'S':'a'}]}]}"));
    assertEquals(
        Tables.node("{'Item':{}}"),
        tables.call(
            "GetItem",
            "{'TableName':'plain','Key':{'pk':{'S':'a'}},'ProjectionExpression':'gone'}"));
  }
}
