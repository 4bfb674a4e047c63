package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.KeyCondition;
import com.cruddur.ddb.engine.expression.KeyCondition.KeyTest;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeyBytes;
import com.cruddur.ddb.engine.item.KeySchema;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys in bytes: from one, included, to another, excluded; null for no bound.
 *
 * <p>A query asks for one range: equality of all partition attributes and of the first sort
 * attributes, and perhaps one more test of the next sort attribute.
 */
record KeyRange(byte[] from, byte[] to) {
  private static final Set<String> INDEXABLE =
      Set.of("=", "<", "<=", ">", ">=", "BETWEEN", "begins_with");

  /** The range that a condition asks for, after it was checked against the key. */
  static KeyRange of(KeyCondition condition, KeySchema key) {
    Map<String, KeyTest> tests = condition.tests();
    checkCount(tests, key);
    Item partition = partition(tests, key);
    checkNames(tests, key);
    byte[] base = key.partitionBytes(partition);
    KeyRange range = new KeyRange(base, KeyBytes.after(base));
    KeyTest before = null;
    for (KeyAttribute attribute : key.sort()) {
      KeyTest test = tests.get(attribute.name());
      boolean open = attribute.equals(key.sort().get(0)) || before != null && before.isEquality();
      if (test != null && !open) {
        throw gap(key, attribute, tests);
      }
      if (test != null) {
        checkTest(attribute, test);
        checkValue(key, attribute, test);
        range = narrow(base, test);
        base = test.isEquality() ? range.from() : base;
      }
      before = test;
    }
    return range;
  }

  private static void checkCount(Map<String, KeyTest> tests, KeySchema key) {
    int most = key.attributes().size();
    if (tests.size() > most) {
      throw EngineException.validation(
          "The number of query conditions (%s) exceeds the number of key attributes defined"
              + " in the schema (%s)",
          tests.size(), most);
    }
  }

  /** The values of the partition, each of which must be asked for by equality. */
  private static Item partition(Map<String, KeyTest> tests, KeySchema key) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (KeyAttribute attribute : key.partition()) {
      KeyTest test = tests.get(attribute.name());
      if (test == null) {
        throw missed(attribute);
      }
      checkTest(attribute, test);
      if (!test.isEquality()) {
        throw EngineException.validation("Query key condition not supported");
      }
      values.put(attribute.name(), test.values().get(0));
    }
    Item partition = Item.of(values);
    KeyChecks.values(key, partition);
    return partition;
  }

  /** Every attribute that is tested must be one of the key. */
  private static void checkNames(Map<String, KeyTest> tests, KeySchema key) {
    if (!key.names().containsAll(tests.keySet())) {
      throw missed(key.sort().get(0));
    }
  }

  private static EngineException missed(KeyAttribute attribute) {
    return EngineException.validation(
        "Query condition missed key schema element: %s", attribute.name());
  }

  private static EngineException gap(
      KeySchema key, KeyAttribute attribute, Map<String, KeyTest> tests) {
    List<String> open =
        key.sort().subList(0, key.sort().indexOf(attribute)).stream()
            .map(KeyAttribute::name)
            .filter(name -> tests.get(name) == null || !tests.get(name).isEquality())
            .toList();
    return EngineException.validation(
        "RANGE key attributes %s must have equality conditions specified in the query"
            + " because a condition is present on key attribute %s",
        String.join(", ", open), attribute.name());
  }

  private static void checkTest(KeyAttribute attribute, KeyTest test) {
    if (!INDEXABLE.contains(test.operator())) {
      throw EngineException.validation(
          "Attempted conditional constraint is not an indexable operation");
    }
    if (!test.values().stream().allMatch(attribute::accepts)) {
      throw EngineException.invalid("Condition parameter type does not match schema type");
    }
  }

  /** A key that is compared must be able to be one; what it begins with may be empty. */
  private static void checkValue(KeySchema key, KeyAttribute attribute, KeyTest test) {
    if (!test.operator().equals("begins_with")) {
      test.values().forEach(each -> KeyChecks.values(key, Item.EMPTY.with(attribute.name(), each)));
    }
  }

  private static KeyRange narrow(byte[] base, KeyTest test) {
    AttributeValue value = test.values().get(0);
    byte[] at = KeyBytes.with(base, value);
    byte[] end = KeyBytes.after(base);
    return switch (test.operator()) {
      case "=" -> new KeyRange(at, KeyBytes.after(at));
      case "<" -> new KeyRange(base, at);
      case "<=" -> new KeyRange(base, KeyBytes.after(at));
      case ">" -> new KeyRange(KeyBytes.after(at), end);
      case ">=" -> new KeyRange(at, end);
      case "BETWEEN" -> new KeyRange(at, KeyBytes.after(KeyBytes.with(base, test.values().get(1))));
      case "begins_with" -> prefix(KeyBytes.withPrefix(base, value));
      default -> throw EngineException.validation("Query key condition not supported");
    };
  }

  private static KeyRange prefix(byte[] start) {
    return new KeyRange(start, KeyBytes.after(start));
  }

  /** One range of both, which touch. */
  KeyRange with(KeyRange later) {
    return new KeyRange(from, Arrays.compareUnsigned(to, later.to) > 0 ? to : later.to);
  }

  /** What of the range comes after a key, in the direction of reading. */
  KeyRange after(byte[] key, boolean forward) {
    return forward ? new KeyRange(Arrays.copyOf(key, key.length + 1), to) : new KeyRange(from, key);
  }

  /** Whether a key lies in the range. */
  boolean contains(byte[] key) {
    return (from == null || Arrays.compareUnsigned(from, key) <= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }
}
