package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @Test
  void statementsInsertChangeAndDelete() {
    run(
        "INSERT INTO \"plain\" VALUE {'pk': 'a', 'n': 1, 'l': [1, 'x'], 's': <<'u', 'v'>>, 'm': {'k': true}}");
    assertEquals(
        "DuplicateItemException: Duplicate primary key exists in table",
        refusal("INSERT INTO plain VALUE {'pk': 'a'}"));
    assertEquals(
        Tables.node("[{'n':{'N':'3'},'m':{'M':{'k':{'BOOL':false}}}}]"),
        run("UPDATE plain SET n = n + 2 SET m.k = false WHERE pk = 'a' RETURNING MODIFIED NEW *"));
    run("FROM plain WHERE pk = 'a' AND n = 3 SET s = set_add(s, <<'w'>>) REMOVE l[0]");
    assertEquals(
        Tables.node(
            "[{'pk':{'S':'a'},'n':{'N':'3'},'l':{'L':[{'S':'x'}]},'s':{'SS':['u','v','w']},"
                + "'m':{'M':{'k':{'BOOL':false}}}}]"),
        run("SELECT * FROM plain WHERE pk = 'a'"));
    assertEquals(
        "ConditionalCheckFailedException: The conditional request failed",
        refusal("UPDATE plain SET n = 1 WHERE pk = 'none'"));
    assertEquals(
        "[{\"pk\":{\"S\":\"a\"}",
        run("DELETE FROM plain WHERE pk = 'a' RETURNING ALL OLD *").toString().substring(0, 16));
    assertEquals(Tables.node("[]"), run("DELETE FROM plain WHERE pk = 'a'"));
  }

  @Test
  void aDeleteAsksNothingWhereThereIsNoItem() {
    String delete = "DELETE FROM plain WHERE pk = 'a' AND n = 1";
    assertEquals(Tables.node("[]"), run(delete));
    assertEquals(Tables.node("[]"), run(delete + " RETURNING ALL OLD *"));
    assertEquals(
        Tables.node("{'Responses':[{'TableName':'plain'}]}"),
        send("BatchExecuteStatement", members("Statements", delete)));
    assertEquals("accepted", transactionRefusal(delete).substring(0, 8));
    run("INSERT INTO plain VALUE {'pk': 'a', 'n': 2}");
    assertEquals(
        "ConditionalCheckFailedException: The conditional request failed", refusal(delete));
    assertTrue(transactionRefusal(delete).endsWith("[ConditionalCheckFailed]"));
    run("DELETE FROM plain WHERE pk = 'a' AND n = 2");
    assertEquals(Tables.node("[]"), run("SELECT * FROM plain"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "attribute_exists(n)|true",
        "NOT attribute_not_exists(n)|true",
        "ATTRIBUTE_EXISTS(m.k) = true|true",
        "attribute_exists(n) = false|false",
        "(attribute_exists(gone) OR size(t) = 3)|true",
        "z IS NULL AND n IS NOT NULL AND gone IS MISSING|true",
        "t IS STRING AND n IS NUMBER AND n IS NOT STRING|true",
        "n = 1.5e1 AND n > -.5 AND n > .5|true",
        "n BETWEEN 1 AND 20 AND t IN ['abc', 'x']|true",
        "t <> 'abc' OR t != 'abc'|false",
        "contains(t, 'b') -- a note|true",
        "m['k'] = true /* a note */|true",
        "\"n\" = 15|true",
        "n = - - 15 AND n < +16 AND n NOT IN [- 15]|true",
        "n NOT BETWEEN 1 AND 20|false",
        "true = attribute_exists(n)|true",
        "attribute_exists(n) = m.k AND attribute_exists(n) <> 1|true",
        "(n = 5 OR t = 'x') = false|true",
        "attribute_exists(gone) IN [true, false]|true",
        "NOT attribute_exists(n) = true|false",
      })
  void clausesHoldAsAwsReadsThem(String clause, boolean holds) {
    run("INSERT INTO plain VALUE {'pk': 'a', 'n': 15, 't': 'abc', 'z': null, 'm': {'k': true}}");
    assertEquals(holds ? 1 : 0, run("SELECT * FROM plain WHERE pk = 'a' AND " + clause).size());
  }

  @Test
  void selectsFindByKeyRangeFilterAndParameter() {
    for (String sk : List.of("a", "ab", "b")) {
      run(
          "INSERT INTO \"full\" VALUE {'pk': 'p', 'sk': '"
              + sk
              + "', 'g': 'g', 'n': 1, 'm': {'x': 5}}");
    }
    run("INSERT INTO \"full\" VALUE {'pk': 'q', 'sk': 'a'}");
    assertEquals(4, run("SELECT * FROM \"full\"").size());
    assertEquals(2, run("SELECT * FROM \"full\" WHERE pk = 'p' AND begins_with(sk, 'a')").size());
    assertEquals(
        Tables.node("[{'sk':{'S':'b'},'x':{'N':'5'}},{'sk':{'S':'ab'},'x':{'N':'5'}}]"),
        run("SELECT sk, m.x FROM \"full\" WHERE pk = 'p' AND sk > 'a' ORDER BY sk DESC"));
    assertEquals(3, run("SELECT * FROM \"full\".\"global\" WHERE g = 'g'").size());
    assertEquals(1, run("SELECT * FROM \"full\" WHERE pk IN ['q', 'z'] AND m IS MISSING").size());
    ObjectNode withParameters = member("SELECT * FROM \"full\" WHERE pk = ? AND n = ?");
    withParameters.set("Parameters", Tables.node("[{'S':'p'},{'N':'1'}]"));
    assertEquals(3, send("ExecuteStatement", withParameters).get("Items").size());
    ObjectNode limited = member("SELECT * FROM \"full\"").put("Limit", 3);
    JsonNode page = send("ExecuteStatement", limited);
    assertEquals(3, page.get("Items").size());
    limited.set("NextToken", page.get("NextToken"));
    assertEquals(1, send("ExecuteStatement", limited).get("Items").size());
  }

  @Test
  void aBatchTellsErrorsByMember() {
    run("INSERT INTO plain VALUE {'pk': 'a', 'v': 1}");
    JsonNode responses =
        send(
                "BatchExecuteStatement",
                members(
                    "Statements",
                    "SELECT v FROM plain WHERE pk = 'a'",
                    "SELECT * FROM plain WHERE v = 1",
                    "SELECT * FROM gone WHERE pk = 'a'",
                    "INSERT INTO plain VALUE {'pk': 'a'}"))
            .get("Responses");
    assertEquals(
        Tables.node(
            "[{'Item':{'v':{'N':'1'}},'TableName':'plain'},{'Error':{'Code':'ValidationError','Message':'Select"
                + " statements within BatchExecuteStatement must specify the primary key in the where clause.'}},"
                + "{'Error':{'Code':'ResourceNotFound','Message':'Requested resource not found'}},"
                + "{'Error':{'Code':'DuplicateItem','Message':'Duplicate primary key exists in table'},"
                + "'TableName':'plain'}]"),
        responses);
  }

  @Test
  void aFailedConditionIsToldWithTheItemWhereThatIsWanted() {
    run("INSERT INTO plain VALUE {'pk': 'a', 'v': 1}");
    ObjectNode batch =
        members(
            "Statements",
            "UPDATE plain SET v = 2 WHERE pk = 'a' AND v = 5",
            "DELETE FROM plain WHERE pk = 'a' AND v = 5",
            "UPDATE plain SET v = 2 WHERE pk = 'b'",
            "DELETE FROM plain WHERE pk = 'a' AND v = 6");
    for (int i = 0; i < 3; i++) {
      ((ObjectNode) batch.at("/Statements/" + i))
          .put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    }
    String failed =
        "{'Error':{'Code':'ConditionalCheckFailed',%s'Message':'The conditional request failed'},"
            + "'TableName':'plain'}";
    String old = failed.formatted("'Item':{'pk':{'S':'a'},'v':{'N':'1'}},");
    String bare = failed.formatted("");
    assertEquals(
        Tables.node("[" + String.join(",", old, old, bare, bare) + "]"),
        send("BatchExecuteStatement", batch).get("Responses"));
  }

  @Test
  void aTransactionOfStatementsIsAllOrNothing() {
    run("INSERT INTO plain VALUE {'pk': 'a', 'v': 1}");
    assertTrue(
        transactionRefusal(
                "INSERT INTO plain VALUE {'pk': 'b'}", "INSERT INTO plain VALUE {'pk': 'a'}")
            .endsWith("[None, DuplicateItem]"));
    assertEquals(1, run("SELECT * FROM plain").size());
    assertTrue(
        transactionRefusal(
                "UPDATE plain SET v = v + 1 WHERE pk = 'a'",
                "EXISTS(SELECT * FROM plain WHERE pk = 'c' AND v = 1)")
            .endsWith("[None, ConditionalCheckFailed]"));
    ObjectNode once =
        members("TransactStatements", "UPDATE plain SET v = v + 1 WHERE pk = 'a'")
            .put("ClientRequestToken", "t")
            .put("ReturnConsumedCapacity", "TOTAL");
    assertEquals(
        2, send("ExecuteTransaction", once).at("/ConsumedCapacity/0/WriteCapacityUnits").asInt());
    assertEquals(
        2, send("ExecuteTransaction", once).at("/ConsumedCapacity/0/ReadCapacityUnits").asInt());
    assertEquals(
        Tables.node("[{'Item':{'v':{'N':'2'}}}]"),
        send(
                "ExecuteTransaction",
                members("TransactStatements", "SELECT v FROM plain WHERE pk = 'a'"))
            .get("Responses"));
    assertEquals(
        "ValidationException: Validation failed in TransactStatements[0]: RETURNING clause is not supported in"
            + " ExecuteTransaction.",
        transactionRefusal("UPDATE plain SET v = 1 WHERE pk = 'x' RETURNING ALL NEW *"));
    assertEquals(
        "ValidationException: Validation failed in TransactStatements[0]: EXISTS() must contain a single item read"
            + " with additional condition",
        transactionRefusal("EXISTS(SELECT * FROM plain WHERE pk = 'a')"));
    assertEquals(
        "ValidationException: Validation failed in TransactStatements[0]: Reads on indices are not supported"
            + " within transactions.",
        transactionRefusal("SELECT * FROM \"full\".\"global\" WHERE g = 'g'"));
  }

  @Test
  void randomStatementsAreRunOrRefusedAndNothingElse() {
    Random random = new Random(20261128);
    String[] pieces = {
      "SELECT",
      "*",
      "FROM",
      "plain",
      "WHERE",
      "pk",
      "=",
      "'a'",
      "1",
      "1e",
      "(",
      ")",
      "AND",
      "OR",
      "NOT",
      "IN",
      "[",
      "]",
      "<<",
      ">>",
      "{",
      "}",
      ":",
      ",",
      ".",
      "-",
      "?",
      "IS",
      "MISSING",
      "BETWEEN",
      "begins_with",
      "size",
      "UPDATE",
      "SET",
      "REMOVE",
      "DELETE",
      "INSERT",
      "INTO",
      "VALUE",
      "RETURNING",
      "ALL",
      "OLD",
      "ORDER",
      "BY",
      "\"",
      "'",
      "--"
    };
    String[] starts = {
      "SELECT * FROM plain WHERE ",
      "UPDATE plain SET a = ",
      "INSERT INTO plain VALUE ",
      "DELETE FROM plain WHERE pk =" + " 'a' ",
      "UPDATE plain REMOVE "
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder statement = new StringBuilder(starts[i % starts.length]);
      for (int j = random.nextInt(9); j >= 0; j--) {
        statement.append(pieces[random.nextInt(pieces.length)]).append(' ');
      }
      assertFalse(refusal(statement.toString()).isEmpty());
    }
  }

  private JsonNode run(String statement) {
    return send("ExecuteStatement", member(statement)).get("Items");
  }

  private JsonNode send(String operation, ObjectNode request) {
    return tables.send(operation, request.toString());
  }

  private String refusal(String statement) {
    return Tables.refusal(() -> run(statement));
  }

  private String transactionRefusal(String... statements) {
    return Tables.refusal(
        () -> send("ExecuteTransaction", members("TransactStatements", statements)));
  }

  private static ObjectNode members(String name, String... statements) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode list = request.putArray(name);
    for (String statement : statements) {
      list.add(member(statement));
    }
    return request;
  }

  private static ObjectNode member(String statement) {
    return JSON.createObjectNode().put("Statement", statement);
  }
}
