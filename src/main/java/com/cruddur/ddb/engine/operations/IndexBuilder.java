package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Makes and removes indexes of tables that are in use, a few hundred items in one write, so that
 * other writers are not held up. Writers keep the index meanwhile; this adds what was there before.
 * Whatever a crash interrupts is taken up again when the database is opened.
 */
public final class IndexBuilder implements AutoCloseable {
  private static final int ITEMS_IN_A_WRITE = 250;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "dynamodb-index");
            made.setDaemon(true);
            return made;
          });
  private volatile boolean closed;

  /** Takes up what is unfinished in all tables. */
  public void resume(Database database) {
    database.tables().forEach(table -> wake(database, table.name()));
  }

  /** Takes up what is unfinished in a table. */
  void wake(Database database, String name) {
    boolean idle =
        database.table(name).stream()
            .flatMap(table -> table.indexes().stream())
            .allMatch(Index::isActive);
    if (!idle) {
      try {
        thread.execute(() -> finish(database, name));
      } catch (RejectedExecutionException closing) {
        // It is taken up when the database is opened again.
      }
    }
  }

  private void finish(Database database, String name) {
    Table table = database.table(name).orElse(null);
    if (table == null) {
      return;
    }
    for (Index index : table.indexes()) {
      if (index.status().equals("CREATING")) {
        database.<Void>write(transaction -> tell(transaction, table, index, true));
        if (build(database, table, index)) {
          database.<Void>write(transaction -> tell(transaction, table, index, false));
        }
      } else if (index.status().equals("DELETING")) {
        database.<Void>write(transaction -> remove(transaction, table, index));
      }
    }
  }

  /** Whether it came to the end: false when table or index is gone or the engine stops. */
  private boolean build(Database database, Table table, Index index) {
    byte[] from = null;
    while (!closed) {
      List<byte[]> keys = keys(table, from);
      if (keys.isEmpty()) {
        return true;
      }
      boolean there =
          database.write(
              transaction -> {
                if (!isMade(transaction, table, index)) {
                  return false;
                }
                for (byte[] key : keys) {
                  Item item = transaction.get(table, key);
                  if (item != null) {
                    transaction.index(table, index, key, item);
                  }
                }
                return true;
              });
      if (!there) {
        return false;
      }
      byte[] last = keys.get(keys.size() - 1);
      from = Arrays.copyOf(last, last.length + 1);
    }
    return false;
  }

  private static List<byte[]> keys(Table table, byte[] from) {
    List<byte[]> keys = new ArrayList<>();
    Table.Cursor cursor = table.scan(null, from, null, true);
    while (keys.size() < ITEMS_IN_A_WRITE && cursor.next()) {
      keys.add(cursor.key());
    }
    return keys;
  }

  private static boolean isSame(Transaction transaction, Table table) {
    Table now = transaction.table(table.name());
    return now != null && id(now).equals(id(table));
  }

  private static String id(Table table) {
    return table.definition().json().get("Table").get("TableId").textValue();
  }

  /** Whether the index is still to be made: it can be deleted while it is filled. */
  private static boolean isMade(Transaction transaction, Table table, Index index) {
    if (!isSame(transaction, table)) {
      return false;
    }
    Index now = transaction.table(table.name()).index(index.name());
    return now != null && now.map() == index.map() && now.status().equals("CREATING");
  }

  /** Says that an index is being filled, or ready; the table itself is ready in both cases. */
  private static Void tell(Transaction transaction, Table table, Index index, boolean filling) {
    if (isMade(transaction, table, index)) {
      ObjectNode definition = transaction.table(table.name()).definition().copy();
      ObjectNode description = (ObjectNode) definition.get("Table");
      ObjectNode told = TableText.globalIndex(description, index.name());
      if (filling) {
        told.put("Backfilling", true);
      } else {
        told.put("IndexStatus", "ACTIVE").remove("Backfilling");
      }
      description.put("TableStatus", "ACTIVE");
      transaction.define(TableDefinition.of(definition));
    }
    return null;
  }

  private static Void remove(Transaction transaction, Table table, Index index) {
    if (isSame(transaction, table)) {
      ObjectNode definition = transaction.table(table.name()).definition().copy();
      ObjectNode description = (ObjectNode) definition.get("Table");
      removeNamed((ArrayNode) description.get("GlobalSecondaryIndexes"), index.name());
      if (description.get("GlobalSecondaryIndexes").isEmpty()) {
        description.remove("GlobalSecondaryIndexes");
      }
      ((ObjectNode) definition.get("IndexMaps")).remove(index.name());
      description.put("TableStatus", "ACTIVE");
      TableDefinition without = TableDefinition.of(definition);
      keepUsedAttributes(without, description);
      transaction.define(TableDefinition.of(definition));
      transaction.dropMap(index.map());
    }
    return null;
  }

  private static void removeNamed(ArrayNode indexes, String name) {
    for (int i = indexes.size() - 1; i >= 0; i--) {
      if (indexes.get(i).get("IndexName").textValue().equals(name)) {
        indexes.remove(i);
      }
    }
  }

  private static void keepUsedAttributes(TableDefinition definition, ObjectNode description) {
    Set<String> used = new HashSet<>(definition.key().names());
    definition.indexes().forEach(index -> used.addAll(index.key().names()));
    ArrayNode attributes = (ArrayNode) description.get("AttributeDefinitions");
    for (int i = attributes.size() - 1; i >= 0; i--) {
      if (!used.contains(attributes.get(i).get("AttributeName").textValue())) {
        attributes.remove(i);
      }
    }
  }

  /** Waits until the write that runs has ended. */
  @Override
  public void close() {
    closed = true;
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
