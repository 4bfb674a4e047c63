package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Transaction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The part of UpdateTable that changes, makes and removes global indexes. */
final class IndexUpdates {
  private IndexUpdates() {}

  static void make(
      Request request,
      Context context,
      Table table,
      Transaction transaction,
      ObjectNode definition) {
    List<Request> updates = request.structures("GlobalSecondaryIndexUpdates");
    long online = updates.stream().filter(each -> each.has("Create") || each.has("Delete")).count();
    if (online > 1 || online == 1 && isBusy(definition, updates)) {
      throw new EngineException(
          "LimitExceededException",
          "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
              + " per table");
    }
    for (Request update : updates) {
      if (update.has("Create")) {
        create(update.structure("Create"), request, table, transaction, definition);
      } else if (update.has("Delete")) {
        ObjectNode index = index("delete", definition, table, update.structure("Delete"));
        index.put("IndexStatus", "DELETING").remove("Backfilling");
        ((ObjectNode) definition.get("Table")).put("TableStatus", "UPDATING");
      } else {
        updateCapacity(definition, table, update.structure("Update"), context.clock().instant());
      }
    }
  }

  /** Whether an index is made or removed; one that is being filled may be deleted all the same. */
  private static boolean isBusy(ObjectNode definition, List<Request> updates) {
    List<String> deleted =
        updates.stream()
            .filter(each -> each.has("Delete"))
            .map(each -> each.structure("Delete").text("IndexName"))
            .toList();
    for (JsonNode each : definition.get("Table").path("GlobalSecondaryIndexes")) {
      String status = each.path("IndexStatus").asText("ACTIVE");
      boolean filled = status.equals("CREATING") && each.path("Backfilling").booleanValue();
      if (!status.equals("ACTIVE")
          && !status.equals("UPDATING")
          && !(filled && deleted.contains(each.get("IndexName").textValue()))) {
        return true;
      }
    }
    return false;
  }

  private static void updateCapacity(
      ObjectNode definition, Table table, Request update, Instant now) {
    ObjectNode index = index("update", definition, table, update);
    String name = update.text("IndexName");
    Request throughput = update.structure("ProvisionedThroughput");
    Request onDemand = update.structure("OnDemandThroughput");
    String mode = TableText.billingMode(definition.get("Table"));
    if (mode.equals("PROVISIONED") && throughput != null) {
      UpdateTable.refuseSame(throughput, index.get("ProvisionedThroughput"), "index " + name);
    } else if (mode.equals("PAY_PER_REQUEST")
        && (throughput != null
            || !update.has("WarmThroughput") && (onDemand == null || onDemand.names().isEmpty()))) {
      throw EngineException.invalid(
          "The only Updates for index: %s when TableThroughputMode is PAY_PER_REQUEST can be"
              + " to OnDemandThroughput, WarmThroughput",
          name);
    }
    TableOptions.checkOnDemand(onDemand, mode, name, true);
    if (throughput != null) {
      UpdateTable.setUnits(index, throughput, now);
    }
    WarmThroughput.raise(index, mode, update, "index " + name);
    TableOptions.setLimits(index, update);
  }

  private static void refuseUnits(Request created, String mode) {
    boolean given = created.has("ProvisionedThroughput");
    if (mode.equals("PROVISIONED") != given) {
      throw EngineException.invalid(
          given
              ? "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: %s"
                  + " when BillingMode is PAY_PER_REQUEST"
              : "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: %s",
          created.text("IndexName"));
    }
  }

  private static ObjectNode index(String to, ObjectNode definition, Table table, Request named) {
    String name = named.text("IndexName");
    Index index = table.index(name);
    if (index != null && !index.global()) {
      throw EngineException.validation(
          "Cannot %s an index that is not a GlobalSecondaryIndex: %s", to, name);
    }
    ObjectNode described = TableText.globalIndex(definition.get("Table"), name);
    if (described == null) {
      throw new EngineException(
          "ResourceNotFoundException",
          "Requested resource not found: Index %s for table %s",
          name,
          table.name());
    }
    return described;
  }

  private static void create(
      Request index, Request request, Table table, Transaction transaction, ObjectNode definition) {
    String name = index.text("IndexName");
    if (table.index(name) != null) {
      throw EngineException.validation("Attempting to create an index which already exists");
    }
    if (!request.has("AttributeDefinitions")) {
      throw EngineException.invalid("AttributeDefinitions is not specified for index: %s", name);
    }
    ObjectNode description = (ObjectNode) definition.get("Table");
    refuseUnits(index, TableText.billingMode(description));
    if (description.path("GlobalSecondaryIndexes").size() >= TableSpec.MOST_GLOBAL) {
      throw new EngineException(
          "LimitExceededException",
          "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit"
              + " of %s",
          TableSpec.MOST_GLOBAL);
    }
    defineAttributes(index, request.structures("AttributeDefinitions"), table, description);
    ((ObjectNode) definition.get("IndexMaps")).put(name, transaction.newNumber());
    ObjectNode made = TableText.index(description, index, "CREATING");
    made.put("Backfilling", false);
    description.withArray("GlobalSecondaryIndexes").add(made);
    description.put("TableStatus", "UPDATING");
  }

  /**
   * The request itself must define the attributes of the index's key, also those that the table
   * has. A table keeps the types that it has, and no attribute that is in no key.
   */
  private static void defineAttributes(
      Request index, List<Request> definitions, Table table, ObjectNode description) {
    List<Request> key = index.structures("KeySchema");
    Set<String> defined = TableSpec.defined(definitions);
    KeySpec.checkNumber(key, defined);
    TableSpec.checkGlobal(index, defined, TableText.billingMode(description));
    Map<String, String> attributes = new TreeMap<>();
    table.attributes().forEach((each, type) -> attributes.put(each, type.toString()));
    for (Request each : definitions) {
      if (KeySpec.names(key).contains(each.text("AttributeName"))) {
        attributes.putIfAbsent(each.text("AttributeName"), each.text("AttributeType"));
      }
    }
    ArrayNode described = description.putArray("AttributeDefinitions");
    attributes.forEach(
        (each, type) ->
            described.addObject().put("AttributeName", each).put("AttributeType", type));
  }
}
