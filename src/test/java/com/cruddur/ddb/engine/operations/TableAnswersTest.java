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

/** What the operations on tables answer of a table, which is not what DescribeTable shows. */
class TableAnswersTest {
  private static final String ON_DEMAND = "'BillingMode':'PAY_PER_REQUEST'";
  private static final String INDEX =
      "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':[{'AttributeName':'pk',"
          + "'KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}%s}]";

  @TempDir Path buckets;

  private TestEngine engine;
  private RawRequests raw;

  @BeforeEach
  void start() throws IOException {
    engine = new TestEngine(buckets, Faults.NONE);
    raw = new RawRequests(engine.port(), "eu-west-3");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private JsonNode call(String operation, String request) throws IOException {
    return new ObjectMapper().readTree(raw.call(operation, request)).elements().next();
  }

  private JsonNode create(String rest) throws IOException {
    return call(
        "CreateTable",
        "{'TableName':'chat','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
            + rest
            + "}");
  }

  private JsonNode update(String changes) throws IOException {
    return call("UpdateTable", "{'TableName':'chat'," + changes + "}");
  }

  private JsonNode described() throws IOException {
    return call("DescribeTable", "{'TableName':'chat'}");
  }

  private static String units(int read, int write) {
    return "'ProvisionedThroughput':{'ReadCapacityUnits':%d,'WriteCapacityUnits':%d}"
        .formatted(read, write);
  }

  private static String limits(String limits) {
    return "'OnDemandThroughput':{" + limits + "}";
  }

  private static String limitsOfIndex(String limits) {
    return "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'global',%s}}]"
        .formatted(limits(limits));
  }

  private static String shown(JsonNode of) {
    JsonNode units = of.get("ProvisionedThroughput");
    return units.get("ReadCapacityUnits")
        + "/"
        + units.get("WriteCapacityUnits")
        + " "
        + units.get("NumberOfDecreasesToday");
  }

  @Test
  void aNewTableTellsNoDefaults() throws IOException {
    JsonNode made = create(ON_DEMAND);
    assertThat(made.has("WarmThroughput")).isFalse();
    assertThat(made.get("BillingModeSummary")).hasToString("{\"BillingMode\":\"PAY_PER_REQUEST\"}");
    assertThat(made.get("TableThroughputModeSummary"))
        .hasToString("{\"TableThroughputMode\":\"PAY_PER_REQUEST\"}");
    assertThat(described().at("/BillingModeSummary/LastUpdateToPayPerRequestDateTime").asDouble())
        .isEqualTo(described().get("CreationDateTime").asDouble());
  }

  @Test
  void aDroppedTableTellsNothingOfKeysAndIndexes() throws IOException {
    String id = create(ON_DEMAND + "," + INDEX.formatted("")).get("TableId").textValue();
    JsonNode dropped = call("DeleteTable", "{'TableName':'chat'}");
    assertThat(dropped.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "TableName",
            "TableStatus",
            "ProvisionedThroughput",
            "TableSizeBytes",
            "ItemCount",
            "TableArn",
            "TableId",
            "BillingModeSummary",
            "TableThroughputModeSummary",
            "DeletionProtectionEnabled",
            "WarmThroughput");
    assertThat(dropped.get("TableStatus").textValue()).isEqualTo("DELETING");
    assertThat(dropped.get("TableId").textValue()).isEqualTo(id);
  }

  @Test
  void unitsThatChangeAreFirstToldAsTheyWere() throws IOException {
    create(units(2, 2) + "," + INDEX.formatted("," + units(2, 2)));
    JsonNode updated = update(units(3, 1));
    assertThat(shown(updated)).isEqualTo("2/2 0");
    assertThat(updated.get("TableStatus").textValue()).isEqualTo("UPDATING");
    assertThat(updated.get("ProvisionedThroughput").has("LastIncreaseDateTime")).isTrue();
    assertThat(shown(described())).isEqualTo("3/1 1");

    JsonNode index =
        update(
                "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'global',%s}}]"
                    .formatted(units(5, 5)))
            .at("/GlobalSecondaryIndexes/0");
    assertThat(shown(index)).isEqualTo("2/2 0");
    assertThat(index.get("IndexStatus").textValue()).isEqualTo("UPDATING");
    index = described().at("/GlobalSecondaryIndexes/0");
    assertThat(shown(index)).isEqualTo("5/5 0");
    assertThat(index.get("IndexStatus").textValue()).isEqualTo("ACTIVE");
  }

  @Test
  void anIndexThatIsMadeIsFirstToldNotToBeFilled() throws IOException {
    create(ON_DEMAND);
    JsonNode index =
        update(
                "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
                    + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'late','KeySchema':["
                    + "{'AttributeName':'pk','KeyType':'HASH'}],"
                    + "'Projection':{'ProjectionType':'ALL'}}}]")
            .at("/GlobalSecondaryIndexes/0");
    assertThat(index.get("IndexStatus").textValue()).isEqualTo("CREATING");
    assertThat(index.get("Backfilling").booleanValue()).isFalse();
  }

  @Test
  void anotherBillingModeIsToldAtOnceButNotSinceWhen() throws IOException {
    create(units(2, 2));
    JsonNode updated = update(ON_DEMAND);
    assertThat(shown(updated)).isEqualTo("0/0 0");
    assertThat(updated.get("BillingModeSummary"))
        .hasToString("{\"BillingMode\":\"PAY_PER_REQUEST\"}");
    assertThat(described().get("BillingModeSummary").has("LastUpdateToPayPerRequestDateTime"))
        .isTrue();
    updated = update("'BillingMode':'PROVISIONED'," + units(1, 1));
    assertThat(shown(updated)).isEqualTo("1/1 0");
    assertThat(updated.get("BillingModeSummary")).hasToString("{\"BillingMode\":\"PROVISIONED\"}");
  }

  @Test
  void limitsOnDemandAreSetAndTakenAwayOneByOne() throws IOException {
    create(ON_DEMAND + "," + limits("") + "," + INDEX.formatted("," + limits("")));
    assertThat(described().has("OnDemandThroughput")).isFalse();
    assertThat(described().at("/GlobalSecondaryIndexes/0").has("OnDemandThroughput")).isFalse();

    update(limits("'MaxReadRequestUnits':1000,'MaxWriteRequestUnits':500"));
    assertThat(update(limits("'MaxReadRequestUnits':-1")).get("OnDemandThroughput"))
        .hasToString("{\"MaxWriteRequestUnits\":500,\"MaxReadRequestUnits\":-1}");
    assertThat(described().get("OnDemandThroughput")).hasToString("{\"MaxWriteRequestUnits\":500}");
    assertThat(update(limits("'MaxWriteRequestUnits':-1")).get("OnDemandThroughput"))
        .hasToString("{\"MaxWriteRequestUnits\":-1}");
    assertThat(described().has("OnDemandThroughput")).isFalse();

    update(limitsOfIndex("'MaxReadRequestUnits':5000,'MaxWriteRequestUnits':5000"));
    JsonNode updated = update(limitsOfIndex("'MaxReadRequestUnits':6000"));
    assertThat(updated.get("TableStatus").textValue()).isEqualTo("ACTIVE");
    assertThat(updated.at("/GlobalSecondaryIndexes/0/IndexStatus").textValue())
        .isEqualTo("UPDATING");
    assertThat(described().at("/GlobalSecondaryIndexes/0/OnDemandThroughput"))
        .hasToString("{\"MaxReadRequestUnits\":6000,\"MaxWriteRequestUnits\":5000}");
    update(limitsOfIndex("'MaxReadRequestUnits':-1,'MaxWriteRequestUnits':-1"));
    assertThat(described().at("/GlobalSecondaryIndexes/0").has("OnDemandThroughput")).isFalse();
  }

  @Test
  void aKeyIsToldByTheArnThatItHasInTheTablesRegion() throws IOException {
    create(ON_DEMAND);
    String key = "arn:aws:kms:eu-west-3:000000000000:key/";
    String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    assertThat(encrypt("")).matches(key + uuid).isEqualTo(encrypt(""));
    String alias = encrypt(",'SSEType':'KMS','KMSMasterKeyId':'alias/mine'");
    assertThat(alias).matches(key + uuid).isNotEqualTo(encrypt(""));
    assertThat(
            encrypt(
                ",'SSEType':'KMS','KMSMasterKeyId':'arn:aws:kms:us-east-1:000000000000:alias/mine'"))
        .isEqualTo(alias);
    assertThat(encrypt(",'SSEType':'KMS','KMSMasterKeyId':'12345678-abcd'"))
        .isEqualTo(key + "12345678-abcd");
    String other = "arn:aws:kms:us-west-2:111122223333:key/87654321";
    assertThat(encrypt(",'SSEType':'KMS','KMSMasterKeyId':'" + other + "'")).isEqualTo(other);
  }

  private String encrypt(String rest) throws IOException {
    update("'SSESpecification':{'Enabled':true" + rest + "}");
    return described().at("/SSEDescription/KMSMasterKeyArn").textValue();
  }
}
