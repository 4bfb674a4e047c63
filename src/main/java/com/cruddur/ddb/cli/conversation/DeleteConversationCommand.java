package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Moderation.Deleted;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.check.ModerationPlans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb delete-conversation}. */
@Command(
    name = "delete-conversation",
    description = {
      "Delete a conversation: first its rows, so that nobody sees it, then its messages.",
      "An interrupted run is repeated by the same command."
    },
    exitCodeList = {"3:no such conversation or table", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb delete-conversation 3f346c75-ad75-43df-aa35-5b4de50470e0 --dry-run",
      "  ddb delete-conversation --prod --yes --confirm-table cruddur-messages CONVERSATION"
    })
public final class DeleteConversationCommand
    implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  public DeleteConversationCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    conversation = context.conversation(conversation);
    context.guard().confirmOnProduction("delete conversation " + conversation);
    Moderation moderation = context.moderation();
    Resumable.Stop stop = new Resumable.Stop();
    Deleted deleted =
        Resumable.run(
            context,
            stop,
            () -> {
              try (BulkProgress progress =
                  BulkProgress.ofSome(context, "delete-conversation", false)) {
                return moderation.deleteConversation(conversation, stop.telling(progress));
              }
            });
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message_group_uuid", conversation);
    fields.put("result", "deleted");
    fields.put("messages_deleted", deleted.messages());
    fields.put("rows_deleted", deleted.rows());
    context.document(fields);
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    conversation = context.conversation(conversation);
    return ModerationPlans.deleteConversation(context.table(), conversation);
  }
}
