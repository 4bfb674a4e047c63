package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.dynamo.people.UserScan;
import com.cruddur.ddb.dynamo.people.UserScan.Listed;
import com.cruddur.ddb.text.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ddb list-users}. */
@Command(
    name = "list-users",
    description = {
      "List who is in the table, by handle, with the number of their conversations.",
      "It reads the conversation rows, which name everybody, and no messages."
    },
    exitCodeList = {"3:the table does not exist", ExitCode.NO_ACCESS},
    footer = {"  ddb list-users", "  ddb list-users -o csv"})
public final class ListUsersCommand implements Callable<Integer>, Explainable, ListsRecords {
  private static final Columns USERS =
      Columns.of("uuid", "display_name", "handle", "conversations", "last_message_at");

  private final CommandContext context;

  public ListUsersCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return USERS;
  }

  @Override
  public Integer call() {
    context.clients().goBulk();
    try (UserScan scan = new UserScan(context.items())) {
      try (BulkProgress progress = BulkProgress.ofTable(context, "list-users", false)) {
        scan.read(ParallelScan.SEGMENTS, progress);
      }
      context.list(USERS, printer -> scan.forEach(user -> printer.print(fields(user))));
      if (scan.ofNobody() > 0) {
        context.notices().warn(Count.of(scan.ofNobody(), "row") + " of nobody: see 'ddb check'");
      }
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> fields(Listed listed) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("uuid", listed.user().uuid());
    fields.put("display_name", listed.user().displayName());
    fields.put("handle", listed.user().handle());
    fields.put("conversations", listed.conversations());
    String last = listed.lastMessageAt();
    fields.put("last_message_at", last.isEmpty() ? null : Timestamps.display(last));
    return fields;
  }

  @Override
  public Map<String, Object> explain() {
    return BulkPlans.scan("index " + TableSchema.INDEX, ParallelScan.SEGMENTS, null);
  }
}
