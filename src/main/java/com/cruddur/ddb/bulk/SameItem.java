package com.cruddur.ddb.bulk;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whether two items are the same to DynamoDB: sets have no order, numbers no fixed form. */
public final class SameItem {
  private SameItem() {}

  public static boolean same(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    return one.equals(other)
        || (one.keySet().equals(other.keySet())
            && one.entrySet().stream().allMatch(e -> same(e.getValue(), other.get(e.getKey()))));
  }

  private static boolean same(AttributeValue one, AttributeValue other) {
    if (one.type() != other.type()) {
      return false;
    }
    return switch (one.type()) {
      case N -> number(one.n()).compareTo(number(other.n())) == 0;
      case SS -> new HashSet<>(one.ss()).equals(new HashSet<>(other.ss()));
      case NS -> numbers(one.ns()).equals(numbers(other.ns()));
      case BS -> new HashSet<>(one.bs()).equals(new HashSet<>(other.bs()));
      case M -> same(one.m(), other.m());
      case L -> same(one.l(), other.l());
      default -> one.equals(other);
    };
  }

  private static boolean same(List<AttributeValue> one, List<AttributeValue> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Set<BigDecimal> numbers(List<String> texts) {
    Set<BigDecimal> numbers = new HashSet<>();
    texts.forEach(text -> numbers.add(number(text)));
    return numbers;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.strip()).stripTrailingZeros();
  }
}
