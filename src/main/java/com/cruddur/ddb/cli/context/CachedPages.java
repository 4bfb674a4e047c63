package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageInvalidation;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.chat.ConversationStore;
import java.util.Optional;

/** The cached pages of a command's table: read where that is asked for, dropped by every write. */
final class CachedPages {
  private final CommandContext context;
  private final TargetCache cache;
  private final PageCache pages;

  CachedPages(CommandContext context, TargetCache cache) {
    this.context = context;
    this.cache = cache;
    this.pages = cache.pages(context.notices());
  }

  /** The table's conversations; writes drop the pages that they make stale. */
  ConversationStore store(boolean cached) {
    ConversationStore table = context.plainStore();
    return cached || dropped()
        ? keys()
            .<ConversationStore>map(keys -> cache.over(table, pages, keys, cached))
            .orElse(table)
        : table;
  }

  PageInvalidation drops() {
    return dropped()
        ? keys()
            .<PageInvalidation>map(keys -> cache.over(context.plainStore(), pages, keys, false))
            .orElse(PageInvalidation.NONE)
        : PageInvalidation.NONE;
  }

  private boolean dropped() {
    return !context.dryRun().on() && cache.isWritable();
  }

  /** Empty, and told once, where nobody may know whose table it is: then no page is used. */
  private Optional<PageKeys> keys() {
    Optional<PageKeys> keys = cache.keys(() -> context.tables().describe(context.table()));
    if (keys.isEmpty() && cache.first("keys")) {
      context
          .notices()
          .warn(
              "the cache is not used, what others read cached may be stale until it expires: the"
                  + " names of its pages hold the table's account, which dynamodb:DescribeTable"
                  + " tells");
    }
    return keys;
  }

  PageKeys lists() {
    return keys()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.UNREACHABLE,
                    "not_allowed",
                    context.target().describe() + ": dynamodb:DescribeTable is not allowed",
                    "The names of cached pages hold the table's account: allow it."));
  }

  /** Waits for the drops; says once in a session what a write without a key has left. */
  void end() {
    pages.settle();
    boolean unseen =
        context.clients().mayHaveWritten() && context.target().isProd() && !cache.exists();
    if (unseen && !context.dryRun().on() && cache.first("no key")) {
      context
          .notices()
          .info(
              "no Momento key is set: whoever reads this table cached (--cached) may see it as it"
                  + " was until the pages expire");
    }
  }
}
