package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A secondary index of a table.
 *
 * @param map number of the map that holds its entries
 * @param projection ALL, KEYS_ONLY or INCLUDE
 * @param nonKeys what INCLUDE adds
 * @param global whether it has a partition key of its own
 * @param status CREATING, ACTIVE, UPDATING or DELETING
 */
public record Index(
    String name,
    int map,
    KeySchema key,
    String projection,
    List<String> nonKeys,
    boolean global,
    String status) {

  /** Whether it can be read. */
  public boolean isActive() {
    return status.equals("ACTIVE") || status.equals("UPDATING");
  }

  /** Whether its entries are whole items. */
  public boolean projectsAll() {
    return projection.equals("ALL");
  }

  /** The names that an entry holds, where it does not hold all. */
  public Set<String> projected(KeySchema tableKey) {
    Set<String> names = new LinkedHashSet<>(tableKey.names());
    names.addAll(key.names());
    names.addAll(nonKeys);
    return names;
  }

  /** The item as this index holds it. */
  public Item project(Item item, KeySchema tableKey) {
    return projectsAll() ? item : item.only(new ArrayList<>(projected(tableKey)));
  }
}
