package com.cruddur.ddb.dynamo;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as plain values for output: strings, numbers with every digit, booleans, null, lists and
 * maps; binary as base64, sets as lists. The keys come first, then the other names in order.
 */
public final class PlainItem {
  private PlainItem() {}

  public static Map<String, Object> of(Map<String, AttributeValue> item) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (String key : List.of(Keys.PK, Keys.SK)) {
      if (item.containsKey(key)) {
        plain.put(key, value(item.get(key)));
      }
    }
    new TreeMap<>(item).forEach((name, value) -> plain.putIfAbsent(name, value(value)));
    return plain;
  }

  private static Object value(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> new BigDecimal(value.n());
      case BOOL -> value.bool();
      case B -> base64(value.b());
      case SS -> value.ss();
      case NS -> value.ns().stream().map(BigDecimal::new).toList();
      case BS -> value.bs().stream().map(PlainItem::base64).toList();
      case L -> value.l().stream().map(PlainItem::value).toList();
      case M -> map(value.m());
      case NUL, UNKNOWN_TO_SDK_VERSION -> null;
    };
  }

  private static Map<String, Object> map(Map<String, AttributeValue> values) {
    Map<String, Object> plain = new TreeMap<>();
    values.forEach((name, value) -> plain.put(name, value(value)));
    return plain;
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
