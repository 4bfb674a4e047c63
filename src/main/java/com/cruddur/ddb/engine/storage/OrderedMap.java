package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;

/**
 * Keys and values in the order of their keys as unsigned bytes: one table or one index. One thread
 * at a time writes; any number read beside it and see what was written, entry by entry.
 */
interface OrderedMap {

  /** The value, or null. */
  byte[] get(byte[] key);

  /** Nobody changes the arrays afterwards. */
  void put(byte[] key, byte[] value);

  void remove(byte[] key);

  /** Entries from a key (inclusive) to another (exclusive), null for no bound. */
  RawCursor cursor(byte[] from, byte[] to, boolean forward);

  /** A position that begins before the first entry. */
  interface RawCursor {
    boolean next();

    byte[] key();

    byte[] value();

    /** The value as an item, in whose bytes others may stand too. */
    default Item item() {
      return ItemBytes.stored(value());
    }

    /** Whether the entry says that there is none any more. */
    default boolean isRemoved() {
      return value() == Run.REMOVED;
    }
  }
}
