package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * UpdateTable. An index is made and removed in the background, as on AWS: the table is UPDATING and
 * the index CREATING or DELETING until it is done.
 */
final class UpdateTable implements Operation {
  private static final Shape SHAPE = TableShapes.updateTable();
  private final Streams streams;
  private final IndexBuilder builder;

  UpdateTable(Streams streams, IndexBuilder builder) {
    this.streams = streams;
    this.builder = builder;
  }

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = SHAPE.request(body);
    UpdateSpec.check(request);
    String name = Shape.tableOf(request.text("TableName"));
    Table before = context.database().write(transaction -> update(request, context, transaction));
    if (WarmThroughput.isAsked(request)) {
      return TableText.shown("TableDescription", before, null, "UPDATING");
    }
    Table table = TableOperations.table(request, context);
    Reply reply = TableText.shown("TableDescription", table, "UPDATING", "ACTIVE");
    builder.wake(context.database(), name);
    return reply;
  }

  /** Returns the table as it was before. */
  private Table update(Request request, Context context, Transaction transaction) {
    String name = Shape.tableOf(request.text("TableName"));
    Table table = transaction.table(name);
    if (table == null) {
      throw TableOperations.notFound(name);
    }
    TableOperations.refuseCreating(table);
    ObjectNode definition = table.definition().copy();
    ObjectNode description = (ObjectNode) definition.get("Table");
    updateBilling(request, context, description);
    updateStream(request, table, transaction, definition);
    refuseNoEncryption(request, description);
    TableText.setOptions(description, request);
    if (request.has("GlobalSecondaryIndexUpdates")) {
      updateIndexes(request, context, table, transaction, definition);
    }
    transaction.define(TableDefinition.of(definition));
    return table;
  }

  private static void refuseNoEncryption(Request request, ObjectNode table) {
    Request encryption = request.structure("SSESpecification");
    if (encryption != null && !encryption.flag("Enabled") && !table.has("SSEDescription")) {
      throw EngineException.invalid("Table is already encrypted by default");
    }
  }

  private static void updateBilling(Request request, Context context, ObjectNode table) {
    String before = TableText.billingMode(table);
    String mode = TableOptions.mode(request, before);
    Request throughput = request.structure("ProvisionedThroughput");
    if (mode.equals("PAY_PER_REQUEST")) {
      TableSpec.checkBilling(request, mode);
    } else if (!before.equals(mode) && throughput == null) {
      throw EngineException.invalid(
          "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    TableOptions.checkOnDemand(request.structure("OnDemandThroughput"), mode, "table", true);
    if (throughput != null && before.equals("PROVISIONED")) {
      refuseSame(throughput, table.get("ProvisionedThroughput"), "table");
    }
    if (mode.equals("PROVISIONED") && !before.equals(mode)) {
      refuseIndexesWithoutUnits(request, table);
    }
    if (!mode.equals(before) || throughput != null) {
      setBilling(table, mode, throughput, context.clock().instant());
    }
    WarmThroughput.raise(table, mode, request, "table");
  }

  /** A table is not provisioned before every one of its indexes is. */
  private static void refuseIndexesWithoutUnits(Request request, ObjectNode table) {
    List<Request> updates = request.structures("GlobalSecondaryIndexUpdates");
    Set<String> named = new LinkedHashSet<>();
    table
        .path("GlobalSecondaryIndexes")
        .forEach(index -> named.add(index.get("IndexName").textValue()));
    for (Request update : updates == null ? List.<Request>of() : updates) {
      Request index = update.structure("Update");
      if (index != null && index.has("ProvisionedThroughput")) {
        named.remove(index.text("IndexName"));
      }
    }
    if (!named.isEmpty()) {
      throw EngineException.invalid(
          "ProvisionedThroughput must be specified for index: %s", String.join(",", named));
    }
  }

  private static void setBilling(ObjectNode table, String mode, Request units, Instant now) {
    setUnits(table, units, now);
    TableText.setMode(table, mode, now);
    if (mode.equals("PAY_PER_REQUEST")) {
      for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
        setUnits((ObjectNode) index, null, now);
        WarmThroughput.set((ObjectNode) index, mode, null);
      }
    }
  }

  private static void setUnits(ObjectNode of, Request units, Instant now) {
    of.set(
        "ProvisionedThroughput",
        ProvisionedUnits.changed(of.get("ProvisionedThroughput"), units, now));
  }

  private static void refuseSame(Request wanted, JsonNode is, String of) {
    long read = is.get("ReadCapacityUnits").longValue();
    long write = is.get("WriteCapacityUnits").longValue();
    if (wanted.integer("ReadCapacityUnits") == read
        && wanted.integer("WriteCapacityUnits") == write) {
      String kind = of.split(" ")[0];
      throw EngineException.validation(
          String.format(
              "The provisioned throughput for the %1$s will not change. The requested value equals"
                  + " the current value. Current ReadCapacityUnits provisioned for the %2$s: %3$d."
                  + " Requested ReadCapacityUnits: %3$d. Current WriteCapacityUnits provisioned for"
                  + " the %2$s: %4$d. Requested WriteCapacityUnits: %4$d. Refer to the Amazon"
                  + " DynamoDB Developer Guide for current limits and how to request higher"
                  + " limits.",
              of, kind, read, write));
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
            "Table already has an enabled stream: TableName: %s", table.name());
      }
      streams.enable(transaction, definition, stream.text("StreamViewType"));
    } else {
      if (!enabled) {
        throw EngineException.validation(
            "Table has no stream to disable: TableName: %s", table.name());
      }
      streams.disable(transaction, table.definition());
      ((ObjectNode) definition.get("Table")).remove("StreamSpecification");
    }
  }

  private static void updateIndexes(
      Request request,
      Context context,
      Table table,
      Transaction transaction,
      ObjectNode definition) {
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
      } else {
        updateCapacity(definition, table, update.structure("Update"), context.clock().instant());
      }
    }
  }

  private static void updateCapacity(
      ObjectNode definition, Table table, Request update, Instant now) {
    ObjectNode index = index(definition, table, update);
    String name = update.text("IndexName");
    Request throughput = update.structure("ProvisionedThroughput");
    Request onDemand = update.structure("OnDemandThroughput");
    String mode = TableText.billingMode(definition.get("Table"));
    if (mode.equals("PROVISIONED") && throughput != null) {
      refuseSame(throughput, index.get("ProvisionedThroughput"), "index " + name);
    } else if (throughput != null) {
      throw EngineException.invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: %s"
              + " when BillingMode is PAY_PER_REQUEST",
          name);
    } else if (mode.equals("PAY_PER_REQUEST")
        && !update.has("WarmThroughput")
        && (onDemand == null || onDemand.names().isEmpty())) {
      throw EngineException.invalid(
          "The only Updates for index: %s when TableThroughputMode is PAY_PER_REQUEST can be"
              + " to OnDemandThroughput, WarmThroughput",
          name);
    }
    TableOptions.checkOnDemand(onDemand, mode, "index : " + name, true);
    if (throughput != null) {
      setUnits(index, throughput, now);
    }
    WarmThroughput.raise(index, mode, update, "index " + name);
    if (onDemand != null) {
      index.set("OnDemandThroughput", TableText.tree(onDemand));
    }
  }

  private static ObjectNode index(ObjectNode definition, Table table, Request named) {
    String name = named.text("IndexName");
    Index index = table.index(name);
    if (index != null && !index.global()) {
      throw EngineException.validation(
          "Cannot delete an index that is not a GlobalSecondaryIndex: %s", name);
    }
    for (JsonNode each : definition.get("Table").path("GlobalSecondaryIndexes")) {
      if (each.get("IndexName").textValue().equals(name)) {
        return (ObjectNode) each;
      }
    }
    throw new EngineException(
        "ResourceNotFoundException",
        "Requested resource not found: Index %s for table %s",
        name,
        table.name());
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
    Map<String, String> attributes = new LinkedHashMap<>();
    table.attributes().forEach((each, type) -> attributes.put(each, type.toString()));
    TableSpec.defined(request.structures("AttributeDefinitions"));
    for (Request each : request.structures("AttributeDefinitions")) {
      attributes.putIfAbsent(each.text("AttributeName"), each.text("AttributeType"));
    }
    TableSpec.checkGlobal(index, attributes.keySet(), TableText.billingMode(description));
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
