package com.cruddur.ddb.cli.context;

/** A command that prints a list: {@code --columns} is held to it before anything is read. */
public interface ListsRecords {
  /** The fields of what it lists. */
  Columns columns();
}
