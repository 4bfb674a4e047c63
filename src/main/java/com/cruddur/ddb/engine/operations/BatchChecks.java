package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Table;
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

  /** Checks the key of an item to be put: in a batch AWS words it as it does for keys. */
  static byte[] item(Table table, Item item) {
    WriteRequest.checkSize(item);
    byte[] key = KeyChecks.within(table, item);
    KeyChecks.indexes(table, item);
    return key;
  }
}
