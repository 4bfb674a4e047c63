package com.cruddur.ddb.dynamo;

/** Takes down what a dry run would do to a table as a whole. */
public interface TablePlan {
  /** The table would be made. */
  void create(String table);

  /** The table would be deleted. */
  void delete(String table);
}
