package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.Printable;
import com.cruddur.ddb.dynamo.ItemJson;
import com.cruddur.ddb.dynamo.ItemJson.NoItemException;
import com.cruddur.ddb.dynamo.Keys;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A line of an export: an item, or what has become of one.
 *
 * @param item as it is now; null when it was deleted
 * @param keys of a change; null for an item of a full export
 * @param micros when the change was written, in microseconds since 1970
 */
record ItemRecord(Map<String, AttributeValue> item, Map<String, AttributeValue> keys, long micros) {
  private static final ObjectReader PLAIN =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readerFor(JsonNode.class);

  private static final Set<String> SEED_TYPES = Set.of("user", "conversation", "message");

  private static final String TIME = "WriteTimestampMicros";

  boolean isChange() {
    return keys != null;
  }

  /**
   * Reads a line: {@code {"Item":{…}}}, {@code {"Metadata":…,"Keys":…,"NewImage":…}}, {@code
   * {"pk":"…","sk":"…",…}} as our ndjson is, or {@code {"pk":{"S":"…"},…}}.
   *
   * @throws NoItemException when it is JSON and none of them
   */
  static ItemRecord read(byte[] line) throws IOException {
    try (JsonParser json = ItemJson.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT || json.nextToken() != JsonToken.FIELD_NAME) {
        throw new NoItemException("the line is not {\"Item\":{…}}");
      }
      String name = json.currentName();
      return switch (name) {
        case "Item" -> {
          json.nextToken();
          Map<String, AttributeValue> item = ItemJson.read(json);
          end(json);
          yield new ItemRecord(item, null, 0);
        }
        case "Record", "Metadata", "Keys", "NewImage", "OldImage" -> change(json);
        default -> plain(line, name);
      };
    }
  }

  private static void end(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw new NoItemException("something follows the item on its line");
    }
  }

  /** The parser stands at the first name. */
  private static ItemRecord change(JsonParser json) throws IOException {
    boolean wrapped = json.currentName().equals("Record");
    if (wrapped && (json.nextToken() != JsonToken.START_OBJECT || json.nextToken() == null)) {
      throw new NoItemException("\"Record\" is not an object");
    }
    Map<String, AttributeValue> keys = null;
    Map<String, AttributeValue> image = null;
    long micros = -1;
    for (; json.currentToken() == JsonToken.FIELD_NAME; json.nextToken()) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "Keys" -> keys = ItemJson.read(json);
        case "NewImage" -> image = ItemJson.read(json);
        case "OldImage" -> json.skipChildren();
        case "Metadata" -> micros = micros(PLAIN.readValue(json));
        default ->
            throw new NoItemException(
                "\"" + Printable.name(name) + "\" is not a field of a change");
      }
    }
    if (wrapped) {
      end(json);
    } else if (json.nextToken() != null) {
      throw new NoItemException("something follows the change on its line");
    }
    return checked(new ItemRecord(image, keys, micros));
  }

  private static ItemRecord checked(ItemRecord change) throws NoItemException {
    if (change.micros < 0) {
      throw new NoItemException("the change has no Metadata with " + TIME);
    } else if (change.keys == null) {
      throw new NoItemException("the change has no Keys");
    } else if (change.item != null
        && change.keys.entrySet().stream()
            .anyMatch(key -> !key.getValue().equals(change.item.get(key.getKey())))) {
      throw new NoItemException("the Keys of the change are not those of its NewImage");
    }
    return change;
  }

  /** As a string, a number, or a typed one. */
  private static long micros(JsonNode metadata) throws NoItemException {
    JsonNode time = metadata.path(TIME);
    String text = time.isObject() ? time.path("N").asText(time.path("S").asText()) : time.asText();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new NoItemException("the change has no Metadata with " + TIME);
    }
  }

  private static JsonNode node(byte[] line) throws IOException {
    try (JsonParser json = PLAIN.createParser(line)) {
      JsonNode node = PLAIN.readValue(json);
      if (json.nextToken() != null) {
        throw new NoItemException("something follows the item on its line");
      }
      return node;
    } catch (NumberFormatException e) {
      throw new NoItemException("it holds a number that DynamoDB cannot hold");
    }
  }

  private static ItemRecord plain(byte[] line, String first) throws IOException {
    JsonNode node = node(line);
    JsonNode pk = node.path(Keys.PK);
    if (pk.isObject()) {
      try (JsonParser json = ItemJson.FACTORY.createParser(line)) {
        json.nextToken();
        return new ItemRecord(ItemJson.read(json), null, 0);
      }
    } else if (pk.isMissingNode() && SEED_TYPES.contains(node.path("type").asText())) {
      throw new NoItemException("the line is a record for seeding; load it with 'ddb seed'");
    } else if (pk.isMissingNode() && node.path(Keys.SK).isMissingNode()) {
      throw new NoItemException(
          "the line begins with \"" + Printable.name(first) + "\", not with \"Item\"");
    }
    return new ItemRecord(values(node), null, 0);
  }

  private static Map<String, AttributeValue> values(JsonNode node) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    node.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
    return values;
  }

  private static AttributeValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> AttributeValue.fromS(node.asText());
      case NUMBER -> AttributeValue.fromN(node.decimalValue().toString());
      case BOOLEAN -> AttributeValue.fromBool(node.asBoolean());
      case ARRAY -> AttributeValue.fromL(list(node));
      case OBJECT -> AttributeValue.fromM(values(node));
      default -> AttributeValue.fromNul(true);
    };
  }

  private static List<AttributeValue> list(JsonNode node) {
    return node.valueStream().map(ItemRecord::value).toList();
  }
}
