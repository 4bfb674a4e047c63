package com.cruddur.ddb.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object's texts and numbers, by name; what is nested in it is left out. */
public final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /** Reads an object; null when the text is none. */
  public static Map<String, String> read(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
          fields.put(name, parser.getText());
        }
      }
      return parser.nextToken() == null ? fields : null;
    } catch (IOException e) {
      return null;
    }
  }
}
