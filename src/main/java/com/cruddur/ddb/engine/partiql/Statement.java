package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Update;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.List;

/** A statement that was read, with its parameters put in. */
public sealed interface Statement {

  /** The table that it is about. */
  String table();

  /**
   * Reads items.
   *
   * @param index the index to read, or null
   * @param parts what is wanted of each item; null for all
   * @param where null for all items
   * @param order what ORDER BY names
   * @param refused what is wrong with the columns, told once the index is known; null for nothing
   * @param exists whether it stands in EXISTS, as a check within a transaction
   */
  record Select(
      String table,
      String index,
      List<Path> parts,
      Condition where,
      List<Order> order,
      EngineException refused,
      boolean exists)
      implements Statement {}

  /** One attribute that ORDER BY names. */
  record Order(String attribute, boolean descending) {}

  /** Puts an item that must not be there. */
  record Insert(String table, Item item) implements Statement {}

  /**
   * Changes one item.
   *
   * @param returning such as {@code ALL NEW}; null for nothing
   */
  record Change(String table, Update update, Condition where, String returning)
      implements Statement {}

  /** Deletes one item. */
  record Delete(String table, Condition where, String returning) implements Statement {}
}
