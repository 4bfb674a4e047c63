package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cache.CachedConversationStore;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageInvalidation;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.chat.ConversationStore;
import java.util.Optional;

/**
 * The caches of a command's target, and the cached pages of its table: read where that is asked
 * for, dropped by every write.
 */
public final class CommandCache {
  private final CommandContext context;
  private final TargetCache cache;
  private final PageCache pages;

  CommandCache(CommandContext context, TargetCache cache) {
    this.context = context;
    this.cache = cache;
    this.pages = cache.pages(context.notices());
  }

  /** Which cache it is. */
  public TargetCache target() {
    return cache;
  }

  /** The caches; starts the embedded stack if that is meant. */
  public MomentoCache open() {
    return cache.open(context.notices());
  }

  /** Where a command changes caches; in a dry run that is nowhere. */
  public CacheWrites writes() {
    if (!context.dryRun().on()) {
      cache.settings().requireWritable();
    }
    return context.dryRun().over(open());
  }

  /** Begins to open the cache if the command's writes will need it. */
  public void warmUp() {
    if (!context.dryRun().on()) {
      cache.warmUp();
    }
  }

  /** The table's conversations; writes drop the pages that they make stale. */
  ConversationStore store(boolean cached) {
    ConversationStore table = context.plainStore();
    return cached || dropped()
        ? keys()
            .<ConversationStore>map(keys -> new CachedConversationStore(table, pages, keys, cached))
            .orElse(table)
        : table;
  }

  /** For those who change the table other than through {@link CommandContext#store}. */
  public PageInvalidation drops() {
    return dropped()
        ? keys()
            .<PageInvalidation>map(
                keys -> new CachedConversationStore(context.plainStore(), pages, keys, false))
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

  /**
   * The names of the table's lists.
   *
   * @throws CommandException when nobody may know whose table it is
   */
  public PageKeys lists() {
    return keys()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.UNREACHABLE,
                    "not_allowed",
                    context.target().describe() + ": dynamodb:DescribeTable is not allowed",
                    "The names of cached pages hold the table's account: allow it."));
  }

  /** Waits for the drops. */
  void settle() {
    pages.settle();
  }

  /** Says once in a session what a write without a key has left. */
  void end() {
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
