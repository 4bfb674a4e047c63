package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code #names} and {@code :values} stand for in the expressions of one request. Each must be
 * used by one of them.
 */
public final class Placeholders {

  private static final int MAX_KEY = 255;

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> unusedNames;
  private final Set<String> unusedValues;

  /** Either map may be null: the request has none. */
  public Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    check("ExpressionAttributeNames", '#', names);
    checkNames(names == null ? Map.of() : names);
    check("ExpressionAttributeValues", ':', values);
    this.names = names == null ? Map.of() : names;
    this.values = values == null ? Map.of() : values;
    unusedNames = new LinkedHashSet<>(this.names.keySet());
    unusedValues = new LinkedHashSet<>(this.values.keySet());
  }

  private static void check(String parameter, char sign, Map<String, ?> map) {
    if (map == null) {
      return;
    }
    if (map.isEmpty()) {
      throw EngineException.validation(parameter + " must not be empty");
    }
    for (String key : map.keySet()) {
      if (key.isEmpty()) {
        throw EngineException.validation(
            parameter
                + " contains invalid key: The expression attribute map contains an empty key;");
      }
      if (key.length() > MAX_KEY) {
        throw EngineException.validation(
            parameter
                + " contains invalid key: The expression attribute map contains a key that is too"
                + " long;"
                + (sign == '#' ? " size of key: " + key.length() : ""));
      }
      if (!isPlaceholder(key, sign)) {
        throw EngineException.validation(
            parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
    }
  }

  private static void checkNames(Map<String, String> names) {
    names.forEach(
        (key, name) -> {
          if (name.isEmpty()) {
            throw EngineException.validation(
                "ExpressionAttributeNames contains invalid value: Empty attribute name for key "
                    + key);
          }
          Item.checkName(name);
        });
  }

  private static boolean isPlaceholder(String key, char sign) {
    return key.length() > 1
        && key.charAt(0) == sign
        && key.chars()
            .skip(1)
            .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_'));
  }

  /** The attribute name behind {@code #placeholder}, or null. */
  String name(String placeholder) {
    unusedNames.remove(placeholder);
    return names.get(placeholder);
  }

  /** The value behind {@code :placeholder}, or null. */
  AttributeValue value(String placeholder) {
    unusedValues.remove(placeholder);
    return values.get(placeholder);
  }

  /** Refuses what no expression used, after all were parsed. */
  public void complainIfUnused() {
    complain("ExpressionAttributeNames", unusedNames);
    complain("ExpressionAttributeValues", unusedValues);
  }

  private static void complain(String parameter, Set<String> unused) {
    if (!unused.isEmpty()) {
      throw EngineException.validation(
          "Value provided in %s unused in expressions: keys: {%s}",
          parameter, String.join(", ", unused));
    }
  }
}
