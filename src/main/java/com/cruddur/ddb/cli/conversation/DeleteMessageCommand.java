package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Moderation.Moderated;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.check.ModerationPlans;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb delete-message}. */
@Command(
    name = "delete-message",
    description = {
      "Delete a message; the conversation goes back to the one before it in every list.",
      "With the last message the conversation leaves the lists. To keep the message's place, use"
          + " redact-message."
    },
    exitCodeList = {
      "3:no such conversation, message or table",
      ExitCode.NOT_CONFIRMED,
      "5:the message is gone, but a conversation row could not be moved",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb delete-message 3f346c75-ad75-43df-aa35-5b4de50470e0"
          + " 00000000-0000-4000-8000-000000000000   # exit 3",
      "  ddb delete-message --prod --yes --confirm-table cruddur-messages CONVERSATION MESSAGE"
    })
public final class DeleteMessageCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  @Parameters(
      index = "1",
      paramLabel = "MESSAGE",
      description = "The message's uuid, its created_at as -o json shows it, or its sort key.")
  private String message;

  public DeleteMessageCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    context
        .guard()
        .confirmOnProduction("delete message " + message + " of conversation " + conversation);
    Moderated done = context.moderation().delete(conversation, message);
    if (done.message().isEmpty()) {
      // Of a uuid nobody can tell which: a deletion that was killed leaves as much as a wrong name.
      context
          .notices()
          .info(
              "there is no such message: it was gone already or never was; rows that stood at it"
                  + " follow");
    }
    ModerationResult.print(context, message, done, "deleted");
    return ExitCode.DONE;
  }

  private void check() {
    conversation = context.conversation(conversation);
    message = Moderation.reference(message);
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return ModerationPlans.delete(context.table(), conversation, message);
  }
}
