package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An error as AWS puts it on the wire: its type with a name space, a message, and what belongs to
 * it.
 */
final class ErrorAnswer {
  private static final Set<String> OF_THE_SERVICE_FRAME =
      Set.of(
          "SerializationException",
          "UnknownOperationException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException",
          "AccessDeniedException",
          "InternalFailure");

  private ErrorAnswer() {}

  static Answer of(EngineException error) {
    int status =
        switch (error.type()) {
          case "InternalServerError", "InternalFailure" -> 500;
          default -> 400;
        };
    return Answer.of(status, body(error));
  }

  private static byte[] body(EngineException error) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = Protocol.JSON.createGenerator(bytes)) {
      boolean frame = OF_THE_SERVICE_FRAME.contains(error.type());
      out.writeStartObject();
      out.writeStringField("__type", nameSpace(error.type(), frame) + error.type());
      if (error.getMessage() != null) {
        boolean capital = frame || error.type().equals("TransactionCanceledException");
        out.writeStringField(capital ? "Message" : "message", error.getMessage());
      }
      for (Map.Entry<String, Object> field : error.fields().entrySet()) {
        out.writeFieldName(field.getKey());
        write(out, field.getValue());
      }
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static String nameSpace(String type, boolean frame) {
    if (type.equals("ValidationException")) {
      return "com.amazon.coral.validate#";
    }
    return frame ? "com.amazon.coral.service#" : "com.amazonaws.dynamodb.v20120810#";
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Item item) {
      ItemJson.write(out, item);
    } else if (value instanceof AttributeValue attribute) {
      ItemJson.writeValue(out, attribute);
    } else if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(entry.getKey().toString());
        write(out, entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object each : list) {
        write(out, each);
      }
      out.writeEndArray();
    } else {
      out.writeObject(value);
    }
  }
}
