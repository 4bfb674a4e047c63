package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.MessageText;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb redact-message}. */
@Command(
    name = "redact-message",
    description = {
      "Replace the text of a message; it keeps its place, sender and time.",
      "Conversation lists that show its text follow."
    },
    exitCodeList = {
      "3:no such conversation, message or table",
      ExitCode.NOT_CONFIRMED,
      "5:the text is replaced, but a conversation row could not follow",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb redact-message 3f346c75-ad75-43df-aa35-5b4de50470e0"
          + " 00000000-0000-4000-8000-000000000000   # exit 3",
      "  ddb redact-message --prod --text Removed CONVERSATION MESSAGE"
    })
public final class RedactMessageCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  @Parameters(
      index = "1",
      paramLabel = "MESSAGE",
      description = "The message's uuid, its created_at as -o json shows it, or its sort key.")
  private String message;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      defaultValue = Moderation.REDACTED,
      description = "What it says instead; default: ${DEFAULT-VALUE}.")
  private String text;

  public RedactMessageCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    context
        .guard()
        .confirmOnProduction(
            "replace the text of message " + message + " of conversation " + conversation);
    Moderated done = context.moderation().redact(conversation, message, text);
    ModerationResult.print(context, message, done, done.changed() ? "redacted" : "unchanged");
    return ExitCode.DONE;
  }

  private void check() {
    conversation = context.conversation(conversation);
    message = Moderation.reference(message);
    MessageText.of(text);
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return ModerationPlans.redact(context.table(), conversation, message);
  }
}
