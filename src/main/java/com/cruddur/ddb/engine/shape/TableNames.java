package com.cruddur.ddb.engine.shape;

import java.util.regex.Pattern;

/** Names of tables, and the ARNs that AWS takes for them. */
public final class TableNames {

  /** What AWS says of a map whose keys are not all names of tables. */
  public static final String CONSTRAINT =
      "Map keys must satisfy constraint: [Member must have length less than or equal to 255,"
          + " Member must have length greater than or equal to 3, Member must satisfy regular"
          + " expression pattern: [a-zA-Z0-9_.-]+]";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final Pattern ARN = Pattern.compile("arn:([^:/]*:){4}table/.*");

  private TableNames() {}

  /** The name in the ARN of a table; another text is a name already, good or bad. */
  public static String of(String nameOrArn) {
    return nameOrArn.startsWith("arn:") && ARN.matcher(nameOrArn).matches()
        ? nameOrArn.substring(nameOrArn.indexOf('/') + 1)
        : nameOrArn;
  }

  /** Whether a text is the name or the ARN of a table. */
  public static boolean isOne(String nameOrArn) {
    return NAME.matcher(of(nameOrArn)).matches();
  }
}
