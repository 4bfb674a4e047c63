package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb cache evict}. */
@Command(
    name = "evict",
    description = {
      "Remove an item, or what is cached of a conversation or of a user's list.",
      "Momento does not tell whether it was there."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache evict greeting",
      "  ddb cache evict --conversation 3f346c75-ad75-43df-aa35-5b4de50470e0"
    })
public final class CacheEvictCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(arity = "0..1", paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Mixin private PagesOption pages;
  @Mixin private CacheOption cache;

  public CacheEvictCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    List<String> keys = pages.given(key) ? keys() : List.of(key);
    keys.forEach(one -> context.cache().writes().evict(name, one));
    Map<String, Object> result = CacheCommand.document(name, keys.get(keys.size() - 1));
    result.put("result", "evicted");
    context.document(result);
    return ExitCode.DONE;
  }

  private List<String> keys() {
    String conversation = pages.conversation();
    return conversation != null
        ? context.cache().lists().keysOfConversation(conversation)
        : context.cache().lists().keysOfUser(pages.user(context));
  }
}
