package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb start-conversation}. */
@Command(
    name = "start-conversation",
    description = "Start a conversation of two users with its first message.",
    exitCodeList = {"3:no such user or table", ExitCode.NO_ACCESS},
    footer = "  ddb start-conversation 'Hello!' --from andrewbrown --to bayko")
public final class StartConversationCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(
      paramLabel = "TEXT",
      description =
          "1 to 1,024 characters; - reads standard input. Put -- before one that begins with -.")
  private String text;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "USER",
      description = "The sender: a uuid or handle of the users file.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "USER",
      description = "The other participant: a uuid or handle of the users file.")
  private String to;

  public StartConversationCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String body = MessageText.of(TextArgument.read(text, context.in()));
    context.cache().warmUp();
    context.document(SendMessageCommand.document(context.chat().start(from, to, body)));
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.start(context.table());
  }
}
