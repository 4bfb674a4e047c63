package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The tags of tables; AWS checks them by hand, not by its model, all before any is changed. */
final class Tags {
  private static final int MOST = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /** The tags of a request, by their keys. */
  static Map<String, String> of(List<Request> given) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Request tag : given) {
      String key = tag.text("Key");
      String value = tag.text("Value");
      checkKey(key);
      if (value == null || value.length() > LONGEST_VALUE || !ALLOWED.matcher(value).matches()) {
        throw EngineException.validation("The Tag Value provided is invalid, Value: %s", value);
      }
      if (tags.put(key, value) != null) {
        throw EngineException.validation(
            "Duplicate Tag Keys provided as input: Duplicate Tag Key found %s", key);
      }
    }
    checkCount(tags.size());
    return tags;
  }

  /** Refuses keys that no tag can have. */
  static void checkKeys(List<String> keys) {
    keys.forEach(Tags::checkKey);
    checkCount(keys.size());
  }

  private static void checkKey(String key) {
    if (key == null
        || key.isEmpty()
        || key.length() > LONGEST_KEY
        || !ALLOWED.matcher(key).matches()) {
      throw EngineException.validation("The Tag Key provided is invalid, Key: %s", key);
    }
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw EngineException.validation("Tag Key cannot be prefixed with aws:, Key: %s", key);
    }
  }

  private static void checkCount(int count) {
    if (count > MOST) {
      throw EngineException.validation(
          "Number of Tags exceed the current limit for the provided ResourceArn");
    }
  }

  /** The tags that a table has. */
  static Map<String, String> of(JsonNode definition) {
    Map<String, String> tags = new LinkedHashMap<>();
    definition
        .path("Tags")
        .forEach(tag -> tags.put(tag.get("Key").textValue(), tag.get("Value").textValue()));
    return tags;
  }

  /** Gives a table these tags and no others. */
  static void set(ObjectNode definition, Map<String, String> tags) {
    checkCount(tags.size());
    ArrayNode list = definition.putArray("Tags");
    tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
  }
}
