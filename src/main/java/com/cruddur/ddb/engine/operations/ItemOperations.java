package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operations on items, by AWS's names. */
public final class ItemOperations {

  private ItemOperations() {}

  /** All of them, new: what they remember, such as tokens of transactions, is theirs alone. */
  public static Map<String, Operation> all() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("GetItem", new GetItem());
    all.put("PutItem", WriteOperation.put());
    all.put("UpdateItem", WriteOperation.update());
    all.put("DeleteItem", WriteOperation.delete());
    all.put("Query", ReadOperation.query());
    all.put("Scan", ReadOperation.scan());
    all.put("BatchGetItem", new BatchGetItem());
    all.put("BatchWriteItem", new BatchWriteItem());
    all.put("TransactGetItems", new TransactGetItems());
    all.put("TransactWriteItems", new TransactWriteItems());
    all.put("ExecuteStatement", new ExecuteStatement());
    all.put("BatchExecuteStatement", new BatchExecuteStatement());
    all.put("ExecuteTransaction", new ExecuteTransaction());
    return all;
  }

  /**
   * The key of an item that is put as a whole.
   *
   * @throws EngineException if the table cannot hold the item, in AWS's words
   */
  public static byte[] checkedKey(Table table, Item item) {
    WriteRequest.checkSize(item);
    byte[] key = KeyChecks.item(table, item);
    KeyChecks.indexes(table, item);
    return key;
  }
}
