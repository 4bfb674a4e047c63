package com.cruddur.ddb.cli.conversation;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.mixin.CachedOption;
import com.cruddur.ddb.cli.mixin.PagingOptions;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb list-conversations}. */
@Command(
    name = "list-conversations",
    description = "List a user's conversations, the one with the latest message first.",
    exitCodeList = {"3:no such user or table", ExitCode.NO_ACCESS},
    footer = {
      "  ddb list-conversations andrewbrown",
      "  ddb list-conversations andrewbrown --all -o json | jq -r '.items[].uuid'"
    })
public final class ListConversationsCommand
    implements Callable<Integer>, Explainable, ListsRecords {
  private final CommandContext context;

  @Parameters(paramLabel = "USER", description = "A uuid, or a handle of the users file.")
  private String user;

  @Mixin private PagingOptions paging;
  @Mixin private CachedOption cached;

  public ListConversationsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return Columns.CONVERSATIONS;
  }

  @Override
  public Integer call() {
    paging.pageSize();
    Chat chat = context.chat(cached.on());
    String uuid = chat.userUuid(user);
    paging.print(
        context,
        Columns.CONVERSATIONS,
        (limit, token) ->
            chat.conversations(
                new ConversationQuery(uuid, limit, token).ahead(paging.looksAhead())),
        Columns::conversation);
    return ExitCode.DONE;
  }

  @Override
  public Map<String, Object> explain() {
    String name = UserDirectory.withoutAt(user);
    String uuid =
        Uuids.isUuid(name)
            ? name.toLowerCase(Locale.ROOT)
            : context.users().find(name).map(u -> u.uuid()).orElse("<uuid of " + name + ">");
    ConversationQuery query =
        new ConversationQuery(uuid, paging.pageSize(), paging.token()).ahead(paging.looksAhead());
    return QueryPlans.conversations(context.table(), cached.on() ? query.consistently() : query);
  }
}
