package com.cruddur.ddb.cli.context;

/** A command that changes the table: it is refused on production before it does anything else. */
public interface WritesTable {
  /** Whether it does so with the options that it was given. */
  default boolean writesTable() {
    return true;
  }
}
