package com.cruddur.ddb.engine.operations;

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
}
