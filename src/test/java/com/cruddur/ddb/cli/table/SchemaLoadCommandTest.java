package com.cruddur.ddb.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class SchemaLoadCommandTest {
  private final MessageTable table = MessageTable.absent();

  @Test
  void makesTheTableWithTheKeysIndexAndStreamThatOtherProgramsRelyOn() {
    Result result = Outcome.done(table.ddb("schema-load", "-o", "json"));
    assertThat(result.json().get("table").asText()).isEqualTo(table.name());
    assertThat(result.json().get("result").asText()).isEqualTo("created");

    TableDescription made = table.describe();
    assertThat(made.tableStatus()).isEqualTo(TableStatus.ACTIVE);
    assertThat(made.keySchema()).containsExactly(key("pk", KeyType.HASH), key("sk", KeyType.RANGE));
    assertThat(made.attributeDefinitions())
        .containsExactlyInAnyOrder(string("pk"), string("sk"), string("message_group_uuid"));
    assertThat(made.localSecondaryIndexes()).isEmpty();
    assertThat(made.globalSecondaryIndexes()).hasSize(1);
    GlobalSecondaryIndexDescription index = made.globalSecondaryIndexes().get(0);
    assertThat(index.indexName()).isEqualTo("message-group-sk-index");
    assertThat(index.indexStatus()).isEqualTo(IndexStatus.ACTIVE);
    assertThat(index.keySchema())
        .containsExactly(key("message_group_uuid", KeyType.HASH), key("sk", KeyType.RANGE));
    assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.ALL);
    assertThat(made.streamSpecification().streamEnabled()).isTrue();
    assertThat(made.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
    assertThat(made.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void saysSoWhenTheTableIsThereAlready() {
    Outcome.done(table.ddb("schema-load"));
    TableDescription before = table.describe();
    Result again = Outcome.done(table.ddb("schema-load"));
    assertThat(again.out()).contains(table.name(), "exists with the same schema");
    assertThat(table.describe()).isEqualTo(before);
  }

  @Test
  void listsEachDifferenceOfAnotherSchemaAndChangesNothing() {
    MessageTable.client()
        .createTable(
            request ->
                request
                    .tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        string("sk"),
                        string("message_group_uuid"),
                        AttributeDefinition.builder()
                            .attributeName("pk")
                            .attributeType(ScalarAttributeType.N)
                            .build())
                    .keySchema(key("pk", KeyType.HASH))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("message-group-sk-index")
                                .keySchema(
                                    key("sk", KeyType.HASH),
                                    key("message_group_uuid", KeyType.RANGE))
                                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY)))
                    .streamSpecification(
                        s -> s.streamEnabled(true).streamViewType(StreamViewType.KEYS_ONLY)));
    TableDescription before = table.describe();

    Result result = Outcome.failed(1, table.ddb("schema-load"));
    assertThat(result.err())
        .contains(
            "table " + table.name() + " exists with another schema",
            "table key: expected pk HASH, sk RANGE, found pk HASH",
            "type of pk: expected S, found N",
            "index key: expected message_group_uuid HASH, sk RANGE,"
                + " found sk HASH, message_group_uuid RANGE",
            "index projection: expected ALL, found KEYS_ONLY",
            "stream: expected NEW_IMAGE, found KEYS_ONLY",
            "Nothing was changed");
    assertThat(table.describe()).isEqualTo(before);
  }

  @Test
  void namesAMissingIndex() {
    MessageTable table = MessageTable.withoutIndex(false);
    Result result = Outcome.failed(1, table.ddb("schema-load"));
    assertThat(result.err())
        .contains("message-group-sk-index, found none", "stream: expected NEW_IMAGE, found off")
        .doesNotContain("table key");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUpdateAddsIndexAndStreamAndKeepsTheItems(boolean provisioned) {
    MessageTable table = MessageTable.withoutIndex(provisioned);
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    assertThat(Outcome.failed(1, table.ddb("schema-load")).err())
        .contains("'ddb schema-load --update")
        .contains("adds what is missing");

    Result updated = Outcome.done(table.ddb("schema-load", "--update", "-o", "json"));

    assertThat(updated.json().get("result").asText()).isEqualTo("updated");
    assertThat(updated.json().get("added")).hasSize(2);
    assertThat(Outcome.done(table.ddb("schema-load")).out()).contains("same schema");
    assertThat(table.messages(group)).hasSize(1);
    Outcome.done(table.ddb("send-message", group, "by the index", "--from", "andrewbrown"));
    Result again = Outcome.done(table.ddb("schema-load", "--update", "-o", "json"));
    assertThat(again.json().get("added")).isEmpty();
  }

  @Test
  void anUpdateTurnsOnWhatIsAskedFor() {
    Outcome.done(table.ddb("schema-load", "--no-stream"));
    Result updated =
        Outcome.done(
            table.ddb(
                "schema-load",
                "--update",
                "--no-stream",
                "--deletion-protection",
                "--point-in-time-recovery",
                "-o",
                "json"));
    assertThat(updated.json().get("added").toString())
        .isEqualTo("[\"deletion protection\",\"point-in-time recovery\"]");
    assertThat(table.describe().deletionProtectionEnabled()).isTrue();
    assertThat(
            MessageTable.client()
                .describeContinuousBackups(r -> r.tableName(table.name()))
                .continuousBackupsDescription()
                .pointInTimeRecoveryDescription()
                .pointInTimeRecoveryStatusAsString())
        .isEqualTo("ENABLED");
    MessageTable.client()
        .updateTable(r -> r.tableName(table.name()).deletionProtectionEnabled(false));
  }

  @Test
  void anUpdateRefusesWhatCannotBeChangedInPlaceAndChangesNothing() {
    MessageTable.client()
        .createTable(
            request ->
                request
                    .tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(string("pk"), string("sk"), string("message_group_uuid"))
                    .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                    .globalSecondaryIndexes(
                        index ->
                            index
                                .indexName("message-group-sk-index")
                                .keySchema(
                                    key("message_group_uuid", KeyType.HASH),
                                    key("sk", KeyType.RANGE))
                                .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))));
    TableDescription before = table.describe();
    Result refused = Outcome.failed(1, table.ddb("schema-load", "--update"));
    assertThat(refused.err())
        .contains("index projection: expected ALL, found KEYS_ONLY")
        .contains("Nothing was changed", "cannot be changed in place", "Delete={IndexName=");
    assertThat(table.describe()).isEqualTo(before);
    Outcome.failed(2, table.ddb("schema-load", "--deletion-protection"));
    Outcome.failed(3, MessageTable.absent().ddb("schema-load", "--update"));
  }

  @Test
  void aDryRunOfAnUpdateChangesNothing() {
    MessageTable table = MessageTable.withoutIndex(false);
    TableDescription before = table.describe();
    Result dry = Outcome.done(table.ddb("schema-load", "--update", "--dry-run", "-o", "json"));
    assertThat(dry.json().get("result").asText()).isEqualTo("would be updated");
    assertThat(dry.json().get("added")).hasSize(2);
    assertThat(table.describe()).isEqualTo(before);
  }

  @Test
  void buysCapacityForTableAndIndex() {
    Outcome.done(
        table.ddb(
            "schema-load",
            "--billing",
            "provisioned",
            "--read-capacity",
            "7",
            "--write-capacity",
            "3"));
    TableDescription made = table.describe();
    assertThat(made.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
    assertThat(made.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
    GlobalSecondaryIndexDescription index = made.globalSecondaryIndexes().get(0);
    assertThat(index.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
    assertThat(index.provisionedThroughput().writeCapacityUnits()).isEqualTo(3);
  }

  @Test
  void buysFiveUnitsWhenNoneAreNamed() {
    Outcome.done(table.ddb("schema-load", "--billing=provisioned"));
    assertThat(table.describe().provisionedThroughput().readCapacityUnits()).isEqualTo(5);
    assertThat(table.describe().provisionedThroughput().writeCapacityUnits()).isEqualTo(5);
  }

  @Test
  void leavesTheStreamOffAndTakesThatForADifferenceWhenItIsWanted() {
    Outcome.done(table.ddb("schema-load", "--no-stream"));
    assertThat(table.describe().streamSpecification()).isNull();
    Outcome.done(table.ddb("schema-load", "--no-stream"));
    assertThat(Outcome.failed(1, table.ddb("schema-load")).err())
        .contains("stream: expected NEW_IMAGE, found off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--billing cheap",
        "--billing",
        "--billing provisioned --read-capacity 0",
        "--billing provisioned --write-capacity -1",
        "--billing provisioned --write-capacity many",
        "--read-capacity 5",
        "--write-capacity 5",
        "--streams",
        "extra"
      })
  void refusesBadOptionsAndMakesNoTable(String options) {
    Result result = Outcome.failed(2, table.ddb(("schema-load " + options).split(" ")));
    assertThat(result.err()).contains("  hint: ");
    assertThat(table.exists()).isFalse();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition string(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
