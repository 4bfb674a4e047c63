package com.cruddur.ddb.engine.operations;

/** Decides whether a table still has capacity. */
@FunctionalInterface
public interface Throttle {

  /** Tables with capacity without end. */
  Throttle NONE = (table, write, units) -> true;

  /** Takes units of a table's capacity of this second; false where it has none left. */
  boolean take(String table, boolean write, double units);
}
