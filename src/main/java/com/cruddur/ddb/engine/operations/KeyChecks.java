package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Update;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;
import java.util.Map;

/** What AWS checks of keys before it reads or writes: names, types, emptiness, length. */
final class KeyChecks {

  private static final int MAX_PARTITION = 2048;
  private static final int MAX_SORT = 1024;

  private KeyChecks() {}

  /** Checks a key as Get, Update and Delete are given it: its attributes and nothing else. */
  static byte[] key(Table table, Item key) {
    KeySchema schema = table.key();
    if (key.attributes().size() != schema.attributes().size()) {
      throw mismatch();
    }
    return within(table, key);
  }

  /** Checks the key of an item in the words that AWS has for a key alone. */
  static byte[] within(Table table, Item item) {
    for (KeyAttribute attribute : table.key().attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || !attribute.accepts(value)) {
        throw mismatch();
      }
    }
    values(table.key(), item);
    return table.key().bytes(item);
  }

  /** The refusal of a key that is not one of its table. */
  static EngineException mismatch() {
    return EngineException.validation("The provided key element does not match the schema");
  }

  /** Checks the key of an item that is about to be put. */
  static byte[] item(Table table, Item item) {
    for (KeyAttribute attribute : table.key().attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        throw EngineException.invalid("Missing the key %s in the item", attribute.name());
      }
      if (!attribute.accepts(value)) {
        throw EngineException.invalid(
            "Type mismatch for key %s expected: %s actual: %s",
            attribute.name(), attribute.type(), value.type());
      }
    }
    values(table.key(), item);
    return table.key().bytes(item);
  }

  /** Checks that no attribute of a key is empty or too long; one that is missing passes. */
  static void values(KeySchema schema, Item item) {
    notEmpty(schema, item);
    checkLengths(schema, item);
  }

  /** Checks that no attribute of a key is empty; one that is missing passes. */
  static void notEmpty(KeySchema schema, Item item) {
    for (KeyAttribute attribute : schema.attributes()) {
      String empty = empty(item.get(attribute.name()));
      if (empty != null) {
        throw EngineException.validation(
            "One or more parameter values are not valid. The AttributeValue for a key"
                + " attribute cannot contain an empty %s value. Key: %s",
            empty, attribute.name());
      }
    }
  }

  private static void checkLengths(KeySchema schema, Item item) {
    for (KeyAttribute attribute : schema.partition()) {
      if (size(item, attribute) > MAX_PARTITION) {
        throw EngineException.invalid(
            "Size of hashkey has exceeded the maximum size limit of2048 bytes");
      }
    }
    for (KeyAttribute attribute : schema.sort()) {
      if (size(item, attribute) > MAX_SORT) {
        throw EngineException.invalid(
            "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
      }
    }
  }

  private static int size(Item item, KeyAttribute attribute) {
    AttributeValue value = item.get(attribute.name());
    return value == null ? 0 : value.size();
  }

  private static String empty(AttributeValue value) {
    if (value instanceof S s && s.value().isEmpty()) {
      return "string";
    }
    return value instanceof B b && b.bytes().length == 0 ? "binary" : null;
  }

  /** Refuses paths that lead into an attribute of a key, which is never a document. */
  static void scalars(Table table, List<Path> paths) {
    for (Path path : paths) {
      if (path.isNested()) {
        boolean key = table.key().names().contains(path.head());
        if (key || table.indexes().stream().anyMatch(each -> isKey(each, path.head()))) {
          throw EngineException.validation(
              "Key attributes must be scalars; list random access '[]' and map lookup '.' are"
                  + " not allowed: %s%s",
              key ? "Key: " : "IndexKey: ", path.head());
        }
      }
    }
  }

  private static boolean isKey(Index index, String name) {
    return index.key().names().contains(name);
  }

  /**
   * Checks the keys of indexes after an update: AWS words it otherwise where the old item decides.
   */
  static void updatedIndexes(Table table, Item item) {
    for (Index index : table.indexes()) {
      for (KeyAttribute attribute : index.key().attributes()) {
        AttributeValue value = item.get(attribute.name());
        if (value != null && (!attribute.accepts(value) || empty(value) != null)) {
          throw EngineException.validation(
              "The update expression attempted to update the secondary index key to unsupported"
                  + " type");
        }
        boolean partition = index.key().partition().contains(attribute);
        if (value != null && value.size() > (partition ? MAX_PARTITION : MAX_SORT)) {
          throw EngineException.validation(
              "The update expression attempted to update the secondary index key beyond allowed"
                  + " size limits");
        }
      }
    }
  }

  /** Refuses empty keys of indexes, which AWS does before a transaction begins. */
  static void indexesNotEmpty(Table table, Item item, boolean update) {
    for (Index index : table.indexes()) {
      for (KeyAttribute attribute : index.key().attributes()) {
        AttributeValue value = item.get(attribute.name());
        if (value != null && attribute.accepts(value)) {
          notEmpty(index, attribute, value, update);
        }
      }
    }
  }

  /** Checks that what a put item has of the keys of indexes can be such keys. */
  static void indexes(Table table, Item item) {
    indexes(table, item, Map.of(), false);
  }

  /** Checks that what an update makes of keys of indexes can be such keys, as far as is known. */
  static void indexes(Table table, Update update) {
    if (!table.indexes().isEmpty()) {
      indexes(table, update.assigned(), update.computedTypes(), true);
    }
  }

  private static void indexes(Table table, Item item, Map<String, String> types, boolean update) {
    for (Index index : table.indexes()) {
      for (KeyAttribute attribute : index.key().attributes()) {
        AttributeValue value = item.get(attribute.name());
        if (value != null) {
          index(index, attribute, value, update);
        } else if (types.containsKey(attribute.name())) {
          checkType(index, attribute, types.get(attribute.name()));
        }
      }
    }
  }

  private static void checkType(Index index, KeyAttribute attribute, String type) {
    if (!attribute.isOf(type)) {
      throw EngineException.invalid(
          "Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s",
          attribute.name(), attribute.type(), type, index.name());
    }
  }

  private static void index(
      Index index, KeyAttribute attribute, AttributeValue value, boolean update) {
    checkType(index, attribute, value.type());
    notEmpty(index, attribute, value, update);
    int longest = index.key().partition().contains(attribute) ? MAX_PARTITION : MAX_SORT;
    if (value.size() > longest) {
      throw EngineException.invalid(
          "Size limit exceeded for Index Key %s Actual Size: %s bytes Max Size: %s bytes"
              + " IndexName: %s",
          attribute.name(), value.size(), longest, index.name());
    }
  }

  private static void notEmpty(
      Index index, KeyAttribute attribute, AttributeValue value, boolean update) {
    String empty = empty(value);
    if (empty != null) {
      throw EngineException.validation(
          "One or more parameter values are not valid. %s The AttributeValue for a key"
              + " attribute cannot contain an empty %s value.%s",
          update
              ? "The update expression attempted to update a secondary index key to a value"
                  + " that is not supported."
              : "A value specified for a secondary index key is not supported.",
          empty,
          update ? "" : " IndexName: " + index.name() + ", IndexKey: " + attribute.name());
    }
  }
}
