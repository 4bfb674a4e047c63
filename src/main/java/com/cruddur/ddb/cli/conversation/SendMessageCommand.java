package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.SendCoalescer;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb send-message}. */
@Command(
    name = "send-message",
    description = "Send a message; the conversation moves to the top of every participant's list.",
    exitCodeList = {
      "3:no such conversation, user or table",
      "5:the message is stored, but a conversation row cannot be moved to it",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb send-message 3f346c75-ad75-43df-aa35-5b4de50470e0 'See you at eight' --from bayko",
      "  date | ddb send-message 3f346c75-ad75-43df-aa35-5b4de50470e0 - --from bayko"
    })
public final class SendMessageCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description =
          "1 to 1,024 characters; - reads standard input. Put -- before one that begins with -.")
  private String text;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "USER",
      description = "The sender: a participant's uuid or handle.")
  private String from;

  @Option(
      names = "--message-uuid",
      paramLabel = "UUID",
      description = {
        "The message's identity: sent again with the same text, nothing is added.",
        "Looked for among the conversation's last 500 messages."
      })
  private String messageUuid;

  public SendMessageCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    check();
    String body = MessageText.of(TextArgument.read(text, context.in()));
    context.cache().warmUp();
    Chat chat = context.chat();
    SendCoalescer.Sent sent = context.sends().send(chat, conversation, from, body, messageUuid);
    if (sent.stored().alreadySent()) {
      context.notices().info("message " + messageUuid + " was sent before; nothing was added");
    }
    context.document(document(sent.stored().message()));
    if (sent.behind() != null) {
      throw sent.behind();
    }
    return ExitCode.DONE;
  }

  /** The message as get-conversation shows it, after the conversation's uuid. */
  static Map<String, Object> document(Message message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message_group_uuid", message.groupUuid());
    fields.putAll(Columns.message(message));
    return fields;
  }

  private void check() {
    conversation = context.conversation(conversation);
    if (messageUuid != null) {
      messageUuid = Uuids.require("the message", messageUuid);
    }
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return QueryPlans.send(context.table(), conversation, messageUuid != null);
  }
}
