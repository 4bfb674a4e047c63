package com.cruddur.ddb.engine.item;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;

/**
 * The order in which DynamoDB sorts and compares values: only strings, numbers and bytes have one.
 */
public final class AttributeOrder {

  private AttributeOrder() {}

  /** Whether values of this type can be compared at all. */
  public static boolean isOrdered(AttributeValue value) {
    return value instanceof S || value instanceof N || value instanceof B;
  }

  /** Strings by their UTF-8 bytes, numbers by value, bytes unsigned; both of the same type. */
  public static int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof S a && right instanceof S b) {
      return compareUtf8(a.value(), b.value());
    }
    if (left instanceof N a && right instanceof N b) {
      return a.decimal().compareTo(b.decimal());
    }
    return ((B) left).compareTo((B) right);
  }

  /** UTF-16 sorts as UTF-8 does but for surrogates, which stand for higher characters. */
  private static int compareUtf8(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean high = Character.isSurrogate(a);
        return high == Character.isSurrogate(b) ? a - b : high ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }
}
