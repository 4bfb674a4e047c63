package com.cruddur.ddb.cli;

import com.cruddur.ddb.dynamo.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
    Target target = session.target();
    boolean prod = target.kind() == Target.Kind.PROD;
    if (confirmTable != null && !confirmTable.equals(target.table())) {
      throw refused("--confirm-table names " + confirmTable + ", the table is " + target.table());
    }
    if (yes && (!prod || confirmTable != null)) {
      return;
    }
    session.notices().report(banner(target, action, table));
    if (!session.terminal().in() || !session.terminal().err()) {
      throw refused("refused to " + action + " without being asked at a terminal");
    }
    if (prod) {
      ask(session, "Type the table's name to go on: ", target.table());
    } else {
      ask(session, "Go on? [y/N] ", "y");
    }
  }

  private static void ask(Session session, String question, String expected) {
    session.notices().prompt(question);
    String answer = readLine(session);
    boolean agreed =
        answer.equals(expected)
            || (expected.equals("y") && answer.toLowerCase(Locale.ROOT).matches("y|yes"));
    if (!agreed) {
      throw refused("not confirmed");
    }
  }

  private static String readLine(Session session) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandException refused(String message) {
    return new CommandException(
        ExitCode.REFUSED,
        "refused",
        message,
        "Nothing was changed. In a script add --yes, and on --prod also --confirm-table NAME.");
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
