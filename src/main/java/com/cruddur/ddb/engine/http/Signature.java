package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.EngineException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the Authorization header says. It must be there and complete, as AWS asks; whether the
 * signature is right is not looked at, since there is no secret to check it with.
 */
final class Signature {
  private static final String[] PARTS = {"Credential", "Signature", "SignedHeaders"};

  private Signature() {}

  /** The region that a request was signed for. */
  static String region(RequestHead head) {
    String header = head.header("authorization");
    if (header == null || header.isBlank()) {
      throw new EngineException(
          "MissingAuthenticationTokenException", "Request is missing Authentication Token");
    }
    if (!header.startsWith("AWS4-")) {
      throw new EngineException(
          "MissingAuthenticationTokenException", "Request is missing Authentication Token");
    }
    Map<String, String> parts = parts(header);
    StringBuilder missing = new StringBuilder();
    for (String part : PARTS) {
      if (parts.getOrDefault(part, "").isEmpty()) {
        missing.append("Authorization header requires '").append(part).append("' parameter. ");
      }
    }
    if (head.header("x-amz-date") == null && head.header("date") == null) {
      missing.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (!missing.isEmpty()) {
      throw new EngineException(
          "IncompleteSignatureException", missing + "Authorization=" + header);
    }
    String[] scope = parts.get("Credential").split("/", -1);
    if (scope.length < 5 || scope[scope.length - 3].isEmpty()) {
      throw new EngineException(
          "IncompleteSignatureException",
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '%s'",
          parts.get("Credential"));
    }
    return scope[scope.length - 3];
  }

  private static Map<String, String> parts(String header) {
    Map<String, String> parts = new HashMap<>();
    int space = header.indexOf(' ');
    for (String part : header.substring(space < 0 ? header.length() : space).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return parts;
  }
}
