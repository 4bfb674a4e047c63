package com.cruddur.ddb.dynamo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of items as DynamoDB counts it: names and values, in bytes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">its
 *     rules</a>
 */
public final class ItemSize {
  /** DynamoDB's own bound on an item, in bytes. */
  public static final int MOST = 400 * 1024;

  private ItemSize() {}

  public static long of(Map<String, AttributeValue> item) {
    long size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += utf8(attribute.getKey()) + bytes(attribute.getValue());
    }
    return size;
  }

  /** A list or map is 3 bytes, each of their elements 1 byte and its own. */
  private static long bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToLong(b -> b.asByteArrayUnsafe().length).sum();
      case L -> 3 + value.l().stream().mapToLong(v -> 1 + bytes(v)).sum();
      case M ->
          3
              + value.m().entrySet().stream()
                  .mapToLong(e -> 1 + utf8(e.getKey()) + bytes(e.getValue()))
                  .sum();
      case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  /** About a byte for two digits, and one more. */
  private static long number(String digits) {
    return digits.length() / 2 + 1L;
  }

  /** The bytes of a text. */
  public static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
