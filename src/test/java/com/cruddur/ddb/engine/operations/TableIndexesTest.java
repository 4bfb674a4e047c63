package com.cruddur.ddb.engine.operations;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.RawRequests;
import com.cruddur.ddb.engine.TestEngine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AWS asks of the keys and indexes of tables, and how it describes them. */
class TableIndexesTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UNITS =
      ",'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}";
  private static final String ON_DEMAND = ",'BillingMode':'PAY_PER_REQUEST'";

  @TempDir Path buckets;

  private TestEngine engine;
  private RawRequests raw;

  @BeforeEach
  void start() throws IOException {
    engine = new TestEngine(buckets, Faults.NONE);
    raw = new RawRequests(engine.port());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** A key of attributes of one letter: {@code "a-b"} has a HASH and a RANGE. */
  private static String key(String parts) {
    String hash = parts.split("-")[0];
    String range = parts.contains("-") ? parts.split("-")[1] : "";
    return "'KeySchema':[%s]"
        .formatted(
            Stream.concat(
                    hash.chars().mapToObj(name -> part(name, "HASH")),
                    range.chars().mapToObj(name -> part(name, "RANGE")))
                .collect(joining(",")));
  }

  private static String part(int name, String type) {
    return "{'AttributeName':'%c','KeyType':'%s'}".formatted(name, type);
  }

  private static String attributes(String names) {
    return "'AttributeDefinitions':["
        + names
            .chars()
            .mapToObj(name -> "{'AttributeName':'%c','AttributeType':'S'}".formatted(name))
            .collect(joining(","))
        + "]";
  }

  private static String create(String names, String key, String rest) {
    return "{'TableName':'chat'," + attributes(names) + "," + key(key) + rest + "}";
  }

  private static String index(String name, String key, String rest) {
    return "{'IndexName':'%s',%s,'Projection':{'ProjectionType':'ALL'}%s}"
        .formatted(name, key, rest);
  }

  private static String global(String... indexes) {
    return ",'GlobalSecondaryIndexes':[" + String.join(",", indexes) + "]";
  }

  private String refusal(String create) throws IOException {
    return raw.message("CreateTable", create);
  }

  private static String update(String rest) {
    return "{'TableName':'chat'," + rest + "}";
  }

  private static String updates(String updates) {
    return "'GlobalSecondaryIndexUpdates':[" + updates + "]";
  }

  private JsonNode call(String operation, String request) throws IOException {
    return new ObjectMapper().readTree(raw.call(operation, request)).elements().next();
  }

  @Test
  void aGlobalKeyHasFourAttributesOfEachKind() throws IOException {
    String names = "abcdefghij";
    assertThat(refusal(create("abcde", "a", ON_DEMAND + global(index("one", key("abcde"), "")))))
        .isEqualTo(
            INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes");
    assertThat(refusal(create("abcdef", "a", ON_DEMAND + global(index("one", key("a-bcdef"), "")))))
        .isEqualTo(
            INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    assertThat(
            refusal(
                create(
                    "ab",
                    "a",
                    ON_DEMAND + global(index("one", key("a-a"), ""), index("two", key("b"), "")))))
        .isEqualTo("The KeySchema contains multiple key attributes with the same name");
    String mixed =
        "'KeySchema':["
            + part('a', "HASH")
            + ","
            + part('b', "RANGE")
            + ","
            + part('c', "HASH")
            + "]";
    assertThat(refusal(create("abc", "a", ON_DEMAND + global(index("one", mixed, "")))))
        .isEqualTo(
            INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    assertThat(refusal(create("ab", "a", ON_DEMAND + global(index("one", key("-ab"), "")))))
        .isEqualTo("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    assertThat(
            raw.call(
                "CreateTable",
                create(
                    names.substring(0, 8),
                    "a",
                    ON_DEMAND + global(index("one", key("abcd-efgh"), "")))))
        .contains("\"IndexStatus\":\"CREATING\"");
  }

  @Test
  void aLocalKeyHasTwoAttributes() throws IOException {
    assertThat(
            refusal(
                create(
                    "abc",
                    "a-b",
                    ON_DEMAND
                        + ",'LocalSecondaryIndexes':["
                        + index("one", key("a-bc"), "")
                        + "]")))
        .startsWith(
            "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH),")
        .endsWith(
            "at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member"
                + " must have length less than or equal to 2");
  }

  @Test
  void anUnusedAttributeIsToldBeforeAnythingElseOfIndexes() throws IOException {
    String index = index("one", key("b"), "").replace("'ProjectionType':'ALL'", "");
    assertThat(refusal(create("abc", "a", ON_DEMAND + global(index))))
        .startsWith(INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: [");
    assertThat(refusal(create("ab", "a", ON_DEMAND + global(index))))
        .isEqualTo(INVALID + "Unknown ProjectionType: null");
  }

  @Test
  void limitsOnDemandOfAnIndex() throws IOException {
    String limits = ",'OnDemandThroughput':{'MaxReadRequestUnits':%d}";
    assertThat(
            refusal(
                create("a", "a", ON_DEMAND + global(index("one", key("a"), limits.formatted(-1))))))
        .isEqualTo(
            INVALID
                + "Requested MaxReadRequestUnits for OnDemandThroughput for index : one is outside"
                + " of valid range");
    assertThat(
            refusal(
                create(
                    "a", "a", UNITS + global(index("one", key("a"), UNITS + limits.formatted(5))))))
        .isEqualTo(
            INVALID
                + "MaxReadRequestUnits for OnDemandThroughput for index: one cannot be specified"
                + " when table BillingMode is PROVISIONED.");
    assertThat(refusal(create("a", "a", UNITS + limits.formatted(5))))
        .isEqualTo(
            INVALID
                + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table"
                + " BillingMode is PROVISIONED.");
    call("CreateTable", create("a", "a", UNITS));
    assertThat(raw.message("UpdateTable", update(limits.formatted(5).substring(1))))
        .isEqualTo(
            INVALID
                + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table"
                + " BillingMode is PROVISIONED");
  }

  @Test
  void aSwitchToProvisionedDropsLimitsOnDemand() throws IOException {
    String limits = ",'OnDemandThroughput':{'MaxReadRequestUnits':5}";
    call(
        "CreateTable",
        create("a", "a", ON_DEMAND + limits + global(index("one", key("a"), limits))));
    JsonNode before = call("DescribeTable", "{'TableName':'chat'}");
    assertThat(before.at("/GlobalSecondaryIndexes/0/OnDemandThroughput").isObject()).isTrue();
    JsonNode after =
        call(
            "UpdateTable",
            update(
                "'BillingMode':'PROVISIONED'"
                    + UNITS
                    + ","
                    + updates("{'Update':{'IndexName':'one'" + UNITS + "}}")));
    assertThat(after.has("OnDemandThroughput")).isFalse();
    assertThat(after.at("/GlobalSecondaryIndexes/0/OnDemandThroughput").isMissingNode()).isTrue();
    assertThat(after.get("TableStatus").textValue()).isEqualTo("UPDATING");
  }

  @Test
  void namesComeSorted() throws IOException {
    JsonNode made =
        call(
            "CreateTable",
            create(
                "zam",
                "z-m",
                ON_DEMAND
                    + global(
                        index("two", key("a"), "")
                            .replace("'ALL'", "'INCLUDE','NonKeyAttributes':['y','b','x']"),
                        index("one", key("m"), ""))));
    assertThat(made.get("AttributeDefinitions").findValuesAsText("AttributeName"))
        .containsExactly("a", "m", "z");
    assertThat(made.at("/GlobalSecondaryIndexes/0/Projection/NonKeyAttributes"))
        .hasToString("[\"b\",\"x\",\"y\"]");
    assertThat(made.findValuesAsText("IndexName")).containsExactly("two", "one");
  }

  @Test
  void noIndexesToUpdate() throws IOException {
    call("CreateTable", create("a", "a", ON_DEMAND));
    assertThat(raw.message("UpdateTable", update(updates("")))).startsWith("At least one of ");
    assertThat(
            raw.message("UpdateTable", update(updates("") + ",'DeletionProtectionEnabled':true")))
        .isEqualTo(INVALID + "List of GlobalSecondaryIndexUpdates is empty");
    assertThat(
            call("UpdateTable", update("'DeletionProtectionEnabled':true"))
                .get("TableStatus")
                .textValue())
        .isEqualTo("ACTIVE");
  }

  @Test
  void unitsOfAnIndexThatIsMade() throws IOException {
    String made =
        attributes("a") + "," + updates("{'Create':" + index("one", key("a"), "%s") + "}");
    call("CreateTable", create("a", "a", ON_DEMAND));
    assertThat(raw.message("UpdateTable", update(made.formatted(UNITS))))
        .isEqualTo(
            INVALID
                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index:"
                + " one when BillingMode is PAY_PER_REQUEST");
    call("UpdateTable", update("'BillingMode':'PROVISIONED'" + UNITS));
    assertThat(raw.message("UpdateTable", update(made.formatted(""))))
        .isEqualTo(
            INVALID
                + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: one");
  }

  @Test
  void aTableHasTwentyGlobalIndexes() throws IOException {
    String twenty =
        IntStream.range(0, 20)
            .mapToObj(number -> index("index" + number, key("a"), ""))
            .collect(joining(","));
    call("CreateTable", create("a", "a", ON_DEMAND + global(twenty)));
    assertThat(
            raw.message(
                "UpdateTable",
                update(
                    attributes("a")
                        + ","
                        + updates("{'Create':" + index("one", key("a"), "") + "}"))))
        .isEqualTo(
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit"
                + " of 20");
  }

  private static String made(String attributes, String key) {
    return update(attributes + "," + updates("{'Create':" + index("one", key(key), "") + "}"));
  }

  @Test
  void theRequestDefinesTheKeyOfAnIndexThatIsMade() throws IOException {
    call("CreateTable", create("ab", "a-b", ON_DEMAND));
    assertThat(raw.message("UpdateTable", made(attributes("c"), "a-c")))
        .isEqualTo("Invalid KeySchema: Some index key attribute have no definition");
    assertThat(raw.message("UpdateTable", made(attributes("cd"), "a-c")))
        .isEqualTo(
            INVALID
                + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a, c],"
                + " AttributeDefinitions: [c, d]");
  }

  @Test
  void aTableKeepsTypesAndNoAttributeThatIsInNoKey() throws IOException {
    call("CreateTable", create("ab", "a-b", ON_DEMAND));
    String again = attributes("bAx").replaceFirst("'S'", "'N'");
    JsonNode after = call("UpdateTable", made(again, "A"));
    assertThat(after.get("AttributeDefinitions"))
        .hasToString(
            ("[{'AttributeName':'A','AttributeType':'S'},{'AttributeName':'a','AttributeType':'S'},"
                    + "{'AttributeName':'b','AttributeType':'S'}]")
                .replace('\'', '"'));
  }
}
