package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
      boolean capital = frame || error.type().equals("TransactionCanceledException");
      Reply reply =
          Reply.of("__type", nameSpace(error.type(), frame) + error.type())
              .with(capital ? "Message" : "message", error.getMessage());
      error.fields().forEach(reply::with);
      reply.write(out);
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
}
