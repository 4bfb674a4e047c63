package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.KeyCondition;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;

/**
 * ExclusiveStartKey: where the page before ended. AWS looks at it part by part, between other
 * checks, and has words of its own for each.
 */
final class StartKey {
  private static final String INVALID = "The provided starting key is invalid";
  private static final String UNFIT = "The provided key element does not match the schema";

  /** How the faults of values begin of which AWS says that they are the starting key's. */
  private static final List<String> NAMED =
      List.of(
          "Supplied AttributeValue",
          "One or more parameter values were invalid: Null attribute",
          "One or more parameter values were invalid: An string set  may not be empty",
          "One or more parameter values were invalid: Binary sets should not be empty");

  private final Table table;
  private final Index index;
  private final Item item;
  private final boolean isWhole;
  private byte[] bytes;

  StartKey(Table table, Index index, Item item) {
    this.table = table;
    this.index = index;
    this.item = item;
    this.isWhole = item.attributes().size() == Page.keyNames(table, index).size();
  }

  /** The key of a request, null if there is none. */
  static Item read(Request request) {
    if (request.any("ExclusiveStartKey") instanceof EngineException refused
        && NAMED.stream().anyMatch(refused.getMessage()::startsWith)) {
      throw EngineException.validation("%s: %s", INVALID, refused.getMessage());
    }
    return request.item("ExclusiveStartKey");
  }

  /** Refuses a key with more or fewer attributes than the keys of table and index have. */
  void checkCount() {
    if (!isWhole) {
      throw EngineException.validation(INVALID);
    }
  }

  /** Refuses a key in which these attributes of what is read are missing or of another type. */
  void check(List<KeyAttribute> attributes) {
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        throw EngineException.validation(INVALID);
      }
      if (!attribute.accepts(value)) {
        throw EngineException.validation(UNFIT);
      }
    }
  }

  /** The key's place in the table or the index, after its part of the table was checked. */
  byte[] bytes() {
    if (bytes == null) {
      bytes = isWhole ? bytes(item) : null;
    }
    if (bytes == null) {
      throw EngineException.validation("%s: %s", INVALID, UNFIT);
    }
    return bytes;
  }

  private byte[] bytes(Item of) {
    byte[] key = table.key().bytes(of);
    return index == null || key == null ? key : index.key().entryBytes(of, key);
  }

  /** Refuses a start outside of what a query reads. */
  void checkWithin(KeyRange range, KeyCondition condition, KeySchema key) {
    if (range.contains(bytes())) {
      return;
    }
    if (key.sort().stream().noneMatch(each -> condition.tests().containsKey(each.name()))) {
      throw EngineException.validation(
          "The provided starting key is outside query boundaries based on provided conditions");
    }
    Item moved = item;
    for (KeyAttribute each : key.partition()) {
      moved = moved.with(each.name(), condition.tests().get(each.name()).values().get(0));
    }
    throw EngineException.validation(
        range.contains(bytes(moved))
            ? "The query can return at most one row and cannot be restarted"
            : "The provided starting key does not match the range key predicate");
  }

  /** Refuses a start outside of the segment that a scan reads. */
  void checkWithin(KeyRange segment, Request request) {
    if (!segment.contains(bytes())) {
      throw EngineException.validation(
          "%s: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
              + " TotalSegments: %s Segment: %s",
          INVALID, request.integer("TotalSegments"), request.integer("Segment"));
    }
  }
}
