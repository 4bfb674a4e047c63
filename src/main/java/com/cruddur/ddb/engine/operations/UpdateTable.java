package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * UpdateTable. An index is made and removed in the background, as on AWS: it is CREATING or
 * DELETING until it is done, and the table UPDATING, but ACTIVE while the items that were there are
 * added.
 */
final class UpdateTable implements Operation {
  private static final Shape SHAPE = TableShapes.updateTable();

  /** What a table is UPDATING for; other changes are done at once. */
  private static final List<String> SLOW =
      List.of(
          "BillingMode",
          "TableThroughputMode",
          "ProvisionedThroughput",
          "StreamSpecification",
          "TableClass");

  /** A table as it was and as it is, before an index is filled. */
  private record Change(Table before, Table after) {}

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
    Change change = context.database().write(transaction -> update(request, context, transaction));
    if (WarmThroughput.isAsked(request)) {
      return Reply.of("TableDescription", TableText.described(change.before(), null, "UPDATING"));
    }
    String status = SLOW.stream().anyMatch(request::has) ? "UPDATING" : null;
    ObjectNode description = TableText.described(change.after(), status, "ACTIVE");
    PendingUpdate.show(request, change.before(), description);
    builder.wake(context.database(), change.after().name());
    return Reply.of("TableDescription", description);
  }

  private Change update(Request request, Context context, Transaction transaction) {
    String name = TableNames.of(request.text("TableName"));
    Table table = transaction.table(name);
    if (table == null) {
      throw TableOperations.notFound(name);
    }
    TableOperations.refuseCreating(table);
    if (!UpdateSpec.isOnline(request)) {
      TableOperations.refuseUpdating(table);
    }
    ObjectNode definition = table.definition().copy();
    ObjectNode description = (ObjectNode) definition.get("Table");
    updateBilling(request, context, description);
    updateStream(request, table, transaction, definition);
    refuseNoEncryption(request, description);
    TableOptions.set(description, request);
    if (request.has("GlobalSecondaryIndexUpdates")) {
      IndexUpdates.make(request, context, table, transaction, definition);
    }
    transaction.define(TableDefinition.of(definition));
    return new Change(table, transaction.table(name));
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
    TableOptions.checkOnDemand(request.structure("OnDemandThroughput"), mode, null, true);
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
    TableText.setMode(table, mode, now);
    if (mode.equals("PAY_PER_REQUEST")) {
      table.set("ProvisionedThroughput", ProvisionedUnits.none(table.get("ProvisionedThroughput")));
    } else {
      setUnits(table, units, now);
      table.remove("OnDemandThroughput");
    }
    for (JsonNode each : table.path("GlobalSecondaryIndexes")) {
      ObjectNode index = (ObjectNode) each;
      if (mode.equals("PAY_PER_REQUEST")) {
        setUnits(index, null, now);
        WarmThroughput.set(index, mode, null);
      } else {
        index.remove("OnDemandThroughput");
      }
    }
  }

  static void setUnits(ObjectNode of, Request units, Instant now) {
    of.set(
        "ProvisionedThroughput",
        ProvisionedUnits.changed(of.get("ProvisionedThroughput"), units, now));
  }

  static void refuseSame(Request wanted, JsonNode is, String of) {
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
}
