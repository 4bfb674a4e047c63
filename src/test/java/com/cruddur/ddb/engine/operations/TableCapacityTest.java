package com.cruddur.ddb.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.RawRequests;
import com.cruddur.ddb.engine.TestEngine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What AWS says of the capacity of tables and their indexes, and what it refuses. */
class TableCapacityTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String LOWER =
      "%sRequested %s for WarmThroughput for %s is lower than current WarmThroughput, decreasing"
          + " WarmThroughput is not supported";
  private static final String KEY = "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]";
  private static final String INDEX =
      "{'IndexName':'global'," + KEY + ",'Projection':{'ProjectionType':'ALL'}%s}";
  private static final String INITIAL =
      "initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
          + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial";

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

  private static String create(String name, String rest) {
    return "{'TableName':'%s','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],%s,%s}"
        .formatted(name, KEY, rest);
  }

  private static String onDemand(String rest) {
    return create("chat", "'BillingMode':'PAY_PER_REQUEST'" + rest);
  }

  private static String units(int read, int write) {
    return "'ProvisionedThroughput':{'ReadCapacityUnits':%d,'WriteCapacityUnits':%d}"
        .formatted(read, write);
  }

  private static String warm(int read, int write) {
    return "'WarmThroughput':{'ReadUnitsPerSecond':%d,'WriteUnitsPerSecond':%d}"
        .formatted(read, write);
  }

  private JsonNode call(String operation, String request) throws IOException {
    return new ObjectMapper().readTree(raw.call(operation, request)).elements().next();
  }

  private JsonNode update(String changes) throws IOException {
    return call("UpdateTable", "{'TableName':'chat'," + changes + "}");
  }

  private String refusal(String changes) throws IOException {
    return raw.message("UpdateTable", "{'TableName':'chat'," + changes + "}");
  }

  private JsonNode described() throws IOException {
    return call("DescribeTable", "{'TableName':'chat'}");
  }

  private static String warmth(JsonNode of) {
    JsonNode warm = of.get("WarmThroughput");
    return warm.get("ReadUnitsPerSecond")
        + "/"
        + warm.get("WriteUnitsPerSecond")
        + " "
        + warm.get("Status").textValue();
  }

  private static String update(String index, String change) {
    return "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'%s'%s}}]"
        .formatted(index, change);
  }

  @Test
  void aTableOnDemandIsWarm() throws IOException {
    JsonNode made =
        call(
            "CreateTable",
            onDemand(
                ","
                    + warm(12_000, 4000)
                    + ",'GlobalSecondaryIndexes':["
                    + INDEX.formatted(",'WarmThroughput':{}")
                    + "]"));
    assertThat(warmth(made)).isEqualTo("12000/4000 UPDATING");
    JsonNode index = made.get("GlobalSecondaryIndexes").get(0);
    assertThat(index.get("IndexStatus").textValue()).isEqualTo("CREATING");
    assertThat(warmth(described())).isEqualTo("12000/4000 ACTIVE");

    JsonNode raised = update("'WarmThroughput':{'WriteUnitsPerSecond':4001}");
    assertThat(warmth(raised)).isEqualTo("12000/4000 UPDATING");
    assertThat(raised.get("TableStatus").textValue()).isEqualTo("ACTIVE");
    assertThat(warmth(described())).isEqualTo("12000/4001 ACTIVE");
    update(warm(12_000, 4001));
    assertThat(refusal(warm(12_000, 4000)))
        .isEqualTo(LOWER.formatted(INVALID, "WriteUnitsPerSecond", "table"));
    assertThat(refusal(warm(-1, -1)))
        .isEqualTo(LOWER.formatted(INVALID, "ReadUnitsPerSecond", "table"));

    update(update("global", ",'WarmThroughput':{'ReadUnitsPerSecond':13000}"));
    index = described().get("GlobalSecondaryIndexes").get(0);
    assertThat(warmth(index)).isEqualTo("13000/4000 ACTIVE");
    assertThat(index.get("IndexStatus").textValue()).isEqualTo("ACTIVE");
    assertThat(refusal(update("global", "," + warm(12_000, 4000))))
        .isEqualTo(LOWER.formatted(INVALID, "ReadUnitsPerSecond", "index global"));
  }

  @Test
  void warmthThatCannotBe() throws IOException {
    String lower = INVALID + "Requested %s for WarmThroughput for %s is lower than ";
    assertThat(raw.message("CreateTable", onDemand("," + warm(11_999, 3999))))
        .isEqualTo(lower.formatted("ReadUnitsPerSecond", "table") + INITIAL);
    assertThat(
            raw.message(
                "CreateTable",
                onDemand(
                    ",'GlobalSecondaryIndexes':["
                        + INDEX.formatted(",'WarmThroughput':{'WriteUnitsPerSecond':1}")
                        + "]")))
        .isEqualTo(lower.formatted("WriteUnitsPerSecond", "index global") + INITIAL);
    assertThat(raw.message("CreateTable", create("chat", units(2, 1) + "," + warm(1, 1))))
        .isEqualTo(
            lower.formatted("ReadUnitsPerSecond", "table")
                + "ReadCapacityUnits of ProvisionedThroughput");
    assertThat(refusal("'TableClass':'STANDARD'," + update("ghost", ",'WarmThroughput':{}")))
        .isEqualTo(
            INVALID
                + "WarmThroughput must have at least one of ReadUnitsPerSecond or"
                + " WriteUnitsPerSecond specified for index: ghost");
    assertThat(
            refusal(
                warm(12_001, 4001)
                    + ",'GlobalSecondaryIndexUpdates':[{'Create':"
                    + INDEX.formatted("")
                    + "}]"))
        .isEqualTo(
            INVALID
                + "Create global secondary index cannot be specified when updating"
                + " WarmThroughput");
    assertThat(refusal("'WarmThroughput':{}")).startsWith("At least one of ");
  }

  @Test
  void aProvisionedTableStaysAsWarmAsItEverWas() throws IOException {
    call("CreateTable", create("chat", units(1, 1)));
    assertThat(warmth(described())).isEqualTo("1/1 ACTIVE");
    JsonNode grown = update(units(3, 3)).get("ProvisionedThroughput");
    assertThat(grown.has("LastIncreaseDateTime")).isTrue();
    assertThat(grown.has("LastDecreaseDateTime")).isFalse();
    update(units(3, 1));
    JsonNode shrunk = described().get("ProvisionedThroughput");
    assertThat(shrunk.get("NumberOfDecreasesToday").intValue()).isEqualTo(1);
    assertThat(shrunk.has("LastDecreaseDateTime")).isTrue();
    assertThat(shrunk.get("LastIncreaseDateTime")).isEqualTo(grown.get("LastIncreaseDateTime"));
    assertThat(warmth(described())).isEqualTo("3/3 ACTIVE");
    update("'BillingMode':'PAY_PER_REQUEST'");
    update("'BillingMode':'PROVISIONED'," + units(1, 1));
    assertThat(warmth(described())).isEqualTo("12000/4000 ACTIVE");
  }

  @Test
  void aTableIsProvisionedTogetherWithItsIndexes() throws IOException {
    call(
        "CreateTable",
        create(
            "chat",
            units(1, 1)
                + ",'GlobalSecondaryIndexes':["
                + INDEX.formatted("," + units(1, 1))
                + "]"));
    update("'BillingMode':'PAY_PER_REQUEST'");
    JsonNode index = described().get("GlobalSecondaryIndexes").get(0).get("ProvisionedThroughput");
    assertThat(index.get("ReadCapacityUnits").intValue()).isZero();
    assertThat(index.get("NumberOfDecreasesToday").intValue()).isEqualTo(1);
    String provisioned = "'BillingMode':'PROVISIONED'," + units(1, 1);
    assertThat(refusal(provisioned))
        .isEqualTo(INVALID + "ProvisionedThroughput must be specified for index: global");
    JsonNode both = update(provisioned + "," + update("global", "," + units(2, 2)));
    assertThat(both.get("BillingModeSummary").get("BillingMode").textValue())
        .isEqualTo("PROVISIONED");
    assertThat(
            both.at("/GlobalSecondaryIndexes/0/ProvisionedThroughput/ReadCapacityUnits").intValue())
        .isEqualTo(2);
  }

  @Test
  void anIndexThatIsNotThere() throws IOException {
    call("CreateTable", onDemand(""));
    String gone = "Requested resource not found: Index ghost for table chat";
    assertThat(refusal(update("ghost", "," + warm(13_000, 4000)))).isEqualTo(gone);
    assertThat(refusal("'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'ghost'}}]"))
        .isEqualTo(gone);
  }

  @Test
  void anArnOfSomethingElseIsNoTable() throws IOException {
    call("CreateTable", onDemand(""));
    String arn = "arn:aws:dynamodb:us-east-1:000000000000:";
    for (String other : new String[] {"table/any/index/chat", "stream/chat", "table/ab"}) {
      String request = "{'TableName':'" + arn + other + "'}";
      for (String operation : new String[] {"DescribeTable", "Scan", "DeleteTable"}) {
        assertThat(raw.message(operation, request))
            .startsWith("1 validation error detected: Value '" + arn + other + "' at 'tableName'")
            .contains("Valid ARN format is 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:");
      }
    }
    assertThat(described().get("TableStatus").textValue()).isEqualTo("ACTIVE");
    assertThat(raw.message("ListStreams", "{'TableName':'ab'}"))
        .endsWith(
            "at 'tableName' failed to satisfy constraint: Member must have length greater than or"
                + " equal to 3");
    assertThat(raw.call("ListStreams", "{'TableName':'" + arn + "table/chat'}"))
        .isEqualTo("{\"Streams\":[]}");
  }

  @Test
  void aMessageThatShowsARequestShowsNoClass() throws IOException {
    assertThat(
            raw.message(
                "BatchWriteItem",
                "{'RequestItems':{'a$':[{'DeleteRequest':{'Key':{'pk':{'N':'.'}}}}]}}"))
        .isEqualTo(
            "1 validation error detected: Value '{a$=[WriteRequest(putRequest=null, deleteRequest="
                + "DeleteRequest(key=ValidationException: The parameter cannot be converted to a"
                + " numeric value: .))]}' at 'requestItems' failed to satisfy constraint: Map keys"
                + " must satisfy constraint: [Member must have length less than or equal to 255,"
                + " Member must have length greater than or equal to 3, Member must satisfy regular"
                + " expression pattern: [a-zA-Z0-9_.-]+]");
  }

  @Test
  void membersInAwssOrder() throws IOException {
    assertThat(raw.message("UpdateTimeToLive", "{'TableName':'chat','TimeToLiveSpecification':{}}"))
        .matches("2 validation errors .*'timeToLiveSpecification.attributeName'.*; .*enabled'.*");
    assertThat(raw.message("CreateTable", create("abc", "'AttributeDefinitions':[{}]")))
        .matches("2 validation errors .*member.attributeType'.*; .*member.attributeName'.*");
    assertThat(refusal("'StreamSpecification':{'StreamEnabled':true,'StreamViewType':''}"))
        .endsWith("[OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]");
  }
}
