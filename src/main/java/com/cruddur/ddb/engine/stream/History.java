package com.cruddur.ddb.engine.stream;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Journal;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.StreamRecord.Event;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * What changed in tables with point-in-time recovery: a journal of both images of each change, kept
 * for a day like a stream.
 */
public final class History {
  private static final int AT_ONCE = 256;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Database database;

  public History(Database database) {
    this.database = database;
  }

  /** Begins to keep a table's changes. */
  public static void begin(Transaction transaction, ObjectNode definition) {
    definition.put(TableDefinition.HISTORY, transaction.newNumber());
  }

  /** Forgets a table's changes. */
  public static void end(Transaction transaction, TableDefinition table) {
    if (table.history() >= 0) {
      transaction.dropJournal(table.history());
    }
  }

  static void record(
      Transaction transaction, TableDefinition table, Item old, Item item, long moment) {
    Event event = old == null ? Event.INSERT : item == null ? Event.REMOVE : Event.MODIFY;
    Item keys = table.key().keyOf(item == null ? old : item);
    StreamRecord record = new StreamRecord(event, moment, false, keys, old, item);
    transaction.append(table.history(), record.bytes());
  }

  /** Reads on where it was left, from the oldest change that is kept. */
  public static final class Reader {
    private final Journal journal;
    private long next;

    private Reader(Journal journal) {
      this.journal = journal;
      this.next = journal.first();
    }

    /** Gives all changes that came since the last time, in their order. */
    public void drain(Consumer<StreamRecord> changes) {
      while (next < journal.next()) {
        List<Journal.Entry> some = journal.read(next, AT_ONCE, BYTES_AT_ONCE);
        if (some.isEmpty()) {
          return;
        }
        some.forEach(entry -> changes.accept(StreamRecord.of(entry.record())));
        next = some.get(some.size() - 1).number() + 1;
      }
    }
  }

  /** The changes of a table, which must have a history. */
  public Reader of(Table table) {
    return new Reader(database.journal(table.definition().history()));
  }
}
