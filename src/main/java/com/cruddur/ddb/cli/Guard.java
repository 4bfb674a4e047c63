package com.cruddur.ddb.cli;

import com.cruddur.ddb.dynamo.Target;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What stands before a destructive command: it shows what is meant and asks. Without a terminal it
 * refuses, unless {@code --yes} is given, and on AWS also {@code --confirm-table} with the table's
 * name.
 */
final class Guard {
  @Option(names = "--yes", description = "Do not ask; for scripts.")
  private boolean yes;

  @Option(
      names = "--confirm-table",
      paramLabel = "NAME",
      description = "With --yes on --prod: the table that is meant, named again.")
  private String confirmTable;

  /**
   * Returns when the user or the options agree.
   *
   * @param action what is about to happen, such as {@code delete the table and all its items}
   */
  void confirm(Session session, String action, TableDescription table) {
    confirm(session, action, banner(session.target(), action, table));
  }

  /** As {@link #confirm} for a table that is not there yet. */
  void confirmNew(Session session, String action) {
    // About to make the table from s3://bucket/prefix
    //   target   AWS in eu-west-1
    Target target = session.target();
    confirm(
        session,
        action,
        "About to %s%n  target   %s%n  table    %s (new)"
            .formatted(action, target.describe(), target.table()));
  }

  private void confirm(Session session, String action, String banner) {
    Target target = session.target();
    new Confirmation("table", target.table(), target.kind() == Target.Kind.PROD, yes, confirmTable)
        .require(session, action, banner);
  }

  /** Account and region stand in the table's ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME. */
  private static String banner(Target target, String action, TableDescription table) {
    String[] arn = table.tableArn().split(":", 6);
    // About to delete the table and all its items
    //   target   AWS in eu-west-1
    return "About to "
        + action
        + "\n  target   "
        + target.describe()
        + "\n  account  "
        + (arn.length > 4 ? arn[4] : "unknown")
        + "\n  region   "
        + (arn.length > 3 ? arn[3] : "unknown")
        + "\n  table    "
        + target.table()
        + "\n  items    about "
        + table.itemCount();
  }
}
