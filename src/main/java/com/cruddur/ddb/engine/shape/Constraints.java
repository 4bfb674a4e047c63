package com.cruddur.ddb.engine.shape;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What AWS's model asks of one member beside its type. */
final class Constraints {

  boolean required;
  boolean alone;
  int minSize;
  int maxSize = Integer.MAX_VALUE;
  long minValue = Long.MIN_VALUE;
  long maxValue = Long.MAX_VALUE;
  List<String> values;
  private String pattern;
  private boolean[] allowed;

  /** Takes a pattern of the form {@code [a-zA-Z0-9_.-]+} apart, so that checking needs no regex. */
  void pattern(String text) {
    if (!text.startsWith("[") || !text.endsWith("]+")) {
      throw new IllegalArgumentException("not one class of characters: " + text);
    }
    pattern = text;
    allowed = new boolean[128];
    Pattern regex = Pattern.compile(text);
    for (int c = 0; c < allowed.length; c++) {
      allowed[c] = regex.matcher(String.valueOf((char) c)).matches();
    }
  }

  void check(Object value, String path, Violations violations) {
    if (value == null) {
      if (required) {
        add(violations, null, path, "Member must not be null");
      }
      return;
    }
    int size = size(value);
    if (size >= 0 && size < minSize) {
      add(violations, value, path, "Member must have length greater than or equal to " + minSize);
    }
    if (size > maxSize) {
      add(violations, value, path, "Member must have length less than or equal to " + maxSize);
    }
    if (pattern != null && value instanceof String text && !matches(text)) {
      add(violations, value, path, "Member must satisfy regular expression pattern: " + pattern);
    }
    if (values != null && !values.contains(value)) {
      add(violations, value, path, "Member must satisfy enum value set: " + values);
    }
    if (value instanceof Long number && (number < minValue || number > maxValue)) {
      violations.add(
          Character.toUpperCase(path.charAt(0)) + path.substring(1),
          number < minValue
              ? "Member must have value greater than or equal to " + minValue
              : "Member must have value less than or equal to " + maxValue);
    }
  }

  private void add(Violations violations, Object value, String path, String constraint) {
    violations.add(value, path, constraint, alone);
  }

  private boolean matches(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= allowed.length || !allowed[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static int size(Object value) {
    if (value instanceof String text) {
      return text.length();
    } else if (value instanceof Collection<?> list) {
      return list.size();
    }
    return value instanceof Map<?, ?> map ? map.size() : -1;
  }
}
