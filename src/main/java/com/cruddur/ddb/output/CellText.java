package com.cruddur.ddb.output;

import java.util.Base64;
import java.util.Map;

/** A value as the text of one cell. */
final class CellText {
  private CellText() {}

  /** Visible text: null is empty, nested values are compact JSON, bytes are Base64. */
  static String of(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
      // Already safe: JSON escapes what a terminal would obey.
      return JsonText.compact(value);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return VisibleText.of(value.toString());
  }
}
