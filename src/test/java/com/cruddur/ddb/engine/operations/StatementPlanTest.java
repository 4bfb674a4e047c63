package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS makes of conditions on keys: one read or several, of one item or more. */
class StatementPlanTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OVERLAP =
      "Overlapping conditions with range keys are not supported in where clause";
  private static final String TYPE =
      "Key attribute's data type should match its data type in table's schema: Key ";
  private static final String TOO_MANY = "Too many decomposed read operations for a given query.";
  private static final String NOT_HELD =
      "One or more parameter values were invalid: Secondary index part does not project one or"
          + " more filter attributes: ";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @BeforeEach
  void fill() {
    for (String sk : new String[] {"1", "2", "3"}) {
      run("INSERT INTO \"full\" VALUE {'pk': 'p', 'sk': '" + sk + "', 'v': " + sk + ", 'm': {}}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pk IN ['p', 'p']|OVERLAP",
        "pk = 'p' OR pk = 'p'|OVERLAP",
        "pk = 'p' AND (sk > '0' OR sk < '5')|OVERLAP",
        "pk = 'p' AND (begins_with(sk, '1') OR sk BETWEEN '12' AND '2')|OVERLAP",
        "pk = 'p' AND (sk = '1' OR v = 2)|OVERLAP",
        "pk = 'p' AND v <> 1 OR pk = 'p' AND sk = '2'|OVERLAP",
        "pk = 'p' AND (sk < '2' OR sk > '2' OR sk = '2')|3",
        "pk = 'p' AND (sk = '1' OR sk = '2' AND sk > '5')|1",
        "pk = 'p' AND NOT sk = '1' OR pk = 'p' AND sk = '2'|2",
        "pk = 'p' OR pk = 'p' AND sk <> '1'|3",
        "pk = 'p' AND (v = 1 OR v = 2)|2",
        "pk = 'p' OR sk = '1'|3",
        "pk = 'p' AND sk IN ['1', '3', '9']|2",
        "pk = 1 OR pk = 'p'|TYPE pk",
        "pk = 'p' AND sk IN ['1', 2]|TYPE sk",
        "pk > 1|0",
        "pk IN [51]|TOO_MANY",
        "pk IN [50] AND v IN [60]|0",
        "pk IN [26] AND sk IN ['1', '2']|TOO_MANY",
        "pk IN [51] OR v = 1|1",
      })
  void branchesAreReadOnce(String where, String expected) {
    String clause = where;
    for (int n : new int[] {26, 50, 51, 60}) {
      clause = clause.replace("[" + n + "]", "[" + texts(n) + "]");
    }
    assertEquals(
        expected.replace("OVERLAP", OVERLAP).replace("TYPE ", TYPE).replace("TOO_MANY", TOO_MANY),
        answer("SELECT * FROM \"full\" WHERE " + clause));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pk = 'p' ORDER BY sk|p1 p2 p3",
        "pk = 'p' ORDER BY pk|p3 p2 p1",
        "pk IN ['q', 'p'] AND sk > '1'|p2 p3 q2 q3",
        "pk IN ['p', 'q'] ORDER BY pk DESC, sk|q1 q2 q3 p1 p2 p3",
        "pk IN ['p', 'q'] ORDER BY pk DESC|q3 q2 q1 p3 p2 p1",
        "pk = 'q' AND sk IN ['3', '1'] OR pk = 'p' AND sk = '2'|p2 q1 q3",
        "pk = 'p' AND sk IN ['1', '2', '3'] ORDER BY sk DESC|p3 p2 p1",
        "pk = 'p' AND NOT sk = '2' OR pk = 'p'|p1 p2 p3",
        "pk = 'p' AND pk = 'q'|~~",
      })
  void branchesAreReadInOrderPageByPage(String where, String expected) {
    for (String sk : new String[] {"1", "2", "3"}) {
      run("INSERT INTO \"full\" VALUE {'pk': 'q', 'sk': '" + sk + "'}");
    }
    ObjectNode request = statement("SELECT pk, sk FROM \"full\" WHERE " + where).put("Limit", 2);
    List<String> read = new ArrayList<>();
    JsonNode page;
    do {
      page = tables.send("ExecuteStatement", request.toString());
      page.get("Items")
          .forEach(each -> read.add(each.at("/pk/S").asText() + each.at("/sk/S").asText()));
      request.set("NextToken", page.get("NextToken"));
    } while (page.has("NextToken"));
    assertEquals(expected, String.join(" ", read));
  }

  @Test
  void onlyWhatIsAskedForIsReadAndPaidFor() {
    ObjectNode request =
        statement("SELECT * FROM \"full\" WHERE pk IN ['p', 'q'] AND sk = '1'")
            .put("ReturnConsumedCapacity", "TOTAL");
    assertEquals(
        1.0,
        tables
            .send("ExecuteStatement", request.toString())
            .at("/ConsumedCapacity/CapacityUnits")
            .asDouble());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g = 'y' AND NOT (u = 1 OR x = 2)|[u]",
        "g = 'y' AND b = 1 AND (a = 2 OR x = 3)|[a, b]",
        "(g = 'y' OR g = 'z') AND u = 1|[u]",
        "(g = 'q' AND u = 1) OR (g = 'b' AND w = 1)|[u]",
        "(g = 'y' AND x = 1) OR (g = 'z' AND u = 1)|0",
        "g > 'a' AND u = 1|0",
        "g = 'y' AND (g = 'z' OR u = 1)|0",
        "(g = 'y' AND u = 1) OR w = 1|0",
      })
  void aKeyedReadOfAnIndexAsksOnlyOfWhatItHolds(String where, String expected) {
    String refusal = expected.equals("0") ? expected : NOT_HELD + expected;
    assertEquals(refusal, answer("SELECT pk FROM \"full\".\"part\" WHERE " + where));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pk = 'p' AND sk = '1'|true",
        "(sk = '1') AND pk = 'p' AND pk = 'p'|true",
        "pk IN ['p'] AND sk IN ['1']|true",
        "pk = 'p' AND sk = '1' AND v = 1|false",
        "pk = 'p' AND sk = '1' AND pk = 'q'|false",
        "pk = 'p'|false",
      })
  void batchesAndTransactionsReadByNothingButTheKey(String where, boolean read) {
    String statement = "SELECT sk FROM \"full\" WHERE " + where;
    JsonNode answer =
        tables.send("BatchExecuteStatement", of("Statements", statement)).at("/Responses/0");
    assertEquals(read ? "1" : "", answer.at("/Item/sk/S").asText());
    assertEquals(
        read
            ? ""
            : "Select statements within BatchExecuteStatement must specify the primary key in the where clause.",
        answer.at("/Error/Message").asText());
    assertEquals(
        read
            ? "{\"Responses\":[{\"Item\":{\"sk\":{\"S\":\"1\"}}}]}"
            : "Validation failed in TransactStatements[0]: Select statements within"
                + " ExecuteTransaction must specify the primary key in the where clause.",
        transaction(statement));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT * FROM full_ WHERE pk = 'p' AND sk = '1'; SELECT * FROM full_ WHERE sk = '1' AND pk = 'p'|Transaction"
            + " request cannot include multiple operations on one item",
        "SELECT * FROM full_ WHERE pk = 'p' AND sk = '1'; SELECT * FROM full_ WHERE pk = 'p' AND sk = 1|[None,"
            + " ValidationError]",
        "SELECT * FROM full_ WHERE pk = 'p' AND sk = '1'; SELECT * FROM gone.i WHERE pk = 'p'|[None, ResourceNotFound]",
        "UPDATE gone SET a = 1 WHERE pk = 'p' RETURNING ALL NEW *; DELETE FROM gone WHERE pk = 'p'|[ResourceNotFound,"
            + " ResourceNotFound]",
        "UPDATE gone SET a = 1 WHERE pk = 'p'; DELETE FROM full_ WHERE pk = 'p' AND sk = '1' RETURNING ALL OLD *|Validation"
            + " failed in TransactStatements[1]: RETURNING clause is not supported in ExecuteTransaction.",
        "UPDATE full_ SET a = 1 WHERE pk = 'p'; DELETE FROM full_ WHERE pk = 'p' AND sk = '1' AND pk = 'q';"
            + " UPDATE full_ SET a = 1 WHERE pk = 'p' AND sk = '1'|[ValidationError, ValidationError, None]",
        "SELECT * FROM full_ WHERE pk = 'p' AND sk = '1'; DELETE FROM full_ WHERE pk = 'p' AND sk = '2'|ExecuteTransaction"
            + " API does not support both read and write operations in the same request.",
        "DELETE FROM full_ WHERE pk = 'p' AND sk = '1'; SELECT * FROM full_ WHERE|Validation failed in"
            + " TransactStatements[1]: Statement wasn't well formed, can't be processed: Unexpected term",
      })
  void aTransactionTellsWhichStatementsItRefuses(String statements, String refusal) {
    String answer = transaction(statements.replace("full_", "\"full\"").split("; "));
    assertEquals(refusal, answer.substring(Math.max(0, answer.lastIndexOf(refusal))));
  }

  @Test
  void aWriteNamesOneItem() {
    String refusal =
        "Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported";
    assertEquals(
        refusal, answer("UPDATE \"full\" SET a = 1 WHERE pk = 'p' AND sk = '1' AND pk = 'q'"));
    assertEquals(refusal, answer("DELETE FROM \"full\" WHERE pk = 'p' AND sk = '1' AND pk = 'q'"));
    assertEquals("0", answer("UPDATE \"full\" SET a = 1 WHERE pk = 'p' AND sk = '1' AND pk = 'p'"));
  }

  @Test
  void anUpdateMayNotLeaveTheItemTooDeep() {
    ObjectNode request = statement("UPDATE \"full\" SET m.x = ? WHERE pk = 'p' AND sk = '1'");
    String deep = "{'S':'x'}";
    for (int i = 0; i < 30; i++) {
      deep = "{'L':[" + deep + "]}";
    }
    request.set("Parameters", Tables.node("[" + deep + "]"));
    tables.send("ExecuteStatement", request.toString());
    request.set("Parameters", Tables.node("[{'L':[" + deep + "]}]"));
    assertEquals(
        "ValidationException: Nesting Levels have exceeded supported limits",
        Tables.refusal(() -> tables.send("ExecuteStatement", request.toString())));
  }

  @Test
  void aColumnHasTheLastNameOfItsPath() {
    run("INSERT INTO plain VALUE {'pk': 'a', 'm': {'k': ['x', ['y']]}}");
    assertEquals(
        Tables.node("[{'k[1][0]':{'S':'y'}}]"), run("SELECT m.k[1][-0] FROM plain").get("Items"));
  }

  private static String texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(","));
  }

  private static ObjectNode statement(String text) {
    return JSON.createObjectNode().put("Statement", text);
  }

  private static String of(String members, String... statements) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode array = request.putArray(members);
    Arrays.stream(statements).forEach(each -> array.add(statement(each)));
    return request.toString();
  }

  private JsonNode run(String statement) {
    return tables.send("ExecuteStatement", statement(statement).toString());
  }

  /** How many items the statement gives, or why it was refused. */
  private String answer(String statement) {
    String answer = told(() -> run(statement));
    return answer.startsWith("{")
        ? Integer.toString(Tables.tree(answer).get("Items").size())
        : answer;
  }

  private String transaction(String... statements) {
    String request = of("TransactStatements", statements);
    return told(() -> tables.send("ExecuteTransaction", request));
  }

  /** The answer, or the refusal without its type. */
  private static String told(Supplier<JsonNode> work) {
    String told = Tables.refusal(work);
    return told.substring(told.indexOf(": ") + 2);
  }
}
