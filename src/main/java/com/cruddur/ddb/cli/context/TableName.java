package com.cruddur.ddb.cli.context;

/** What a table may be called. */
public final class TableName {
  private TableName() {}

  /**
   * Returns the name, before anything is asked of it.
   *
   * @throws CommandException when DynamoDB allows no such name
   */
  public static String check(String name) {
    if (!name.matches("[a-zA-Z0-9_.-]{3,255}")) {
      throw CommandException.usage(
          "the table name '" + name + "' is not one that DynamoDB allows",
          "Use 3 to 255 letters, digits, '_', '.' and '-'.");
    }
    return name;
  }
}
