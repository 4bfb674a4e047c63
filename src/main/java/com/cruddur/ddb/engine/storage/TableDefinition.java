package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a table is: AWS's own description of it, as DescribeTable shows it, and beside it what other
 * operations show. The description is the truth; the fields that reading and writing need are read
 * out of it once.
 *
 * <p>{@code {"Table": {…}, "Map": 4, "IndexMaps": {"name": 5}, "Tags": […], …}}
 */
public final class TableDefinition {
  /** Member of a definition: the number of the journal that keeps the table's changes. */
  public static final String HISTORY = "History";

  static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode json;
  private final String name;
  private final KeySchema key;
  private final String streamArn;
  private final int history;
  private final Map<String, Character> attributes = new LinkedHashMap<>();
  private final Map<String, Index> indexes = new TreeMap<>();

  private TableDefinition(ObjectNode json) {
    this.json = json;
    JsonNode table = json.get("Table");
    this.name = table.get("TableName").textValue();
    for (JsonNode each : table.get("AttributeDefinitions")) {
      attributes.put(
          each.get("AttributeName").textValue(), each.get("AttributeType").textValue().charAt(0));
    }
    this.key = key(table.get("KeySchema"));
    this.streamArn =
        table.path("StreamSpecification").path("StreamEnabled").booleanValue()
            ? table.path("LatestStreamArn").textValue()
            : null;
    this.history = json.path(HISTORY).asInt(-1);
    index(table.path("LocalSecondaryIndexes"), false);
    index(table.path("GlobalSecondaryIndexes"), true);
  }

  /** Reads a definition; nobody changes the tree afterwards. */
  public static TableDefinition of(ObjectNode json) {
    return new TableDefinition(json);
  }

  static TableDefinition of(byte[] bytes) {
    try {
      return of((ObjectNode) JSON.readTree(bytes));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  byte[] bytes() {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private KeySchema key(JsonNode schema) {
    List<KeyAttribute> partition = new ArrayList<>();
    List<KeyAttribute> sort = new ArrayList<>();
    for (JsonNode each : schema) {
      String attribute = each.get("AttributeName").textValue();
      KeyAttribute part = new KeyAttribute(attribute, attributes.get(attribute));
      (each.get("KeyType").textValue().equals("HASH") ? partition : sort).add(part);
    }
    return new KeySchema(partition, sort);
  }

  private void index(JsonNode list, boolean global) {
    for (JsonNode each : list) {
      String index = each.get("IndexName").textValue();
      List<String> nonKeys = new ArrayList<>();
      each.path("Projection")
          .path("NonKeyAttributes")
          .forEach(attribute -> nonKeys.add(attribute.textValue()));
      indexes.put(
          index,
          new Index(
              index,
              json.get("IndexMaps").get(index).intValue(),
              key(each.get("KeySchema")),
              each.path("Projection").path("ProjectionType").asText("ALL"),
              List.copyOf(nonKeys),
              global,
              each.path("IndexStatus").asText("ACTIVE")));
    }
  }

  public String name() {
    return name;
  }

  public KeySchema key() {
    return key;
  }

  /** Types of the attributes of all keys, by name. */
  public Map<String, Character> attributes() {
    return attributes;
  }

  /** In the order of their names, in which AWS checks them. */
  public List<Index> indexes() {
    return List.copyOf(indexes.values());
  }

  /** The index of a name, or null. */
  public Index index(String indexName) {
    return indexes.get(indexName);
  }

  public String arn() {
    return json.get("Table").get("TableArn").textValue();
  }

  /** The stream that records changes now, or null. */
  public String streamArn() {
    return streamArn;
  }

  /** Number of the journal that keeps changes for point-in-time recovery; -1 without. */
  public int history() {
    return history;
  }

  /** Number of the map that holds the items. */
  int map() {
    return json.get("Map").intValue();
  }

  /** A copy of the whole definition, to be changed and handed to {@link Transaction#define}. */
  public ObjectNode copy() {
    return json.deepCopy();
  }

  /** The whole definition, to be read only. */
  public JsonNode json() {
    return json;
  }
}
