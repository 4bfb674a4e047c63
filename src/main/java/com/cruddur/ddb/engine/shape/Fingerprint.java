package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import java.util.List;
import java.util.Map;

/**
 * What was read in 64 bits: of equal requests the same, whatever the order of their members, of
 * others another but by a chance of one in 2^64. Holds against accidents, not against an attacker.
 */
public final class Fingerprint {

  private static final long ODD = 0x9E3779B97F4A7C15L;

  private Fingerprint() {}

  /** Of a request, or of a list of what it holds. */
  public static long of(Object read) {
    if (read instanceof Request request) {
      return unordered(request.members());
    } else if (read instanceof Item item) {
      return unordered(item.attributes());
    } else if (read instanceof Map<?, ?> map) {
      return unordered(map);
    } else if (read instanceof List<?> list) {
      return ordered(list);
    } else if (read instanceof AttributeValue value) {
      return mix(ofText(value.type()), ofValue(value));
    }
    return ofText(String.valueOf(read));
  }

  private static long ofValue(AttributeValue value) {
    if (value instanceof AttributeValue.M map) {
      return unordered(map.entries());
    } else if (value instanceof AttributeValue.L list) {
      return ordered(list.elements());
    } else if (value instanceof AttributeValue.SetValue set) {
      return set.members().stream().mapToLong(Fingerprint::of).sum();
    }
    return ofText(value.toString());
  }

  private static long unordered(Map<?, ?> map) {
    long sum = map.size();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      sum += mix(ofText(entry.getKey().toString()), of(entry.getValue()));
    }
    return mix(sum, ODD);
  }

  private static long ordered(List<?> list) {
    long hash = list.size();
    for (Object each : list) {
      hash = mix(hash, of(each));
    }
    return hash;
  }

  private static long ofText(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return hash;
  }

  /** Spreads both over all bits; the order of the two matters. */
  private static long mix(long first, long second) {
    long hash = (first ^ Long.rotateLeft(second, 32)) * ODD + second;
    hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return hash ^ hash >>> 32;
  }
}
