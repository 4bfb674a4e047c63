package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.TestStack;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class TableSchemaTest {
  private static final DynamoDbClient CLIENT =
      TestStack.clients(TestStack.endpoint(), new CapacityMeter(false)).dynamoDb();

  private final TableAdmin admin = new TableAdmin(CLIENT);
  private final String table = TestStack.newTableName();

  @ParameterizedTest
  @CsvSource({"false, true", "false, false", "true, true", "true, false"})
  void aTableThatWeMadeHasNoDifferencesHoweverOftenItIsLoaded(boolean provisioned, boolean stream) {
    TableSchema.Options options = new TableSchema.Options(provisioned, 5, 6, stream);

    assertThat(admin.load(table, options)).isEqualTo(new TableAdmin.Loaded(true, List.of()));
    assertThat(admin.load(table, options)).isEqualTo(new TableAdmin.Loaded(false, List.of()));
  }

  @Test
  void aStreamThatIsMissingOrTooMuchIsADifference() {
    admin.load(table, new TableSchema.Options(false, 0, 0, false));
    String other = TestStack.newTableName();
    admin.load(other, new TableSchema.Options(false, 0, 0, true));

    assertThat(TableSchema.differences(admin.describe(table), true))
        .containsExactly("stream: expected NEW_IMAGE, found off");
    assertThat(TableSchema.differences(admin.describe(other), false))
        .containsExactly("stream: expected off, found NEW_IMAGE");
  }

  @Test
  void anotherViewOfTheStreamIsADifference() {
    assertDifferences(
        request ->
            request.streamSpecification(
                StreamSpecification.builder()
                    .streamEnabled(true)
                    .streamViewType(StreamViewType.KEYS_ONLY)
                    .build()),
        "stream: expected NEW_IMAGE, found KEYS_ONLY");
  }

  @Test
  void otherKeysAreADifference() {
    assertDifferences(
        request -> request.keySchema(key("sk", KeyType.HASH), key("pk", KeyType.RANGE)),
        "table key: expected pk HASH, sk RANGE, found sk HASH, pk RANGE");
  }

  @Test
  void aKeyThatIsNoStringIsADifference() {
    assertDifferences(
        request ->
            request.attributeDefinitions(
                attribute("pk", ScalarAttributeType.S),
                attribute("sk", ScalarAttributeType.N),
                attribute("message_group_uuid", ScalarAttributeType.B)),
        "type of sk: expected S, found N",
        "type of message_group_uuid: expected S, found B");
  }

  @Test
  void anIndexOfAnotherNameIsADifference() {
    assertDifferences(
        request ->
            request.globalSecondaryIndexes(
                index ->
                    index
                        .indexName("other")
                        .keySchema(
                            key("message_group_uuid", KeyType.HASH), key("sk", KeyType.RANGE))
                        .projection(p -> p.projectionType("ALL"))),
        "index: expected message-group-sk-index, found none of that name");
  }

  @Test
  void anIndexWithOtherKeysAndProjectionIsTwoDifferences() {
    assertDifferences(
        request ->
            request.globalSecondaryIndexes(
                index ->
                    index
                        .indexName(TableSchema.INDEX)
                        .keySchema(key("message_group_uuid", KeyType.HASH))
                        .projection(p -> p.projectionType("KEYS_ONLY"))),
        "index key: expected message_group_uuid HASH, sk RANGE, found message_group_uuid HASH",
        "index projection: expected ALL, found KEYS_ONLY");
  }

  private void assertDifferences(Consumer<CreateTableRequest.Builder> change, String... expected) {
    TableSchema.Options options = new TableSchema.Options(false, 0, 0, true);
    CLIENT.createTable(TableSchema.request(table, options).copy(change));

    assertThat(TableSchema.differences(admin.describe(table), true))
        .containsExactlyInAnyOrder(expected);
    assertThat(admin.load(table, options).created()).isFalse();
    assertThat(admin.load(table, options).differences()).containsExactlyInAnyOrder(expected);
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
