package com.cruddur.ddb.engine.item;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/** Takes values of a wanted type from JSON, and refuses others with AWS's words. */
public final class JsonShapes {

  private JsonShapes() {}

  /** Passes if the parser stands on an object. */
  public static void startObject(JsonParser parser, String javaType) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      throw EngineException.serialization("Unrecognized collection type %s", javaType);
    }
    if (token != JsonToken.START_OBJECT) {
      throw EngineException.serialization("Unexpected value type in payload");
    }
  }

  /** Passes if the parser stands on a list. */
  public static void startArray(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      throw EngineException.serialization("Start of structure or map found where not expected.");
    }
    if (token != JsonToken.START_ARRAY) {
      throw EngineException.serialization("Unexpected field type");
    }
  }

  /** The text that the parser stands on. */
  public static String text(JsonParser parser) throws IOException {
    return expect(parser, JsonToken.VALUE_STRING, "String").getText();
  }

  /** The truth value that the parser stands on. */
  public static boolean bool(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_FALSE) {
      return false;
    }
    expect(parser, JsonToken.VALUE_TRUE, "Boolean");
    return true;
  }

  /** The number that the parser stands on, without its fraction, up to 63 bits. */
  public static Long whole(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return (long) parser.getDoubleValue();
    }
    expect(parser, JsonToken.VALUE_NUMBER_INT, "Integer");
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? Long.MAX_VALUE
        : parser.getLongValue();
  }

  /** The number that the parser stands on. */
  public static Double fraction(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
      expect(parser, JsonToken.VALUE_NUMBER_INT, "Double");
    }
    return parser.getDoubleValue();
  }

  /** The bytes of the Base64 text that the parser stands on. */
  public static byte[] bytes(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_STRING) {
      throw EngineException.serialization("only base-64-encoded strings are convertible to bytes");
    }
    String text = text(parser);
    if (text.length() % 4 != 0) {
      throw EngineException.serialization(
          "Base64 encoded length is expected a multiple of 4 bytes but found: %s", text.length());
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw EngineException.serialization("Invalid Base64: %s", e.getMessage());
    }
  }

  /** Passes if the parser stands on a token of this kind. */
  public static JsonParser expect(JsonParser parser, JsonToken wanted, String javaType) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      throw EngineException.serialization(
          "Unrecognized collection type class java.lang.%s", javaType);
    }
    if (token == JsonToken.START_OBJECT) {
      throw EngineException.serialization("Start of structure or map found where not expected.");
    }
    if (token != wanted) {
      throw EngineException.serialization(name(token) + " cannot be converted to " + javaType);
    }
    return parser;
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NUMBER_INT -> "NUMBER_VALUE";
      case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
      default -> token.name();
    };
  }
}
