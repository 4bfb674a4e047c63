package com.cruddur.ddb.dynamo;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** What the table must look like: its keys, its index, its stream. */
public final class TableSchema {
  /** The global secondary index, by which a conversation's rows are found. */
  public static final String INDEX = "message-group-sk-index";

  static final StreamSpecification STREAM =
      StreamSpecification.builder()
          .streamEnabled(true)
          .streamViewType(StreamViewType.NEW_IMAGE)
          .build();

  private TableSchema() {}

  /**
   * How to make the table.
   *
   * @param provisioned whether capacity is bought beforehand rather than paid by request
   * @param readCapacity units a second when provisioned, of the table and of the index
   * @param writeCapacity units a second when provisioned, of the table and of the index
   * @param stream whether to turn the stream on, which the trigger needs
   */
  public record Options(
      boolean provisioned, long readCapacity, long writeCapacity, boolean stream) {
    private ProvisionedThroughput throughput() {
      return ProvisionedThroughput.builder()
          .readCapacityUnits(readCapacity)
          .writeCapacityUnits(writeCapacity)
          .build();
    }
  }

  public static CreateTableRequest request(String table, Options options) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(table)
            .attributeDefinitions(attribute(Keys.PK), attribute(Keys.SK), attribute(Keys.GROUP))
            .keySchema(hash(Keys.PK), range(Keys.SK))
            .globalSecondaryIndexes(
                index -> {
                  index
                      .indexName(INDEX)
                      .keySchema(hash(Keys.GROUP), range(Keys.SK))
                      .projection(p -> p.projectionType(ProjectionType.ALL));
                  if (options.provisioned) {
                    index.provisionedThroughput(options.throughput());
                  }
                });
    if (options.stream) {
      request.streamSpecification(STREAM);
    }
    return options.provisioned
        ? request
            .billingMode(BillingMode.PROVISIONED)
            .provisionedThroughput(options.throughput())
            .build()
        : request.billingMode(BillingMode.PAY_PER_REQUEST).build();
  }

  /** What adds the index to a table without it. */
  static UpdateTableRequest withIndex(String table, boolean provisioned, Options options) {
    return UpdateTableRequest.builder()
        .tableName(table)
        .attributeDefinitions(attribute(Keys.SK), attribute(Keys.GROUP))
        .globalSecondaryIndexUpdates(
            update ->
                update.create(
                    index -> {
                      index
                          .indexName(INDEX)
                          .keySchema(hash(Keys.GROUP), range(Keys.SK))
                          .projection(p -> p.projectionType(ProjectionType.ALL));
                      if (provisioned) {
                        index.provisionedThroughput(options.throughput());
                      }
                    }))
        .build();
  }

  /** Whether an update in place adds what such a difference names. */
  public static boolean isAddable(String difference) {
    return difference.endsWith(", found none of that name")
        || difference.equals("stream: expected NEW_IMAGE, found off");
  }

  /** What does away with a difference: command lines in single quotes, in order. */
  public static String cure(String difference, String table) {
    String update = "'ddb schema-load --update'";
    String aws = "'aws dynamodb update-table --table-name " + table + " ";
    if (isAddable(difference)) {
      return update;
    } else if (difference.equals("stream: expected off, found NEW_IMAGE")) {
      return aws + "--stream-specification StreamEnabled=false', or leave --no-stream out";
    } else if (difference.startsWith("stream")) {
      return aws + "--stream-specification StreamEnabled=false', then " + update;
    } else if (difference.startsWith("index ")) {
      return aws
          + "--global-secondary-index-updates Delete={IndexName="
          + INDEX
          + "}', then "
          + update;
    }
    return "a table's key cannot be changed: 'ddb export --out old', 'ddb schema-load --table NEW',"
        + " 'ddb import old --table NEW'";
  }

  /** Each way in which a table differs, one line each; empty when it is right. */
  public static List<String> differences(TableDescription table, boolean stream) {
    List<String> found = new ArrayList<>();
    compare(found, "table key", keys(hash(Keys.PK), range(Keys.SK)), keys(table.keySchema()));
    for (AttributeDefinition attribute : table.attributeDefinitions()) {
      if (List.of(Keys.PK, Keys.SK, Keys.GROUP).contains(attribute.attributeName())) {
        compare(
            found, "type of " + attribute.attributeName(), "S", attribute.attributeTypeAsString());
      }
    }
    compareIndex(found, table);
    compare(found, "stream", stream ? "NEW_IMAGE" : "off", stream(table.streamSpecification()));
    return found;
  }

  private static void compareIndex(List<String> found, TableDescription table) {
    GlobalSecondaryIndexDescription index =
        table.globalSecondaryIndexes().stream()
            .filter(i -> i.indexName().equals(INDEX))
            .findFirst()
            .orElse(null);
    if (index == null) {
      found.add("index: expected " + INDEX + ", found none of that name");
      return;
    }
    compare(found, "index key", keys(hash(Keys.GROUP), range(Keys.SK)), keys(index.keySchema()));
    compare(found, "index projection", "ALL", index.projection().projectionTypeAsString());
  }

  private static void compare(List<String> found, String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      found.add(what + ": expected " + expected + ", found " + actual);
    }
  }

  /** The stream's view type, or {@code off}. */
  static String stream(StreamSpecification stream) {
    return stream == null || !Boolean.TRUE.equals(stream.streamEnabled())
        ? "off"
        : stream.streamViewTypeAsString();
  }

  static String keys(List<KeySchemaElement> keys) {
    return keys(keys.toArray(new KeySchemaElement[0]));
  }

  private static String keys(KeySchemaElement... keys) {
    List<String> parts = new ArrayList<>();
    for (KeySchemaElement key : keys) {
      parts.add(key.attributeName() + " " + key.keyTypeAsString());
    }
    return String.join(", ", parts);
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement hash(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  private static KeySchemaElement range(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.RANGE).build();
  }
}
