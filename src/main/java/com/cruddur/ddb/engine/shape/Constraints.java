package com.cruddur.ddb.engine.shape;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What AWS's model asks of one member beside its type. */
final class Constraints {

  boolean required;
  boolean alone;
  boolean together;
  boolean arn;
  boolean tables;
  String bare;
  int minSize;
  int maxSize = Integer.MAX_VALUE;
  long minValue = Long.MIN_VALUE;
  long maxValue = Long.MAX_VALUE;
  List<String> values;
  Pattern pattern;

  private final Shape shape;

  Constraints(Shape shape) {
    this.shape = shape;
  }

  void check(Object given, String path, Violations violations) {
    if (arn && given instanceof String text && text.startsWith("arn:")) {
      checkArn(text, path, violations);
    } else {
      checkValue(given, path, violations);
    }
  }

  private void checkArn(String text, String path, Violations violations) {
    if (!TableNames.isOne(text)) {
      add(
          text,
          path,
          "Valid ARN format is"
              + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName',"
              + " where Resource name must have length less than or equal to 255, Resource name"
              + " must have length greater than or equal to 3, Resource name must satisfy regular"
              + " expression pattern: [a-zA-Z0-9_.-]+",
          violations);
    }
  }

  private void checkValue(Object value, String path, Violations violations) {
    if (value == null) {
      if (required) {
        violations.add("null", path, "Member must not be null", alone);
      }
      if (together) {
        violations.tellTogether();
      }
      return;
    }
    if (tables && value instanceof Map<?, ?> map) {
      checkTables(map, path, violations);
    }
    int size = size(value);
    if (size >= 0 && size < minSize) {
      bound(value, path, "length greater than or equal to " + minSize, violations);
    }
    if (size > maxSize) {
      bound(value, path, "length less than or equal to " + maxSize, violations);
    }
    if (value instanceof Long number && number < minValue) {
      bound(value, path, "value greater than or equal to " + minValue, violations);
    }
    if (value instanceof Long number && number > maxValue) {
      bound(value, path, "value less than or equal to " + maxValue, violations);
    }
    if (alone && size >= 0 && (size < minSize || size > maxSize)) {
      return;
    }
    if (pattern != null && value instanceof String text && !pattern.matcher(text).matches()) {
      add(value, path, "Member must satisfy regular expression pattern: " + pattern, violations);
    }
    if (values != null && !values.contains(value) && bare != null) {
      violations.addBare(bare);
    } else if (values != null && !values.contains(value)) {
      add(value, path, "Member must satisfy enum value set: " + values, violations);
    }
  }

  /** Names of tables that are the keys of a map. */
  private void checkTables(Map<?, ?> map, String path, Violations violations) {
    if (!map.keySet().stream().allMatch(key -> TableNames.isOne((String) key))) {
      violations.add("'" + Echo.json(map) + "'", path, TableNames.CONSTRAINT, alone);
    }
  }

  private void add(Object value, String path, String constraint, Violations violations) {
    violations.add("'" + shape.shown(value) + "'", path, constraint, alone);
  }

  private void bound(Object value, String path, String bound, Violations violations) {
    if (violations.isModern()) {
      violations.addModern(path, "Member must have " + bound, alone);
    } else {
      add(value, path, "Member must have " + bound, violations);
    }
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
