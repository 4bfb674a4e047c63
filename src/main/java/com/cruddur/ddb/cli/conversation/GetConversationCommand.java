package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.PeriodOptions;
import com.cruddur.ddb.cli.mixin.CachedOption;
import com.cruddur.ddb.cli.mixin.PagingOptions;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb get-conversation}. */
@Command(
    name = "get-conversation",
    description = {
      "Print the messages of a conversation, newest first.",
      "Times are such as 2026-03-19 (all of that day), 2026-03-19T23:59, 7d, 2h, today or"
          + " yesterday; without an offset they are UTC."
    },
    exitCodeList = {"3:no such conversation or table", ExitCode.NO_ACCESS},
    footer = {
      "  ddb get-conversation 3f346c75-ad75-43df-aa35-5b4de50470e0 --limit 5",
      "  ddb get-conversation 3f346c75-ad75-43df-aa35-5b4de50470e0 --since 2026-03-19 --oldest-first"
    })
public final class GetConversationCommand implements Callable<Integer>, Explainable, ListsRecords {
  private final CommandContext context;

  @Parameters(paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  @Option(names = "--oldest-first", description = "In order of time.")
  private boolean oldestFirst;

  @Mixin private PeriodOptions period;
  @Mixin private PagingOptions paging;
  @Mixin private CachedOption cached;

  public GetConversationCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return Columns.MESSAGES;
  }

  @Override
  public Integer call() {
    MessageQuery query = query();
    Chat chat = context.chat(cached.on());
    paging.print(
        context,
        Columns.MESSAGES,
        (limit, token) ->
            chat.messages(
                new MessageQuery(
                        conversation, limit, query.since(), query.until(), oldestFirst, token)
                    .ahead(paging.looksAhead())),
        Columns::message);
    return ExitCode.DONE;
  }

  private MessageQuery query() {
    conversation = context.conversation(conversation);
    TimeRange range = period.range(context);
    return new MessageQuery(
            conversation, paging.pageSize(), range.from(), range.to(), oldestFirst, paging.token())
        .ahead(paging.looksAhead());
  }

  @Override
  public Map<String, Object> explain() {
    MessageQuery query = query();
    return QueryPlans.messages(context.table(), cached.on() ? query.consistently() : query);
  }
}
