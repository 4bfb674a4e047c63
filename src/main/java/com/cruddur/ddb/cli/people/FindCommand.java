package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.TextSearch;
import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.chat.UserConversations;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.PeriodOptions;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.dynamo.people.MessageScan;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.text.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb find}. */
@Command(
    name = "find",
    description = {
      "Print the messages that hold a text, as they are found.",
      "Capitals and small letters are the same, and so are composed and decomposed forms. With"
          + " --in or --from only those conversations are read, else the whole table."
    },
    exitCodeList = {"3:no such user or table", ExitCode.NO_ACCESS},
    footer = {
      "  ddb find 'see you' --in 3f346c75-ad75-43df-aa35-5b4de50470e0",
      "  ddb find biscuit --from bayko",
      "  ddb find biscuit --since 7d -o ndjson"
    })
public final class FindCommand implements Callable<Integer>, Explainable, ListsRecords {
  private static final int PAGE = 1000;
  private static final Columns FOUND =
      Columns.messages(List.of("created_at", "message_group_uuid", "uuid", "handle", "message"));

  private final CommandContext context;

  @Parameters(paramLabel = "TEXT", description = "What to look for.")
  private String text;

  @Option(names = "--in", paramLabel = "CONVERSATION", description = "Only in this conversation.")
  private String conversation;

  @Option(
      names = "--from",
      paramLabel = "USER",
      description = "Only what this user wrote in the conversations of the user's list.")
  private String from;

  @Option(names = "--exact", description = "Tell capitals from small letters.")
  private boolean exact;

  @Mixin private PeriodOptions period;

  public FindCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return FOUND;
  }

  @Override
  public Integer call() {
    TimeRange range = check();
    Predicate<String> matches = TextSearch.of(text, exact);
    String sender = from == null ? null : context.chat().userUuid(from);
    boolean whole = conversation == null && sender == null;
    if (whole) {
      context.clients().goBulk();
    }
    Predicate<Message> wanted =
        message ->
            matches.test(message.text())
                && (sender == null || message.sender().uuid().equalsIgnoreCase(sender));
    long[] found = {0};
    context
        .results()
        .follow(
            FOUND,
            printer -> {
              Consumer<Message> print =
                  message -> {
                    if (wanted.test(message)) {
                      found[0]++;
                      printer.print(Columns.messageAndConversation(message));
                    }
                  };
              if (whole) {
                scan(range, print, printer);
              } else {
                query(sender, range, print, printer);
              }
            });
    context.notices().info(Count.of(found[0], "message"));
    return ExitCode.DONE;
  }

  private void scan(TimeRange range, Consumer<Message> print, RecordPrinter printer) {
    try (BulkProgress progress = BulkProgress.ofTable(context, "find", context.terminal().out())) {
      new MessageScan(context.items())
          .forEachPage(
              ParallelScan.SEGMENTS,
              progress,
              page -> {
                page.stream().filter(message -> within(message.instant(), range)).forEach(print);
                printer.flush();
                return true;
              });
    }
  }

  private static boolean within(Instant at, TimeRange range) {
    return (range.from() == null || !at.isBefore(range.from()))
        && (range.to() == null || !at.isAfter(range.to()));
  }

  private void query(
      String sender, TimeRange range, Consumer<Message> print, RecordPrinter printer) {
    ConversationStore store = context.store();
    long read = 0;
    try (BulkProgress progress = BulkProgress.ofSome(context, "find", context.terminal().out())) {
      for (String group : groups(store, sender)) {
        MessageQuery query = new MessageQuery(group, PAGE, range.from(), range.to(), false, null);
        while (query != null) {
          Page<Message> page = store.messages(query);
          page.items().forEach(print);
          printer.flush();
          progress.accept(read += page.items().size());
          query = page.nextToken() == null ? null : query.from(page.nextToken());
        }
      }
    }
  }

  private List<String> groups(ConversationStore store, String sender) {
    return conversation != null
        ? List.of(conversation)
        : new UserConversations(store, Backoff.jittered())
            .list(sender).stream().map(row -> row.groupUuid()).distinct().toList();
  }

  private TimeRange check() {
    if (conversation != null) {
      conversation = context.conversation(conversation);
    }
    TextSearch.of(text, exact);
    return period.range(context);
  }

  @Override
  public Map<String, Object> explain() {
    check();
    return conversation == null && from == null
        ? BulkPlans.scan(context.table(), ParallelScan.SEGMENTS, null)
        : QueryPlans.steps(
            conversation != null
                ? "Query the messages of conversation " + conversation
                : "Query the rows of " + from + ", then the messages of each conversation",
            conversation != null
                ? Cost.ofPages(false)
                : Cost.ofPages(false).plus("own", "4 KB of the rows of " + from));
  }
}
