package com.cruddur.ddb.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table tells of an index while it is made, and what can be done with both meanwhile. */
class IndexBuilderTest {
  private static final String LIMIT =
      "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or"
          + " deleted simultaneously per table";
  private static final String TABLE =
      "{'TableName':'chat','TableId':'id','TableArn':'arn:chat','TableStatus':'ACTIVE',"
          + "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST'},"
          + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'},"
          + "{'AttributeName':'g','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]%s}";
  private static final String KEY =
      "'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}";
  private static final String MAKE =
      "{'TableName':'chat','AttributeDefinitions':[{'AttributeName':'g','AttributeType':'S'}],"
          + "'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'%s',"
          + KEY
          + "}}]}";
  private static final String DELETE =
      "{'TableName':'chat','GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'%s'}}]}";

  private static Tables tables(String... indexes) {
    String list = String.join(",", indexes);
    return new Tables(
        TABLE.formatted(list.isEmpty() ? "" : ",'GlobalSecondaryIndexes':[" + list + "]"));
  }

  private static String index(String name, String rest) {
    return "{'IndexName':'%s',%s,%s}".formatted(name, KEY, rest);
  }

  private static JsonNode described(Tables tables) {
    return tables.call("DescribeTable", "{'TableName':'chat'}").get("Table");
  }

  /** Status of the table, and status of its first index and whether it is being filled. */
  private static String told(JsonNode table) {
    JsonNode index = table.path("GlobalSecondaryIndexes").path(0);
    return table.path("TableStatus").asText()
        + " "
        + index.path("IndexStatus").asText("none")
        + " "
        + index.path("Backfilling").asText("-");
  }

  @Test
  void aTableIsReadyWhileItsIndexIsFilled() {
    Tables tables = tables();
    for (int i = 0; i < 3_000; i++) {
      tables.call(
          "PutItem", "{'TableName':'chat','Item':{'a':{'S':'%d'},'g':{'S':'all'}}}".formatted(i));
    }
    JsonNode made = tables.call("UpdateTable", MAKE.formatted("one"));
    assertThat(told(made.get("TableDescription"))).isEqualTo("UPDATING CREATING false");
    String end = "ACTIVE ACTIVE -";
    Instant late = Instant.now().plus(Duration.ofSeconds(60));
    String told;
    do {
      told = told(described(tables));
      assertThat(told).isIn("UPDATING CREATING false", "ACTIVE CREATING true", end);
      assertThat(Instant.now()).isBefore(late);
    } while (!told.equals(end));
    assertThat(
            tables
                .call(
                    "Query",
                    "{'TableName':'chat','IndexName':'one','KeyConditionExpression':'g = :g',"
                        + "'Select':'COUNT','ExpressionAttributeValues':{':g':{'S':'all'}}}")
                .get("Count")
                .intValue())
        .isEqualTo(3_000);
  }

  @Test
  void anIndexThatIsBeingFilledCanBeDeleted() {
    Tables tables = tables(index("one", "'IndexStatus':'CREATING','Backfilling':true"));
    JsonNode deleted = tables.call("UpdateTable", DELETE.formatted("one"));
    assertThat(told(deleted.get("TableDescription"))).isEqualTo("UPDATING DELETING -");
    Instant late = Instant.now().plus(Duration.ofSeconds(60));
    while (!told(described(tables)).equals("ACTIVE none -")) {
      assertThat(Instant.now()).isBefore(late);
    }
  }

  @Test
  void anIndexThatIsDeletedWhileItIsFilledStaysDeleted() {
    for (int round = 0; round < 20; round++) {
      Tables tables = tables();
      for (int i = 0; i < 600; i++) {
        tables.call(
            "PutItem", "{'TableName':'chat','Item':{'a':{'S':'%d'},'g':{'S':'all'}}}".formatted(i));
      }
      tables.call("UpdateTable", MAKE.formatted("one"));
      Instant late = Instant.now().plus(Duration.ofSeconds(60));
      while (Tables.refusal(() -> tables.call("UpdateTable", DELETE.formatted("one")))
          .equals(LIMIT)) {
        assertThat(Instant.now()).isBefore(late);
      }
      while (!told(described(tables)).equals("ACTIVE none -")) {
        assertThat(told(described(tables))).isIn("UPDATING DELETING -", "ACTIVE none -");
        assertThat(Instant.now()).isBefore(late);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING, false, one, false",
    "CREATING, true, two, false",
    "DELETING, false, one, false",
    "CREATING, true, three, true"
  })
  void onlyThatOneAndNoOther(String status, boolean filled, String name, boolean make) {
    Tables tables =
        tables(
            index("one", "'IndexStatus':'%s','Backfilling':%s".formatted(status, filled)),
            index("two", "'IndexStatus':'ACTIVE'"));
    assertThat(tables.refusal("UpdateTable", (make ? MAKE : DELETE).formatted(name)))
        .isEqualTo(LIMIT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "UPDATING|'OnDemandThroughput':{'MaxReadRequestUnits':5}|true",
        "UPDATING|'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}|true",
        "UPDATING|'DeletionProtectionEnabled':true|true",
        "UPDATING|'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'two','OnDemandThroughput':"
            + "{'MaxReadRequestUnits':5}}}]|true",
        "ACTIVE|'DeletionProtectionEnabled':true|false",
      })
  void aTableThatIsUpdatingTakesNoOtherChange(String status, String change, boolean refused) {
    boolean filled = status.equals("ACTIVE");
    Tables tables =
        new Tables(
            TABLE
                .formatted(
                    ",'GlobalSecondaryIndexes':["
                        + index("one", "'IndexStatus':'CREATING','Backfilling':" + filled)
                        + ","
                        + index("two", "'IndexStatus':'ACTIVE'")
                        + "]")
                .replace("'TableStatus':'ACTIVE'", "'TableStatus':'" + status + "'"));
    String update = "{'TableName':'chat'," + change + "}";
    if (refused) {
      assertThat(tables.refusal("UpdateTable", update))
          .isEqualTo(
              "ResourceInUseException: Attempt to change a resource which is still in use: Table is"
                  + " being updated: chat");
    } else {
      assertThat(
              tables
                  .call("UpdateTable", update)
                  .at("/TableDescription/DeletionProtectionEnabled")
                  .booleanValue())
          .isTrue();
    }
  }
}
