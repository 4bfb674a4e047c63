package com.cruddur.ddb.engine.shape;

import java.util.regex.Pattern;

/** Names of tables as keys of a map. */
public final class TableNames {

  /** What AWS says of a map whose keys are not all names of tables. */
  public static final String CONSTRAINT =
      "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
          + " Member must have length greater than or equal to 3, Member must satisfy regular"
          + " expression pattern: [a-zA-Z0-9_.-]+]";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  private TableNames() {}

  /** Whether a text is the name or the ARN of a table. */
  public static boolean isOne(String nameOrArn) {
    return NAME.matcher(Shape.tableOf(nameOrArn)).matches();
  }
}
