package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheCheck;
import com.cruddur.ddb.cache.CacheCheck.StoredPage;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Printers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb cache get}. */
@Command(
    name = "get",
    description = {
      "Write an item's value, byte for byte; or list what is cached of a conversation or a user.",
      "--output does not change the value; on a terminal control characters are shown, not obeyed."
          + " A miss writes nothing."
    },
    exitCodeList = {"3:a miss, or the cache does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache set greeting 'Hello!'",
      "  ddb cache get greeting",
      "  ddb cache get nothing   # exit 3"
    })
public final class CacheGetCommand implements Callable<Integer> {
  private final CommandContext context;

  private static final Columns PAGES = Columns.of("page", "ttl_seconds", "value");

  @Parameters(arity = "0..1", paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Mixin private PagesOption pages;
  @Mixin private CacheOption cache;

  public CacheGetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (pages.given(key)) {
      return pages();
    }
    String name = cache.name(context);
    Optional<byte[]> value = context.cache().open().get(name, key).orThrow();
    if (value.isEmpty()) {
      return CacheCommand.miss(context, name, key);
    }
    Printers.bytes(context.cliEnvironment().out(), value.get(), context.terminal().out());
    return ExitCode.DONE;
  }

  /** Every cached page, as a list; none is a miss. */
  private int pages() {
    String conversation = pages.conversation();
    CacheCheck cached =
        new CacheCheck(context.cache().open(), context.cache().lists(), context.plainStore());
    List<StoredPage> found =
        conversation != null
            ? cached.storedOfConversation(conversation)
            : cached.storedOfUser(pages.user(context));
    context.list(PAGES, printer -> found.forEach(page -> printer.print(fields(page))));
    return found.isEmpty() ? ExitCode.NOT_FOUND : ExitCode.DONE;
  }

  private static Map<String, Object> fields(StoredPage page) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("page", page.field());
    fields.put("ttl_seconds", CacheTtlCommand.seconds(page.ttl()));
    fields.put("value", page.value());
    return fields;
  }
}
