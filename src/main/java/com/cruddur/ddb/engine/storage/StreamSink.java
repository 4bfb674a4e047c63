package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;

/** Whoever records changes of items: the streams. */
public interface StreamSink {

  /** Records nothing. */
  StreamSink NONE = (transaction, table, old, item, byService) -> {};

  /**
   * Called within a write for each item that really changes.
   *
   * @param old null if there was none
   * @param item null if there is none any more
   * @param byService whether time to live removed it
   */
  void record(
      Transaction transaction, TableDefinition table, Item old, Item item, boolean byService);
}
