package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserConversations;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.text.Count;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb export-user}. */
@Command(
    name = "export-user",
    description = {
      "Print all that the table holds of one user, as one json document.",
      "The names under which the user wrote, the user's conversations, and their messages, sent"
          + " and received. With -o table, ndjson or csv: the messages."
    },
    exitCodeList = {"3:no such user or table", ExitCode.NO_ACCESS},
    footer = {
      "  ddb export-user bayko",
      "  ddb export-user bayko > bayko.json",
      "  ddb export-user bayko -o csv"
    })
public final class ExportUserCommand implements Callable<Integer>, Explainable {
  private static final Columns MESSAGES =
      Columns.messages(
          List.of("created_at", "message_group_uuid", "direction", "handle", "message"),
          "direction");

  private final CommandContext context;

  @Parameters(paramLabel = "USER", description = "The user's uuid or handle.")
  private String user;

  public ExportUserCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Chat chat = context.chat();
    String uuid = chat.userUuid(user);
    boolean shown = context.terminal().out();
    try (UserProgress progress =
        new UserProgress(context, "export-user", shown, new Resumable.Stop())) {
      return export(uuid, progress.conversations());
    }
  }

  private int export(String uuid, UserConversations conversations) {
    List<ConversationRow> rows = conversations.list(uuid);
    if (rows.isEmpty()) {
      throw new NotFoundException(
          "user " + user + " has no conversation in this table",
          "See 'ddb list-users' for who has.");
    }
    long[] messages = {0};
    if (context.results().format(OutputFormat.JSON) == OutputFormat.JSON) {
      Printers.json(context.out(), document(rows, conversations, uuid, messages));
    } else {
      context
          .results()
          .follow(
              MESSAGES,
              printer -> {
                for (ConversationRow row : rows) {
                  for (Message message : conversations.messages(row.groupUuid())) {
                    messages[0]++;
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("message_group_uuid", row.groupUuid());
                    fields.putAll(message(message, uuid));
                    printer.print(fields);
                  }
                  printer.flush();
                }
              });
    }
    context
        .notices()
        .info(Count.of(rows.size(), "conversation") + ", " + Count.of(messages[0], "message"));
    return ExitCode.DONE;
  }

  private static Map<String, Object> document(
      List<ConversationRow> rows, UserConversations conversations, String uuid, long[] messages) {
    Set<User> names = new LinkedHashSet<>();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("user_uuid", uuid);
    document.put(
        "conversations",
        lazily(rows, row -> conversation(row, conversations, uuid, names, messages)));
    // Written last, when all messages have been seen.
    document.put("names", lazily(names, ExportUserCommand::profile));
    return document;
  }

  private static Map<String, Object> conversation(
      ConversationRow row,
      UserConversations conversations,
      String uuid,
      Set<User> names,
      long[] messages) {
    Map<String, Object> fields = new LinkedHashMap<>(Columns.conversation(row));
    fields.put(
        "messages",
        lazily(
            conversations.messages(row.groupUuid()),
            message -> {
              messages[0]++;
              if (isSent(message, uuid)) {
                names.add(message.sender());
              }
              return message(message, uuid);
            }));
    return fields;
  }

  private static boolean isSent(Message message, String uuid) {
    return message.sender().uuid().equalsIgnoreCase(uuid);
  }

  private static Map<String, Object> message(Message message, String uuid) {
    Map<String, Object> fields = new LinkedHashMap<>(Columns.message(message));
    fields.put("direction", isSent(message, uuid) ? "sent" : "received");
    return fields;
  }

  /** What is written as it is read: a user may have more messages than fit in memory. */
  private static <T> Iterable<Map<String, Object>> lazily(
      Iterable<T> items, Function<T, Map<String, Object>> fields) {
    return () -> StreamSupport.stream(items.spliterator(), false).map(fields).iterator();
  }

  private static Map<String, Object> profile(User name) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("display_name", name.displayName());
    fields.put("handle", name.handle());
    return fields;
  }

  @Override
  public Map<String, Object> explain() {
    return QueryPlans.steps(
        "Query the rows of " + user + ", then the messages of each conversation, consistently",
        Cost.ofPages(true));
  }
}
