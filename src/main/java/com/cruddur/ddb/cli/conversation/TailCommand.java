package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.PeriodOptions;
import com.cruddur.ddb.dynamo.TableStream;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.trigger.ConversationTail;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** {@code ddb tail}. */
@Command(
    name = "tail",
    description = "Print new messages of a conversation as they arrive, until Ctrl-C.",
    exitCodeList = {"3:no such conversation or table", ExitCode.NO_ACCESS},
    footer = {
      "  ddb tail 3f346c75-ad75-43df-aa35-5b4de50470e0   # until Ctrl-C",
      "  ddb tail 3f346c75-ad75-43df-aa35-5b4de50470e0 --last 5   # until Ctrl-C"
    })
public final class TailCommand implements Callable<Integer>, Explainable, ListsRecords {
  private final CommandContext context;

  @Parameters(paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Begin with the last N messages that are there.")
  private Integer last;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Begin with the messages from this moment on.")
  private String since;

  public TailCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return Columns.MESSAGES;
  }

  @Override
  public Integer call() {
    conversation = context.conversation(conversation);
    Limits.check("--last", last, 100_000);
    Instant from = PeriodOptions.moment(context, "--since", since);
    Chat chat = context.chat();
    // Not found is told at once.
    chat.messages(new MessageQuery(conversation, 1, null, null, false, null));
    Optional<TableStream> stream =
        TableStream.of(context.tables().describe(context.table())).filter(TableStream::images);
    context
        .results()
        .follow(Columns.MESSAGES, printer -> follow(stream.orElse(null), from, printer));
    return ExitCode.DONE;
  }

  private void follow(TableStream stream, Instant from, RecordPrinter printer) {
    ConversationTail tail =
        new ConversationTail(
            context.plainStore(),
            conversation,
            message -> print(message, printer),
            context.clients().outages());
    if (last != null || from != null) {
      tail.history(last, from);
    }
    context
        .notices()
        .info(
            "waiting for messages"
                + (stream == null ? " (the table has no stream: asking once a second)" : "")
                + "; Ctrl-C ends it");
    context
        .interruptible()
        .call(
            tail::stop,
            () -> {
              if (stream == null) {
                tail.pollTable();
              } else {
                try (DynamoDbStreamsClient streams = context.clients().streams()) {
                  tail.followStream(streams, stream.arn());
                }
              }
              printer.close();
              return null;
            });
  }

  @Override
  public Map<String, Object> explain() {
    conversation = context.conversation(conversation);
    return QueryPlans.tail(conversation);
  }

  private static void print(Message message, RecordPrinter printer) {
    printer.print(Columns.message(message));
    printer.flush();
  }
}
