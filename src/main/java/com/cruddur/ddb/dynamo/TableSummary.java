package com.cruddur.ddb.dynamo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table's description as plain fields for output. */
public final class TableSummary {
  private TableSummary() {}

  public static Map<String, Object> of(TableDescription table) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", table.tableName());
    fields.put("status", table.tableStatusAsString());
    fields.put("arn", table.tableArn());
    fields.put("keys", TableSchema.keys(table.keySchema()));
    fields.put("indexes", table.globalSecondaryIndexes().stream().map(TableSummary::of).toList());
    fields.put("stream", TableSchema.stream(table.streamSpecification()));
    fields.put("stream_arn", table.latestStreamArn());
    fields.put("billing", billing(table));
    fields.put("deletion_protection", Boolean.TRUE.equals(table.deletionProtectionEnabled()));
    fields.put("items", table.itemCount());
    fields.put("bytes", table.tableSizeBytes());
    fields.put("created_at", String.valueOf(table.creationDateTime()));
    List<String> differences = TableSchema.differences(table, true);
    fields.put("differences", differences);
    return fields;
  }

  private static Map<String, Object> of(GlobalSecondaryIndexDescription index) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", index.indexName());
    fields.put("status", index.indexStatusAsString());
    fields.put("keys", TableSchema.keys(index.keySchema()));
    fields.put("projection", index.projection().projectionTypeAsString());
    fields.put("items", index.itemCount());
    return fields;
  }

  /** How capacity is paid, such as {@code provisioned, 5 RCU, 5 WCU}. */
  public static String billing(TableDescription table) {
    boolean onDemand =
        table.billingModeSummary() != null
            && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
    return onDemand
        ? "on-demand"
        : "provisioned, "
            + table.provisionedThroughput().readCapacityUnits()
            + " RCU, "
            + table.provisionedThroughput().writeCapacityUnits()
            + " WCU";
  }
}
