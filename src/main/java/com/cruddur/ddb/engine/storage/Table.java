package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A table as it is defined at this moment, and its items as they are. When the definition changes
 * there is a new object; the old one still reads and writes the same items.
 */
public final class Table {
  private final Database database;
  private final TableDefinition definition;

  Table(Database database, TableDefinition definition) {
    this.database = database;
    this.definition = definition;
  }

  public TableDefinition definition() {
    return definition;
  }

  public String name() {
    return definition.name();
  }

  public String arn() {
    return definition.arn();
  }

  public KeySchema key() {
    return definition.key();
  }

  /** Types of the attributes of all keys, by name. */
  public Map<String, Character> attributes() {
    return definition.attributes();
  }

  public List<Index> indexes() {
    return definition.indexes();
  }

  /** The index of a name, or null. */
  public Index index(String indexName) {
    return definition.index(indexName);
  }

  /** What the table holds. */
  public Size size() {
    return database.size(definition.map());
  }

  /** What an index of it holds. */
  public Size size(Index index) {
    return database.size(index.map());
  }

  /** The item with a key, or null. */
  public Item get(byte[] itemKey) {
    byte[] value = database.store().map(definition.map()).get(itemKey);
    return value == null ? null : ItemBytes.stored(value);
  }

  /**
   * Items of a range in the order of their keys, as the index holds them.
   *
   * @param index null for the table itself
   * @param from the first key that may come, null for no bound
   * @param to the first key that is too much, null for no bound
   */
  public Cursor scan(Index index, byte[] from, byte[] to, boolean forward) {
    return new Cursor(database.cursor(definition, index, from, to, forward));
  }

  /** Reads a little of it as it is at one moment; see {@link Database#glance}. */
  public <T> T glance(Supplier<T> work) {
    return database.glance(work);
  }

  /** Number and bytes of items, by AWS's reckoning of sizes. */
  public record Size(long count, long bytes) {
    static final Size EMPTY = new Size(0, 0);
  }

  /** A position in a range, which begins before the first item. */
  public static final class Cursor {
    private final RawCursor raw;

    private Cursor(RawCursor raw) {
      this.raw = raw;
    }

    /** Steps to the next item; false at the end. */
    public boolean next() {
      return raw.next();
    }

    /** Where this item stands in the range: its key, in an index followed by that in the table. */
    public byte[] key() {
      return raw.key();
    }

    /** The item, as the index holds it. */
    public Item item() {
      return raw.item();
    }
  }
}
