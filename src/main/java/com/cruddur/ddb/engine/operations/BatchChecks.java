package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;
import java.util.Map;

/** What AWS checks of batches beside what it checks of single requests, and words otherwise. */
final class BatchChecks {

  private BatchChecks() {}

  static EngineException duplicate() {
    return EngineException.validation("Provided list of item keys contains duplicates");
  }

  static void notEmpty(Map<String, ?> items, String operation) {
    if (items.isEmpty()) {
      throw EngineException.validation("The requestItems parameter is required for %s", operation);
    }
  }

  /** Checks the names of tables, which are keys of a map here. */
  static void tableNames(Map<String, ?> items) {
    for (String nameOrArn : items.keySet()) {
      String name = Shape.tableOf(nameOrArn);
      if (name.length() < 3 || name.length() > 255 || !name.chars().allMatch(BatchChecks::isName)) {
        throw constraint(
            items,
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
                + " Member must have length greater than or equal to 3, Member must satisfy regular"
                + " expression pattern: [a-zA-Z0-9_.-]+]");
      }
    }
  }

  private static boolean isName(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  /** Checks the number of requests for each table. */
  static void lengths(Map<String, ? extends List<?>> items, int most) {
    for (List<?> requests : items.values()) {
      if (requests.isEmpty() || requests.size() > most) {
        throw constraint(
            items,
            "Map value must satisfy constraint: [Member must have length less than or equal to "
                + most
                + ", Member must have length greater than or equal to 1]");
      }
    }
  }

  private static EngineException constraint(Map<String, ?> items, String constraint) {
    return EngineException.validation(
        "1 validation error detected: Value '%s' at 'requestItems' failed to satisfy"
            + " constraint: %s",
        items, constraint);
  }

  /** Checks the key of an item to be put: in a batch AWS words it as it does for keys. */
  static byte[] item(Table table, Item item) {
    KeySchema schema = table.key();
    for (KeyAttribute attribute : schema.attributes()) {
      if (item.get(attribute.name()) == null || !attribute.accepts(item.get(attribute.name()))) {
        throw KeyChecks.mismatch();
      }
    }
    byte[] key = KeyChecks.item(table, item);
    KeyChecks.indexes(table, item);
    return key;
  }
}
