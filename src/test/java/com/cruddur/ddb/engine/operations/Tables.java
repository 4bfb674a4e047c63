package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tables in memory, and the operations on them, called as the server calls them. JSON may use ' for
 * ".
 */
final class Tables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory BODIES =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
          .build();

  /** A key S, nothing else. */
  static final String PLAIN =
      "{'TableName':'plain','TableArn':'arn:plain','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}";

  /**
   * Two S keys; a local index of all by 'l', a global one of keys by 'g' and 'n' (N), one that
   * includes 'x'.
   */
  static final String FULL =
      "{'TableName':'full','TableArn':'arn:full','AttributeDefinitions':["
          + "{'AttributeName':'pk','AttributeType':'S'},{'AttributeName':'sk','AttributeType':'S'},"
          + "{'AttributeName':'l','AttributeType':'S'},{'AttributeName':'g','AttributeType':'S'},"
          + "{'AttributeName':'n','AttributeType':'N'}],"
          + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}],"
          + "'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
          + "{'AttributeName':'l','KeyType':'RANGE'}],'Projection':{'ProjectionType':'KEYS_ONLY'}}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'global','KeySchema':[{'AttributeName':'g','KeyType':'HASH'},"
          + "{'AttributeName':'n','KeyType':'RANGE'}],'Projection':{'ProjectionType':'ALL'}},"
          + "{'IndexName':'part','KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
          + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['x']}}]}";

  final Database database = Database.inMemory();
  private final Map<String, Operation> operations = ItemOperations.all();
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");
  private final Streams streams = new Streams(database, () -> now);
  private Throttle throttle = Throttle.NONE;

  Tables(String... descriptions) {
    operations.putAll(TableOperations.all(streams, new IndexBuilder()));
    operations.putAll(SettingsOperations.all());
    operations.putAll(StreamOperations.all(streams));
    for (String description : descriptions) {
      define(description);
    }
  }

  private void define(String description) {
    database.write(
        transaction -> {
          ObjectNode definition = JSON.createObjectNode();
          ObjectNode table = (ObjectNode) node(description);
          definition.set("Table", table);
          definition.put("Map", transaction.newNumber());
          ObjectNode maps = definition.putObject("IndexMaps");
          for (String kind : new String[] {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
            table
                .path(kind)
                .forEach(
                    index -> maps.put(index.get("IndexName").textValue(), transaction.newNumber()));
          }
          transaction.define(TableDefinition.of(definition));
          return null;
        });
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void throttle(Throttle by) {
    throttle = by;
  }

  /** The answer to a request. */
  JsonNode call(String operation, String request) {
    return send(operation, request.replace('\'', '"'));
  }

  /** The answer to a request in JSON as it is. */
  JsonNode send(String operation, String request) {
    StringWriter text = new StringWriter();
    try (JsonParser parser = BODIES.createParser(request);
        JsonGenerator out = BODIES.createGenerator(text)) {
      Context context = new Context(database, "eu-west-1", () -> now, "localhost", throttle);
      operations.get(operation).answer(parser, context).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree(text.toString());
  }

  /** The type and the message of the refusal of a request. */
  String refusal(String operation, String request) {
    return refusal(() -> call(operation, request));
  }

  /** The type and the message of the refusal of a call. */
  static String refusal(Supplier<JsonNode> call) {
    try {
      return "accepted: " + call.get();
    } catch (EngineException refused) {
      return refused.type() + ": " + refused.getMessage();
    }
  }

  /** JSON in which ' may stand for ". */
  static JsonNode node(String json) {
    return tree(json.replace('\'', '"'));
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
