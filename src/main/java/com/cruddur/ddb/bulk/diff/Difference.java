package com.cruddur.ddb.bulk.diff;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What differs at a key.
 *
 * @param attributes of an item on both sides those that differ, by name
 */
public record Difference(Kind kind, String pk, String sk, Map<String, Values> attributes) {
  /** From left to right. */
  public enum Kind {
    /** Only on the right. */
    ADDED,
    /** Only on the left. */
    REMOVED,
    /** On both, with other attributes. */
    CHANGED
  }

  /** An attribute's values; null where it is missing. */
  public record Values(AttributeValue left, AttributeValue right) {}
}
