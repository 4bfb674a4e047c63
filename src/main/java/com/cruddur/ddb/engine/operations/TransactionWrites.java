package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.operations.ItemWrite.Kind;
import com.cruddur.ddb.engine.operations.ItemWrite.Result;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The actions of one writing transaction on their tables. */
final class TransactionWrites {

  private final Context context;
  private final List<WriteRequest> actions;
  private final boolean statements;
  private final List<Table> tables = new ArrayList<>();
  private final Map<String, Capacity> capacities = new LinkedHashMap<>();

  /**
   * Finds the tables, and refuses two actions on one item.
   *
   * @param statements whether the actions were PartiQL, of which all that cannot be are told, and
   *     not only the first
   */
  TransactionWrites(Context context, List<WriteRequest> actions, boolean statements) {
    this.context = context;
    this.actions = actions;
    this.statements = statements;
    Set<Object> seen = new HashSet<>();
    for (WriteRequest action : actions) {
      Table table = context.table(action.tableName());
      tables.add(table);
      action.checkSize();
      KeyChecks.notEmpty(table.key(), action.item());
      KeyChecks.indexesNotEmpty(table, action.assigned(), action.update() != null);
      byte[] key = table.key().bytes(action.item());
      if (key != null && !seen.add(List.of(table.name(), ByteBuffer.wrap(key)))) {
        throw EngineException.validation(
            "Transaction request cannot include multiple operations on one item");
      }
    }
  }

  /** Does all writes or, with the reasons of each, none. */
  void run() {
    List<ItemWrite> writes = bound();
    context
        .database()
        .write(
            transaction -> {
              Cancellation cancellation = new Cancellation();
              writes.forEach(write -> cancellation.next(() -> apply(write, transaction)));
              cancellation.complain();
              consume();
              return null;
            });
  }

  /**
   * All that the transaction needs of a table is taken at once: taken action by action, one that
   * needs more than a second's units would use them up each time and never get through.
   */
  private void consume() {
    Cancellation cancellation = new Cancellation();
    Set<String> refused = new HashSet<>();
    capacities.forEach(
        (name, capacity) -> {
          if (!context.throttle().take(name, true, capacity.total())) {
            refused.add(name);
          }
        });
    for (Table table : tables) {
      cancellation.next(
          () -> {
            if (refused.contains(table.name())) {
              throw Context.exceeded();
            }
          });
    }
    cancellation.complain();
  }

  /** The writes on their tables, all of which can be as far as their keys and values go. */
  private List<ItemWrite> bound() {
    List<ItemWrite> writes = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    for (int i = 0; i < actions.size(); i++) {
      WriteRequest action = actions.get(i);
      Table table = tables.get(i);
      if (statements || cancellation.isEmpty()) {
        cancellation.next(() -> writes.add(action.on(table)));
      } else {
        cancellation.pass();
      }
    }
    cancellation.complain();
    return writes;
  }

  private void apply(ItemWrite write, Transaction transaction) {
    Result result = write.apply(transaction);
    capacity(write.table()).write(write.table(), result.old(), result.now());
  }

  private Capacity capacity(Table table) {
    return capacities.computeIfAbsent(table.name(), name -> new Capacity(table, true));
  }

  /** What was taken of each table. A repeated transaction reads the items that it wrote before. */
  Collection<Capacity> capacities(boolean repeated) {
    if (repeated) {
      for (int i = 0; i < actions.size(); i++) {
        Table table = tables.get(i);
        Item item = table.get(table.key().bytes(actions.get(i).item()));
        capacity(table).read(null, item == null ? 0 : item.size(), true);
      }
    }
    return capacities.values();
  }

  /** The items or keys that were written to each table, in the order of the request. */
  Map<Table, List<Item>> items() {
    Map<Table, List<Item>> items = new LinkedHashMap<>();
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i).kind() != Kind.CHECK) {
        items.computeIfAbsent(tables.get(i), table -> new ArrayList<>()).add(actions.get(i).item());
      }
    }
    return items;
  }
}
