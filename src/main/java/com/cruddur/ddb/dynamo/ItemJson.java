package com.cruddur.ddb.dynamo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items in DynamoDB JSON, where every value names its type: {@code {"pk":{"S":"a"},"n":{"N":"1"}}}.
 * Numbers are strings there, so that they keep every digit; binary is base64.
 */
public final class ItemJson {
  /** Beyond any item that DynamoDB would take, so that what is too large is rejected by name. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(5_000_000)
                  .maxNameLength(100_000)
                  .maxNestingDepth(200)
                  .build())
          .build();

  private ItemJson() {}

  /** JSON that is no item; the message says what is wrong with it. */
  public static final class NoItemException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoItemException(String message) {
      super(message);
    }
  }

  public static void write(JsonGenerator json, Map<String, AttributeValue> item)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      writeValue(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name());
    switch (value.type()) {
      case S -> json.writeString(value.s());
      case N -> json.writeString(value.n());
      case B -> json.writeString(base64(value.b()));
      case BOOL -> json.writeBoolean(value.bool());
      case NUL -> json.writeBoolean(value.nul());
      case SS -> strings(json, value.ss());
      case NS -> strings(json, value.ns());
      case BS -> strings(json, value.bs().stream().map(ItemJson::base64).toList());
      case M -> write(json, value.m());
      case L -> {
        json.writeStartArray();
        for (AttributeValue element : value.l()) {
          writeValue(json, element);
        }
        json.writeEndArray();
      }
      case UNKNOWN_TO_SDK_VERSION -> throw new IOException("a value of a type unknown to the SDK");
    }
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, List<String> strings) throws IOException {
    json.writeStartArray();
    for (String string : strings) {
      json.writeString(string);
    }
    json.writeEndArray();
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  /**
   * The item whose opening brace the parser stands at; the parser is left at its closing brace.
   *
   * @throws NoItemException when it is JSON but no item
   */
  public static Map<String, AttributeValue> read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new NoItemException("it is not a JSON object of attributes");
    }
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (item.put(name, readValue(json, name)) != null) {
        throw new NoItemException("attribute " + name + " is given twice");
      }
    }
    return item;
  }

  private static AttributeValue readValue(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT || json.nextToken() != JsonToken.FIELD_NAME) {
      throw new NoItemException("attribute " + name + " names no type, such as {\"S\":\"text\"}");
    }
    String type = json.currentName();
    json.nextToken();
    AttributeValue value =
        switch (type) {
          case "S" -> AttributeValue.fromS(string(json, name, type));
          case "N" -> AttributeValue.fromN(string(json, name, type));
          case "B" -> AttributeValue.fromB(bytes(string(json, name, type), name));
          case "BOOL" -> AttributeValue.fromBool(bool(json, name, type));
          case "NULL" -> AttributeValue.fromNul(bool(json, name, type));
          case "SS" -> AttributeValue.fromSs(strings(json, name, type));
          case "NS" -> AttributeValue.fromNs(strings(json, name, type));
          case "BS" -> AttributeValue.fromBs(binaries(json, name, type));
          case "M" -> AttributeValue.fromM(read(json));
          case "L" -> AttributeValue.fromL(list(json, name));
          default -> throw new NoItemException("attribute " + name + " has no type " + type);
        };
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw new NoItemException("attribute " + name + " names more than one type");
    }
    return value;
  }

  private static NoItemException wrong(String name, String type) {
    return new NoItemException("attribute " + name + " has no value of type " + type);
  }

  private static String string(JsonParser json, String name, String type) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, type);
    }
    return json.getText();
  }

  private static boolean bool(JsonParser json, String name, String type) throws IOException {
    if (!json.currentToken().isBoolean()) {
      throw wrong(name, type);
    }
    return json.getBooleanValue();
  }

  private static List<String> strings(JsonParser json, String name, String type)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(name, type);
    }
    List<String> strings = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      strings.add(string(json, name, type));
    }
    return strings;
  }

  private static List<SdkBytes> binaries(JsonParser json, String name, String type)
      throws IOException {
    List<SdkBytes> binaries = new ArrayList<>();
    for (String text : strings(json, name, type)) {
      binaries.add(bytes(text, name));
    }
    return binaries;
  }

  private static SdkBytes bytes(String base64, String name) throws IOException {
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new NoItemException("attribute " + name + " is not base64");
    }
  }

  private static List<AttributeValue> list(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(name, "L");
    }
    List<AttributeValue> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(readValue(json, name));
    }
    return list;
  }
}
