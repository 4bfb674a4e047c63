package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Update;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Transaction;

/**
 * One write of one item, checked as far as it can be without the item that is there.
 *
 * @param key the item's key in bytes
 * @param item what to put; the item's key for an update; null for a delete or a check
 * @param condition what the old item must meet, or null
 * @param update what to do to the old item, or null
 * @param oldOnFailure whether a failed condition is told with the old item
 */
record ItemWrite(
    Kind kind,
    Table table,
    byte[] key,
    Item item,
    Condition condition,
    Update update,
    boolean oldOnFailure) {

  enum Kind {
    PUT,
    /** A put that finds no item there. */
    INSERT,
    UPDATE,
    DELETE,
    CHECK
  }

  /** The item before and after the write; null where there is none. */
  record Result(Item old, Item now) {}

  /**
   * Does the write.
   *
   * @throws EngineException ConditionalCheckFailedException with the old item as its {@code Item}
   *     where it is wanted, or ValidationException if the old item cannot be updated so
   */
  Result apply(Transaction transaction) {
    Item old = old(transaction);
    if (kind == Kind.INSERT && old != null) {
      throw new EngineException("DuplicateItemException", "Duplicate primary key exists in table");
    }
    if (condition != null && !condition.test(old == null ? Item.EMPTY : old)) {
      EngineException failed =
          new EngineException("ConditionalCheckFailedException", "The conditional request failed");
      throw old == null || !oldOnFailure ? failed : failed.with("Item", old);
    }
    return over(transaction, old);
  }

  /**
   * The item that is there, or null.
   *
   * @throws EngineException if the table was dropped since the write was checked against it
   */
  Item old(Transaction transaction) {
    Table now = transaction.table(table.name());
    if (now == null || !sameMap(now)) {
      throw Context.notFound();
    }
    return transaction.get(table, key);
  }

  /** A table that was made anew under the same name has another map. */
  private boolean sameMap(Table now) {
    return now.definition() == table.definition()
        || now.definition().json().get("Map").equals(table.definition().json().get("Map"));
  }

  /** Does the write over the old item, which was looked up, without a condition. */
  Result over(Transaction transaction, Item old) {
    Item now =
        switch (kind) {
          case PUT, INSERT -> item;
          case UPDATE -> updated(old);
          case DELETE -> null;
          case CHECK -> old;
        };
    if (kind == Kind.DELETE && old != null) {
      transaction.delete(table, key, old);
    } else if (now != null && kind != Kind.CHECK) {
      transaction.put(table, key, old, now);
    }
    return new Result(old, now);
  }

  /** The refusal of an update that would make an item larger than AWS stores. */
  static EngineException tooLarge() {
    return EngineException.validation("Item size to update has exceeded the maximum allowed size");
  }

  private Item updated(Item old) {
    Item before = old == null ? item : old;
    if (update == null) {
      return before;
    }
    if (old == null && update.onlyRemoves()) {
      return null;
    }
    Item now = update.apply(before);
    if (now.size() > Item.MAX_SIZE) {
      throw tooLarge();
    }
    if (update.isTooDeep(now)) {
      throw EngineException.validation("Nesting Levels have exceeded supported limits");
    }
    KeyChecks.updatedIndexes(table, now);
    return now;
  }
}
