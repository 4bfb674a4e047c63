package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Transaction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Descriptions of tables, as AWS writes them and as they are kept. */
final class TableText {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final double MILLIS = 1000.0;
  private static final String PROVISIONED = "ProvisionedThroughput";
  private static final String SWITCHED = "LastUpdateToPayPerRequestDateTime";
  private static final List<String> NOT_OF_DROPPED =
      List.of(
          "AttributeDefinitions",
          "KeySchema",
          "CreationDateTime",
          "LocalSecondaryIndexes",
          "GlobalSecondaryIndexes");

  private TableText() {}

  static double seconds(Instant moment) {
    return moment.toEpochMilli() / MILLIS;
  }

  /** A part of a request as it was. */
  static JsonNode tree(Object value) {
    if (value instanceof Request request) {
      ObjectNode object = NODES.objectNode();
      request.names().forEach(name -> object.set(name, tree(request.any(name))));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(each -> array.add(tree(each)));
      return array;
    }
    return JSON.valueToTree(value);
  }

  /** The definition of a new table. */
  static ObjectNode create(Request request, Context context, Transaction transaction) {
    ObjectNode definition = NODES.objectNode();
    ObjectNode table = definition.putObject("Table");
    Instant now = context.clock().instant();
    String name = TableNames.of(request.text("TableName"));
    String arn = "arn:aws:dynamodb:" + context.region() + ":" + Context.ACCOUNT + ":table/" + name;
    table.set(
        "AttributeDefinitions",
        tree(sorted(request.structures("AttributeDefinitions"), TableText::attribute)));
    table.put("TableName", name);
    table.set("KeySchema", tree(request.structures("KeySchema")));
    table.put("TableStatus", "ACTIVE");
    table.put("CreationDateTime", seconds(now));
    table.put("TableArn", arn);
    table.put("TableId", UUID.randomUUID().toString());
    String mode = TableOptions.mode(request, "PROVISIONED");
    table.set(PROVISIONED, ProvisionedUnits.of(request.structure(PROVISIONED)));
    setMode(table, mode, now);
    WarmThroughput.set(table, mode, request);
    definition.put("Map", transaction.newNumber());
    ObjectNode maps = definition.putObject("IndexMaps");
    addIndexes(table, "LocalSecondaryIndexes", request, maps, transaction);
    addIndexes(table, "GlobalSecondaryIndexes", request, maps, transaction);
    TableOptions.set(table, request);
    table.put("DeletionProtectionEnabled", request.flag("DeletionProtectionEnabled"));
    definition.set(
        "Tags", request.has("Tags") ? tree(request.structures("Tags")) : NODES.arrayNode());
    return definition;
  }

  private static void addIndexes(
      ObjectNode table, String member, Request request, ObjectNode maps, Transaction transaction) {
    if (request.has(member)) {
      ArrayNode indexes = table.putArray(member);
      for (Request index : request.structures(member)) {
        maps.put(index.text("IndexName"), transaction.newNumber());
        indexes.add(index(table, index, member.startsWith("Global") ? "ACTIVE" : null));
      }
    }
  }

  /**
   * @param status null for a local index, which has none
   */
  static ObjectNode index(ObjectNode table, Request request, String status) {
    ObjectNode index = NODES.objectNode();
    index.put("IndexName", request.text("IndexName"));
    index.set("KeySchema", tree(request.structures("KeySchema")));
    index.set("Projection", projection(request.structure("Projection")));
    if (status != null) {
      index.put("IndexStatus", status);
      index.set(PROVISIONED, ProvisionedUnits.of(request.structure(PROVISIONED)));
      WarmThroughput.set(index, billingMode(table), request);
      TableOptions.setLimits(index, request);
    }
    index.put(
        "IndexArn", table.get("TableArn").textValue() + "/index/" + request.text("IndexName"));
    return index;
  }

  private static JsonNode projection(Request request) {
    ObjectNode projection = (ObjectNode) tree(request);
    if (request.has("NonKeyAttributes")) {
      projection.set(
          "NonKeyAttributes", tree(sorted(request.texts("NonKeyAttributes"), name -> name)));
    }
    return projection;
  }

  private static String attribute(Request definition) {
    return definition.text("AttributeName");
  }

  private static <T> List<T> sorted(List<T> list, Function<T, String> by) {
    return list.stream().sorted(Comparator.comparing(by)).toList();
  }

  /** The description of a global index within that of its table, or null. */
  static ObjectNode globalIndex(JsonNode table, String name) {
    for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
      if (index.get("IndexName").textValue().equals(name)) {
        return (ObjectNode) index;
      }
    }
    return null;
  }

  static String billingMode(JsonNode table) {
    return table.path("BillingModeSummary").path("BillingMode").asText("PROVISIONED");
  }

  static void setMode(ObjectNode table, String mode, Instant now) {
    if (mode.equals("PAY_PER_REQUEST")) {
      ObjectNode summary = table.putObject("BillingModeSummary");
      summary.put("BillingMode", mode);
      summary.put(SWITCHED, seconds(now));
    } else if (table.has("BillingModeSummary")) {
      ((ObjectNode) table.get("BillingModeSummary")).put("BillingMode", mode);
    }
  }

  /** What CreateTable answers: it knows no default yet. */
  static Reply made(Table table, Request request) {
    ObjectNode description = described(table, "CREATING", "UPDATING");
    forgetSwitch(description);
    if (!WarmThroughput.isAsked(request)) {
      description.remove("WarmThroughput");
    }
    return Reply.of("TableDescription", description);
  }

  /** What DeleteTable answers: no word of keys and indexes. */
  static Reply dropped(Table table) {
    ObjectNode description = described(table, "DELETING", "ACTIVE");
    return Reply.of("TableDescription", description.remove(NOT_OF_DROPPED));
  }

  /** Takes away when the table went on demand, which AWS tells only after the change. */
  static void forgetSwitch(ObjectNode description) {
    for (String summary : List.of("BillingModeSummary", "TableThroughputModeSummary")) {
      if (description.has(summary)) {
        ((ObjectNode) description.get(summary)).remove(SWITCHED);
      }
    }
  }

  /** A table as DescribeTable shows it. */
  static ObjectNode described(Table table, String status, String warmStatus) {
    String mode = billingMode(table.definition().json().get("Table"));
    ObjectNode description = (ObjectNode) table.definition().json().get("Table").deepCopy();
    if (status != null) {
      description.put("TableStatus", status);
    }
    JsonNode billing = description.get("BillingModeSummary");
    if (billing != null) {
      ObjectNode twin = billing.deepCopy();
      twin.set("TableThroughputMode", twin.remove("BillingMode"));
      description.set("TableThroughputModeSummary", twin);
    }
    WarmThroughput.show(description, mode, warmStatus);
    description.put("TableSizeBytes", table.size().bytes());
    description.put("ItemCount", table.size().count());
    for (String list : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
      for (JsonNode each : description.path(list)) {
        Index index = table.index(each.get("IndexName").textValue());
        ((ObjectNode) each).put("IndexSizeBytes", table.size(index).bytes());
        ((ObjectNode) each).put("ItemCount", table.size(index).count());
        if (index.global() && "CREATING".equals(status)) {
          ((ObjectNode) each).put("IndexStatus", status).remove("WarmThroughput");
        } else if (index.global()) {
          WarmThroughput.show((ObjectNode) each, mode, warmStatus);
        }
      }
    }
    return description;
  }
}
