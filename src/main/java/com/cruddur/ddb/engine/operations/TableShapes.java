package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Shape;

/** The requests of the operations on tables. */
final class TableShapes {
  private TableShapes() {}

  /** What CreateTable, and ImportTable within, says of a table. */
  static Shape createTable() {
    return Shape.structure()
        .member("AttributeDefinitions", attributeDefinitions().required())
        .member("TableName", tableName())
        .member("BillingMode", billingMode())
        .member("TableThroughputMode", billingMode())
        .member("ProvisionedThroughput", throughput())
        .member("KeySchema", keySchema().required())
        .member("GlobalSecondaryIndexes", Shape.list(index()))
        .member("LocalSecondaryIndexes", Shape.list(index()))
        .member("StreamSpecification", stream())
        .member("SSESpecification", encryption())
        .member("Tags", Shape.list(tag()))
        .member("TableClass", Shape.string())
        .member("DeletionProtectionEnabled", Shape.bool())
        .member("OnDemandThroughput", onDemand())
        .member("WarmThroughput", warm());
  }

  static Shape updateTable() {
    return Shape.structure()
        .member("TableName", tableName().required())
        .member("AttributeDefinitions", attributeDefinitions())
        .member("BillingMode", billingMode())
        .member("TableThroughputMode", billingMode())
        .member("ProvisionedThroughput", throughput())
        .member("GlobalSecondaryIndexUpdates", Shape.list(indexUpdate()))
        .member("StreamSpecification", stream())
        .member("SSESpecification", encryption())
        .member("TableClass", Shape.string())
        .member("DeletionProtectionEnabled", Shape.bool())
        .member("OnDemandThroughput", onDemand())
        .member("WarmThroughput", warm());
  }

  static Shape named() {
    return Shape.structure().member("TableName", tableName().required());
  }

  /** The name of a table for making and changing it. */
  private static Shape tableName() {
    return Shape.string().size(3, 255).pattern("[a-zA-Z0-9_.-]+").orArn();
  }

  static Shape listTables() {
    return Shape.structure()
        .member("ExclusiveStartTableName", Shape.string().size(3, 255).pattern("[a-zA-Z0-9_.-]+"))
        .member("Limit", Shape.integer().range(1, 100));
  }

  static Shape updateTimeToLive() {
    return Shape.structure()
        .member("TableName", tableName().required())
        .member(
            "TimeToLiveSpecification",
            Shape.structure()
                .member("AttributeName", Shape.string().size(1, 255).required())
                .member("Enabled", Shape.bool().required())
                .required());
  }

  static Shape tagResource() {
    return Shape.structure()
        .member("ResourceArn", Shape.string().size(1, 1283).required())
        .member("Tags", Shape.list(tag()).required());
  }

  static Shape untagResource() {
    return Shape.structure()
        .member("ResourceArn", Shape.string().size(1, 1283).required())
        .member("TagKeys", Shape.list(Shape.string()).required());
  }

  static Shape listTags() {
    return Shape.structure()
        .member("ResourceArn", Shape.string().size(1, 1283).required())
        .member("NextToken", Shape.string());
  }

  private static Shape attributeDefinitions() {
    return Shape.list(
        Shape.structure()
            .member("AttributeType", Shape.string().oneOf("B", "N", "S").required())
            .member("AttributeName", Shape.string().size(1, 255).required()));
  }

  private static Shape keySchema() {
    return Shape.list(
            Shape.structure()
                .member("AttributeName", Shape.string().size(1, 255).required())
                .member("KeyType", Shape.string().oneOf("HASH", "RANGE").required()))
        .size(1, Integer.MAX_VALUE);
  }

  private static Shape index() {
    return Shape.structure()
        .member("Projection", projection().required())
        .member("IndexName", Shape.indexName().required())
        .member("ProvisionedThroughput", throughput())
        .member("KeySchema", keySchema().required())
        .member("OnDemandThroughput", onDemand())
        .member("WarmThroughput", warm());
  }

  private static Shape indexUpdate() {
    return Shape.structure()
        .member("Create", index())
        .member(
            "Update",
            Shape.structure()
                .member("IndexName", Shape.indexName().required())
                .member("ProvisionedThroughput", throughput())
                .member("OnDemandThroughput", onDemand())
                .member("WarmThroughput", warm()))
        .member("Delete", Shape.structure().member("IndexName", Shape.indexName().required()));
  }

  private static Shape projection() {
    return Shape.structure()
        .member("ProjectionType", Shape.string().oneOf("ALL", "INCLUDE", "KEYS_ONLY"))
        .member("NonKeyAttributes", Shape.list(Shape.string().size(1, 255)).size(1, 20));
  }

  private static Shape throughput() {
    return Shape.structure()
        .member("WriteCapacityUnits", Shape.integer().range(1, Long.MAX_VALUE).required())
        .member("ReadCapacityUnits", Shape.integer().range(1, Long.MAX_VALUE).required());
  }

  private static Shape onDemand() {
    return Shape.structure()
        .member("MaxReadRequestUnits", Shape.integer())
        .member("MaxWriteRequestUnits", Shape.integer());
  }

  private static Shape warm() {
    return Shape.structure()
        .member("ReadUnitsPerSecond", Shape.integer())
        .member("WriteUnitsPerSecond", Shape.integer());
  }

  private static Shape billingMode() {
    return Shape.string().oneOf("PROVISIONED", "PAY_PER_REQUEST");
  }

  private static Shape encryption() {
    return Shape.structure()
        .member("Enabled", Shape.bool())
        .member("SSEType", Shape.string().oneOf("AES256", "KMS"))
        .member("KMSMasterKeyId", Shape.string().size(1, Integer.MAX_VALUE));
  }

  private static Shape stream() {
    return Shape.structure()
        .member("StreamEnabled", Shape.bool().required())
        .member(
            "StreamViewType",
            Shape.string().oneOf("OLD_IMAGE", "KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE"));
  }

  private static Shape tag() {
    return Shape.structure().member("Key", Shape.string()).member("Value", Shape.string());
  }
}
