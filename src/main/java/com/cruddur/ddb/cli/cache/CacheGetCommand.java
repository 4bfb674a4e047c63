package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb cache get}. */
@Command(
    name = "get",
    description = {
      "Write an item's value, byte for byte.",
      "So it is whatever --output says; but on a terminal control characters are shown, not"
          + " obeyed. A miss writes nothing."
    },
    exitCodeList = {"3:a miss, or the cache does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache set greeting 'Hello!'",
      "  ddb cache get greeting",
      "  ddb cache get nothing   # exit 3"
    })
public final class CacheGetCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Mixin private CacheOption cache;

  public CacheGetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    Optional<byte[]> value = context.cache().get(name, key).orThrow();
    if (value.isEmpty()) {
      return CacheCommand.miss(context, name, key);
    }
    context.bytes(value.get());
    return ExitCode.DONE;
  }
}
