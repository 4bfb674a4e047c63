package com.cruddur.ddb.trigger;

import java.util.Map;
import java.util.stream.Collectors;

/** One flat JSON object on one line: all the JSON that a log needs, without a library. */
final class JsonLine {
  private JsonLine() {}

  static String of(Map<String, ?> fields) {
    return fields.entrySet().stream()
            .map(field -> quoted(field.getKey()) + ":" + value(field.getValue()))
            .collect(Collectors.joining(",", "{", "}"))
        + "\n";
  }

  private static String value(Object value) {
    return value == null || value instanceof Number
        ? String.valueOf(value)
        : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7F) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
