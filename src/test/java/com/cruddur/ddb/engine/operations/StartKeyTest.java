package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AWS's words for starting keys that cannot be, and the order in which it looks at them. */
class StartKeyTest {
  private static final String INVALID = "The provided starting key is invalid";
  private static final String UNFIT = "The provided key element does not match the schema";
  private static final String BOTH = INVALID + ": " + UNFIT;
  private static final String OUTSIDE =
      "The provided starting key is outside query boundaries based on provided conditions";
  private static final String NO_MATCH =
      "The provided starting key does not match the range key predicate";
  private static final String ONE_ROW =
      "The query can return at most one row and cannot be restarted";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  private void assertRefused(String message, String operation, String request) {
    assertEquals("ValidationException: " + message, tables.refusal(operation, request));
  }

  /** A query with a starting key; what its condition names is given. */
  private static String query(String of, String condition, String start) {
    String values = "";
    values += condition.contains(":a") ? ",':a':{'S':'a'}" : "";
    values += condition.contains(":b") ? ",':b':{'S':'b'}" : "";
    values += condition.contains(":n") ? ",':n':{'N':'1'}" : "";
    return "{'TableName':'full',%s'KeyConditionExpression':'%s','ExclusiveStartKey':%s,"
            .formatted(of, condition, start)
        + "'ExpressionAttributeValues':{"
        + values.substring(1)
        + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "pk = :a AND sk < :b|{'pk':{'S':'a'}}|" + INVALID,
        "pk = :a AND sk < :b|{'pk':{'S':'a'},'x':{'S':'a'}}|" + INVALID,
        "pk = :a AND sk < :b|{'pk':{'S':'a'},'sk':{'S':'a'},'x':{'S':'a'}}|" + INVALID,
        "pk = :a AND sk < :b|{'pk':{'N':'1'},'sk':{'S':'a'}}|" + UNFIT,
        "pk = :a AND sk < :b|{'pk':{'S':'a'},'sk':{'N':'1'}}|" + UNFIT,
        "sk = :a AND x = :b|{}|" + INVALID,
        "sk = :a AND x = :b|{'pk':{'N':'1'},'sk':{'N':'1'}}|" + UNFIT,
        "sk = :a AND x = :b|{'pk':{'S':'a'},'sk':{'N':'1'}}|Query condition missed key schema"
            + " element: pk",
        "pk = :a|{'pk':{'S':'b'},'sk':{'S':'a'}}|" + OUTSIDE,
        "pk = :a AND sk > :a|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + NO_MATCH,
        "pk = :b AND sk > :a|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + NO_MATCH,
        "pk = :a AND sk = :b|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + NO_MATCH,
        "pk = :a AND begins_with(sk, :b)|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + NO_MATCH,
        "pk = :a AND sk BETWEEN :a AND :b|{'pk':{'S':'a'},'sk':{'S':'c'}}|" + NO_MATCH,
        "pk = :b AND sk < :b|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + ONE_ROW,
      })
  void aQueryOfATable(String condition, String start, String message) {
    assertRefused(message, "Query", query("", condition, start));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "local|pk = :a|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + INVALID,
        "local|pk = :a|{'pk':{'S':'a'},'sk':{'S':'a'},'x':{'S':'a'}}|" + INVALID,
        "local|pk = :a|{'pk':{'S':'a'},'sk':{'N':'1'},'l':{'N':'1'}}|" + UNFIT,
        "local|pk = :a|{'pk':{'S':'a'},'sk':{'N':'1'},'l':{'S':'a'}}|" + BOTH,
        "local|pk = :a|{'pk':{'S':'b'},'sk':{'S':'a'},'l':{'S':'a'}}|" + OUTSIDE,
        "local|pk = :a AND l > :a|{'pk':{'S':'a'},'sk':{'S':'z'},'l':{'S':'a'}}|" + NO_MATCH,
        "part|g = :a|{'x':{'N':'1'},'y':{'N':'1'},'g':{'S':'a'}}|" + BOTH,
        "part|g = :a|{'x':{'S':'a'},'y':{'S':'a'},'g':{'N':'1'}}|" + UNFIT,
        "global|g = :a AND n > :n|{'pk':{'S':'a'},'sk':{'S':'a'},'g':{'S':'b'},'n':{'N':'1'}}|"
            + NO_MATCH,
        "global|g = :a AND n = :n|{'pk':{'S':'a'},'sk':{'S':'a'},'g':{'S':'b'},'n':{'N':'1'}}|"
            + ONE_ROW,
      })
  void aQueryOfAnIndex(String index, String condition, String start, String message) {
    assertRefused(message, "Query", query("'IndexName':'" + index + "',", condition, start));
  }

  @ParameterizedTest
  @CsvSource({
    "sk <= :b, b, true", "sk >= :a, a, false", "sk BETWEEN :a AND :b, b, true",
    "sk BETWEEN :a AND :b, a, false", "sk = :a, a, true", "sk = :a, a, false"
  })
  void aPageThatEndsAtTheFarBoundIsFollowedByAnEmptyOne(String test, String last, boolean forward) {
    tables.call("PutItem", "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'a'}}}");
    tables.call("PutItem", "{'TableName':'full','Item':{'pk':{'S':'a'},'sk':{'S':'b'}}}");
    String start = "{'pk':{'S':'a'},'sk':{'S':'" + last + "'}}";
    String of = "'ScanIndexForward':" + forward + ",";
    assertEquals(
        Tables.node("{'Items':[],'Count':0,'ScannedCount':0}"),
        tables.call("Query", query(of, "pk = :a AND " + test, start)));
  }

  @Test
  void theOlderKeyConditionsAreToldOfLikewise() {
    assertRefused(
        NO_MATCH,
        "Query",
        "{'TableName':'full','KeyConditions':{'pk':{'ComparisonOperator':'EQ','AttributeValueList':"
            + "[{'S':'a'}]},'sk':{'ComparisonOperator':'GT','AttributeValueList':[{'S':'a'}]}},"
            + "'ExclusiveStartKey':{'pk':{'S':'a'},'sk':{'S':'a'}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'plain'|{}|" + BOTH,
        "'plain'|{'pk':{'N':'1'}}|" + BOTH,
        "'plain'|{'pk':{'S':'a'},'x':{'S':'a'}}|" + BOTH,
        "'full'|{'pk':{'S':'a'}}|" + BOTH,
        "'full','IndexName':'local'|{'pk':{'S':'a'},'sk':{'S':'a'}}|" + INVALID,
        "'full','IndexName':'local'|{'pk':{'S':'a'},'sk':{'S':'a'},'l':{'N':'1'}}|" + UNFIT,
        "'full','IndexName':'local'|{'pk':{'S':'a'},'sk':{'N':'1'},'l':{'S':'a'}}|" + BOTH,
        "'full','IndexName':'part','Select':'ALL_ATTRIBUTES'|{'g':{'S':'a'}}|" + INVALID,
        "'full','IndexName':'part','Select':'ALL_ATTRIBUTES'|{'x':{'N':'1'},'y':{'N':'1'},'g':"
            + "{'S':'a'}}|One or more parameter values were invalid: Select type ALL_ATTRIBUTES is"
            + " not supported for global secondary index part because its projection type is not"
            + " ALL",
        "'plain','FilterExpression':'attribute_exists(pk.a)'|{'pk':{'N':'1'}}|" + BOTH,
        "'plain','TotalSegments':2,'Segment':%d|{'pk':{'S':'a'}}|"
            + INVALID
            + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
            + " TotalSegments: 2 Segment: %d",
      })
  void aScan(String of, String start, String message) {
    String scan = "{'TableName':" + of + ",'ExclusiveStartKey':" + start + "}";
    boolean first = tables.refusal("Scan", scan.replace("%d", "0")).startsWith("accepted");
    String wrong = first ? "1" : "0";
    assertRefused(message.replace("%d", wrong), "Scan", scan.replace("%d", wrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Query", "Scan"})
  void aValueThatCannotBeIsTheKeys(String operation) {
    String request = "{'TableName':'gone','ExclusiveStartKey':{'pk':%s}}";
    assertRefused(
        INVALID
            + ": Supplied AttributeValue is empty, must contain exactly one of the supported"
            + " datatypes",
        operation,
        request.formatted("{}"));
    assertRefused(
        INVALID
            + ": Supplied AttributeValue has more than one datatypes set, must contain exactly one"
            + " of the supported datatypes",
        operation,
        request.formatted("{'S':'a','N':'1'}"));
    assertRefused(
        INVALID + ": One or more parameter values were invalid: An string set  may not be empty",
        operation,
        request.formatted("{'SS':[]}"));
    assertRefused(
        "One or more parameter values were invalid: An number set  may not be empty",
        operation,
        request.formatted("{'NS':[]}"));
    assertRefused(
        "The parameter cannot be converted to a numeric value: b",
        operation,
        request.formatted("{'N':'b'}"));
  }
}
