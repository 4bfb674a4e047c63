package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * UpdateTable. An index is made and removed in the background, as on AWS: the table is UPDATING and
 * the index CREATING or DELETING until it is done.
 */
final class UpdateTable implements Operation {
  private static final Shape SHAPE = TableShapes.updateTable();
  private static final List<String> CHANGES =
      List.of(
          "BillingMode",
          "ProvisionedThroughput",
          "GlobalSecondaryIndexUpdates",
          "StreamSpecification",
          "SSESpecification",
          "TableClass",
          "DeletionProtectionEnabled",
          "OnDemandThroughput",
          "WarmThroughput");

  private final Streams streams;
  private final IndexBuilder builder;

  UpdateTable(Streams streams, IndexBuilder builder) {
    this.streams = streams;
    this.builder = builder;
  }

  @Override
  public void answer(JsonParser body, Context context, JsonGenerator out) throws IOException {
    Request request = SHAPE.request(body);
    if (CHANGES.stream().noneMatch(request::has)) {
      throw EngineException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
    TableSpec.checkStream(request.structure("StreamSpecification"));
    String name = request.text("TableName");
    context.database().<Void>write(transaction -> update(request, context, transaction));
    Table table = TableOperations.table(request, context);
    TableText.write(out, "TableDescription", table, "UPDATING");
    builder.wake(context.database(), name);
  }

  private Void update(Request request, Context context, Transaction transaction) {
    String name = request.text("TableName");
    Table table = transaction.table(name);
    if (table == null) {
      throw TableOperations.notFound(name);
    }
    TableOperations.refuseCreating(table);
    ObjectNode definition = table.definition().copy();
    ObjectNode description = (ObjectNode) definition.get("Table");
    updateBilling(request, context, description);
    updateStream(request, table, transaction, definition);
    TableText.setOptions(description, request);
    if (request.has("GlobalSecondaryIndexUpdates")) {
      updateIndexes(request, table, transaction, definition);
    }
    transaction.define(TableDefinition.of(definition));
    return null;
  }

  private static void updateBilling(Request request, Context context, ObjectNode table) {
    String before = table.path("BillingModeSummary").path("BillingMode").asText("PROVISIONED");
    String mode = request.text("BillingMode", before);
    Request throughput = request.structure("ProvisionedThroughput");
    if (mode.equals("PAY_PER_REQUEST") && throughput != null
        || mode.equals("PROVISIONED") && !before.equals(mode)) {
      TableSpec.checkBilling(request, mode);
    }
    if (throughput != null && before.equals("PROVISIONED")) {
      refuseSame(throughput, table.get("ProvisionedThroughput"));
    }
    if (!mode.equals(before) || throughput != null) {
      TableText.setBilling(table, mode, request, context.clock().instant());
    }
  }

  private static void refuseSame(Request wanted, JsonNode is) {
    long read = is.get("ReadCapacityUnits").longValue();
    long write = is.get("WriteCapacityUnits").longValue();
    if (wanted.integer("ReadCapacityUnits") == read
        && wanted.integer("WriteCapacityUnits") == write) {
      throw EngineException.validation(
          "The provisioned throughput for the table will not change. The requested value equals the"
              + " current value. Current ReadCapacityUnits provisioned for the table: "
              + read
              + ". Requested ReadCapacityUnits: "
              + read
              + ". Current WriteCapacityUnits provisioned for the table: "
              + write
              + ". Requested WriteCapacityUnits: "
              + write
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }

  private void updateStream(
      Request request, Table table, Transaction transaction, ObjectNode definition) {
    Request stream = request.structure("StreamSpecification");
    if (stream == null) {
      return;
    }
    boolean enabled = table.definition().streamArn() != null;
    if (stream.flag("StreamEnabled")) {
      if (enabled) {
        throw EngineException.validation(
            "Table already has an enabled stream: TableName: " + table.name());
      }
      streams.enable(transaction, definition, stream.text("StreamViewType"));
    } else {
      if (!enabled) {
        throw EngineException.validation(
            "Table has no stream to disable: TableName: " + table.name());
      }
      streams.disable(transaction, table.definition());
      ((ObjectNode) definition.get("Table")).remove("StreamSpecification");
    }
  }

  private static void updateIndexes(
      Request request, Table table, Transaction transaction, ObjectNode definition) {
    List<Request> updates = request.structures("GlobalSecondaryIndexUpdates");
    long online = updates.stream().filter(each -> each.has("Create") || each.has("Delete")).count();
    boolean busy = table.indexes().stream().anyMatch(index -> !index.isActive());
    if (online > 1 || online == 1 && busy) {
      throw new EngineException(
          "LimitExceededException",
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
    for (Request update : updates) {
      if (update.has("Create")) {
        create(update.structure("Create"), request, table, transaction, definition);
      } else if (update.has("Delete")) {
        index(definition, table, update.structure("Delete")).put("IndexStatus", "DELETING");
        ((ObjectNode) definition.get("Table")).put("TableStatus", "UPDATING");
      } else if (update.has("Update")) {
        updateCapacity(definition, table, update.structure("Update"));
      } else {
        throw EngineException.invalid(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
    }
  }

  private static void updateCapacity(ObjectNode definition, Table table, Request update) {
    ObjectNode index = index(definition, table, update);
    if (update.has("ProvisionedThroughput")) {
      index.set(
          "ProvisionedThroughput", TableText.throughput(update.structure("ProvisionedThroughput")));
    }
    if (update.has("OnDemandThroughput")) {
      index.set("OnDemandThroughput", TableText.tree(update.structure("OnDemandThroughput")));
    }
  }

  private static ObjectNode index(ObjectNode definition, Table table, Request named) {
    String name = named.text("IndexName");
    Index index = table.index(name);
    for (JsonNode each : definition.get("Table").path("GlobalSecondaryIndexes")) {
      if (each.get("IndexName").textValue().equals(name) && index.global()) {
        return (ObjectNode) each;
      }
    }
    throw new EngineException(
        "ResourceNotFoundException",
        "Requested resource not found: Index: " + name + " not found for table: " + table.name());
  }

  private static void create(
      Request index, Request request, Table table, Transaction transaction, ObjectNode definition) {
    String name = index.text("IndexName");
    if (table.index(name) != null) {
      throw EngineException.validation(
          "Attempting to create an index which already exists: " + name);
    }
    ObjectNode description = (ObjectNode) definition.get("Table");
    Map<String, String> attributes = new LinkedHashMap<>();
    table.attributes().forEach((each, type) -> attributes.put(each, type.toString()));
    if (request.has("AttributeDefinitions")) {
      TableSpec.defined(request.structures("AttributeDefinitions"));
      for (Request each : request.structures("AttributeDefinitions")) {
        attributes.putIfAbsent(each.text("AttributeName"), each.text("AttributeType"));
      }
    }
    String mode = description.path("BillingModeSummary").path("BillingMode").asText("PROVISIONED");
    TableSpec.checkGlobal(index, attributes.keySet(), mode);
    ArrayNode definitions = description.putArray("AttributeDefinitions");
    attributes.forEach(
        (each, type) ->
            definitions.addObject().put("AttributeName", each).put("AttributeType", type));
    ((ObjectNode) definition.get("IndexMaps")).put(name, transaction.newNumber());
    ObjectNode made = TableText.index(description, index, "CREATING");
    made.put("Backfilling", true);
    description.withArray("GlobalSecondaryIndexes").add(made);
    description.put("TableStatus", "UPDATING");
  }
}
