package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import com.cruddur.ddb.engine.storage.Table.Size;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What one write reads and changes. It sees its own changes and those of writers before it, also of
 * those that share its entry in the log. Nothing is changed before the work returns.
 */
public final class Transaction {

  /** Place of an entry. */
  private record Slot(int map, ByteBuffer key) {}

  private static final byte[] REMOVED = {};

  private final Database database;
  private final Transaction before;
  private final Map<Slot, byte[]> overlay = new HashMap<>();
  private final Map<Integer, Size> sizes = new HashMap<>();
  private final Map<String, TableDefinition> definitions = new HashMap<>();
  private final Changes changes = new Changes();

  /**
   * @param before the writer before this one in the same entry of the log, or null
   */
  Transaction(Database database, Transaction before) {
    this.database = database;
    this.before = before;
  }

  /** The table of a name as this write sees it, or null. */
  public Table table(String name) {
    for (Transaction each = this; each != null; each = each.before) {
      if (each.definitions.containsKey(name)) {
        TableDefinition definition = each.definitions.get(name);
        return definition == null ? null : new Table(database, definition);
      }
    }
    return database.table(name).orElse(null);
  }

  /** The item with a key, or null. */
  public Item get(Table table, byte[] key) {
    byte[] value = read(table.definition().map(), key);
    return value == null ? null : ItemBytes.stored(value);
  }

  /** Puts an item in the place of another one, which {@link #get} gave, or of none (null). */
  public void put(Table table, byte[] key, Item old, Item item) {
    change(table, key, old, item, false);
  }

  /** Removes an item that {@link #get} gave. */
  public void delete(Table table, byte[] key, Item old) {
    change(table, key, old, null, false);
  }

  /** Removes an item whose time to live is over. */
  public void expire(Table table, byte[] key, Item old) {
    change(table, key, old, null, true);
  }

  private void change(Table table, byte[] key, Item old, Item item, boolean byService) {
    Table current = table(table.name());
    TableDefinition definition =
        current == null || current.definition().map() != table.definition().map()
            ? table.definition()
            : current.definition();
    byte[] value = item == null ? null : ItemBytes.encode(item);
    write(definition.map(), key, value, old, item);
    for (Index index : definition.indexes()) {
      changeIndex(definition, index, key, old, item, value);
    }
    if (!(old == null && item == null) && (old == null || !old.equals(item))) {
      database.streams().record(this, definition, old, item, byService);
    }
  }

  private void changeIndex(
      TableDefinition table, Index index, byte[] key, Item old, Item item, byte[] value) {
    if (index.status().equals("DELETING")) {
      return;
    }
    byte[] oldEntry = old == null ? null : index.key().entryBytes(old, key);
    byte[] entry = item == null ? null : index.key().entryBytes(item, key);
    Item projected = entry == null ? null : index.project(item, table.key());
    // While an index is built an item may not be in it yet.
    Item oldProjected =
        oldEntry == null || (!index.isActive() && read(index.map(), oldEntry) == null)
            ? null
            : index.project(old, table.key());
    if (oldEntry != null && !Arrays.equals(oldEntry, entry)) {
      if (oldProjected != null) {
        write(index.map(), oldEntry, null, oldProjected, null);
      }
      oldProjected = null;
    }
    if (entry != null && !projected.equals(oldProjected)) {
      byte[] bytes = index.projectsAll() ? value : ItemBytes.encode(projected);
      write(index.map(), entry, bytes, oldProjected, projected);
    }
  }

  /** Adds the entry of an item that an index which is being built lacks. */
  public void index(Table table, Index index, byte[] key, Item item) {
    byte[] entry = index.key().entryBytes(item, key);
    if (entry != null && read(index.map(), entry) == null) {
      Item projected = index.project(item, table.key());
      write(index.map(), entry, ItemBytes.encode(projected), null, projected);
    }
  }

  private byte[] read(int map, byte[] key) {
    Slot slot = null;
    for (Transaction each = this; each != null; each = each.before) {
      if (!each.overlay.isEmpty()) {
        slot = slot == null ? new Slot(map, ByteBuffer.wrap(key)) : slot;
        byte[] value = each.overlay.get(slot);
        if (value != null) {
          return value == REMOVED ? null : value;
        }
      }
    }
    return database.store().map(map).get(key);
  }

  private void write(int map, byte[] key, byte[] value, Item old, Item item) {
    set(map, key, value);
    Size size = size(map);
    sizes.put(
        map,
        new Size(
            size.count() + (item == null ? 0 : 1) - (old == null ? 0 : 1),
            size.bytes() + (item == null ? 0 : item.size()) - (old == null ? 0 : old.size())));
  }

  private Size size(int map) {
    for (Transaction each = this; each != null; each = each.before) {
      Size size = each.sizes.get(map);
      if (size != null) {
        return size;
      }
    }
    return database.size(map);
  }

  private void set(int map, byte[] key, byte[] value) {
    overlay.put(new Slot(map, ByteBuffer.wrap(key)), value == null ? REMOVED : value);
    if (value == null) {
      changes.remove(map, key);
    } else {
      changes.put(map, key, value);
    }
  }

  /** Makes or changes a table. */
  public void define(TableDefinition definition) {
    definitions.put(definition.name(), definition);
    set(Database.TABLES, Database.text(definition.name()), definition.bytes());
  }

  /** Forgets a table, its items and its indexes, not its streams. */
  public void drop(TableDefinition definition) {
    definitions.put(definition.name(), null);
    set(Database.TABLES, Database.text(definition.name()), null);
    dropMap(definition.map());
    definition.indexes().forEach(index -> dropMap(index.map()));
  }

  /** Drops a map that nothing refers to any more. */
  public void dropMap(int map) {
    changes.dropMap(map);
    sizes.put(map, Size.EMPTY);
  }

  /** Appends to a journal. */
  public void append(int journal, byte[] record) {
    changes.append(journal, record);
  }

  /**
   * How many records this write, and those that share its entry in the log, append to a journal.
   */
  public int appended(int journal) {
    int count = 0;
    for (Transaction each = this; each != null; each = each.before) {
      count += each.changes.appended(journal);
    }
    return count;
  }

  /** Drops a journal. */
  public void dropJournal(int journal) {
    changes.dropJournal(journal);
  }

  /** A number for a new map or journal. */
  public int newNumber() {
    byte[] key = Database.text("next-number");
    byte[] last = read(Database.NOTES, key);
    int number = last == null ? Database.FIRST_NUMBER : ByteBuffer.wrap(last).getInt();
    set(Database.NOTES, key, ByteBuffer.allocate(4).putInt(number + 1).array());
    return number;
  }

  /** A note that is kept under a name, or null: what is no table, such as a stream or an export. */
  public byte[] note(String name) {
    return read(Database.NOTES, Database.text(name));
  }

  /** Keeps a note under a name; null removes it. */
  public void note(String name, byte[] value) {
    set(Database.NOTES, Database.text(name), value);
  }

  /** Everything to be made durable, sizes included. */
  Changes changes() {
    Changes all = new Changes();
    all.addAll(changes);
    sizes.forEach(
        (map, size) ->
            all.put(
                Database.SIZES,
                ByteBuffer.allocate(4).putInt(map).array(),
                ByteBuffer.allocate(16).putLong(size.count()).putLong(size.bytes()).array()));
    return all;
  }

  Map<String, TableDefinition> definitions() {
    return definitions;
  }

  Map<Integer, Size> sizes() {
    return sizes;
  }
}
