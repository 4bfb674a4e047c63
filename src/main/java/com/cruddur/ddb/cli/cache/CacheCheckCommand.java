package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheCheck;
import com.cruddur.ddb.cache.CacheCheck.CachedPage;
import com.cruddur.ddb.cache.CacheCheck.State;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.dynamo.check.Cost;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.text.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb cache check}. */
@Command(
    name = "check",
    description = {
      "Compare what is cached of a conversation with the table.",
      "So are its participants' lists. A page that is unused is a leftover of before a write"
          + " and never served."
    },
    exitCodeList = {
      "3:no such conversation, table or cache",
      "5:a cached page differs from the table",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb get-conversation 3f346c75-ad75-43df-aa35-5b4de50470e0 --cached",
      "  ddb cache check 3f346c75-ad75-43df-aa35-5b4de50470e0"
    })
public final class CacheCheckCommand implements Callable<Integer>, Explainable, ListsRecords {
  private static final Columns PAGES =
      Columns.of("list", "user_uuid", "page", "entries", "ttl_seconds", "state");

  private final CommandContext context;

  @Parameters(paramLabel = "CONVERSATION", description = "The conversation's uuid.")
  private String conversation;

  public CacheCheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Columns columns() {
    return PAGES;
  }

  @Override
  public Integer call() {
    CacheCheck check =
        new CacheCheck(context.cache().open(), context.cache().lists(), context.plainStore());
    List<CachedPage> pages = check.conversation(conversation);
    context.list(PAGES, printer -> pages.forEach(page -> printer.print(fields(page))));
    long stale = pages.stream().filter(page -> page.state() == State.DIFFERS).count();
    if (pages.isEmpty()) {
      context.notices().info("nothing is cached of this conversation");
    } else if (stale > 0) {
      context
          .notices()
          .warn(
              stale
                  + " of "
                  + Count.of(pages.size(), "cached page")
                  + (stale == 1 ? " differs" : " differ")
                  + " from the table");
    }
    return stale == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  @Override
  public Map<String, Object> explain() {
    conversation = Uuids.require("the conversation", conversation);
    return QueryPlans.steps(
        "Query the index for the participants of "
            + conversation
            + "; then the page of each cached page again, strongly consistent",
        Cost.of("0.5 + read", "0").where("read", "4 KB of each cached page, rounded up"));
  }

  private static Map<String, Object> fields(CachedPage page) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("list", page.userUuid() == null ? "messages" : "conversations");
    fields.put("user_uuid", page.userUuid());
    fields.put("page", page.field());
    fields.put("entries", page.entries());
    fields.put("ttl_seconds", CacheTtlCommand.seconds(page.ttl()));
    fields.put("state", page.state().name().toLowerCase(Locale.ROOT));
    return fields;
  }
}
