package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ddb cache set}. */
@Command(
    name = "set",
    description = "Store an item in the place of whatever is under its key.",
    exitCodeList = {"3:the cache does not exist", ExitCode.NO_ACCESS},
    footer = {"  ddb cache set greeting 'Hello!' --ttl 60", "  date | ddb cache set now -"})
public final class CacheSetCommand implements Callable<Integer> {
  /** Far above the service's 5 MB, which it refuses itself; so a huge pipe does not fill memory. */
  private static final int MOST_BYTES = 64 << 20;

  private final CommandContext context;

  @Parameters(index = "0", paramLabel = "KEY", description = "The item's key.")
  private String key;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "The value; - reads the bytes of standard input.")
  private String value;

  @Mixin private TtlOption ttl;
  @Mixin private CacheOption cache;

  public CacheSetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    Duration lifetime = ttl.duration(context);
    byte[] bytes = value.equals("-") ? stdin() : value.getBytes(StandardCharsets.UTF_8);
    context.cache().writes().set(name, key, bytes, lifetime);
    Map<String, Object> result = CacheCommand.document(name, key);
    result.put("bytes", bytes.length);
    result.put("ttl_seconds", lifetime.toSeconds());
    result.put("result", "set");
    context.document(result);
    return ExitCode.DONE;
  }

  private byte[] stdin() {
    try {
      byte[] bytes = context.in().readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw CommandException.usage(
            "the value on standard input is over 64 MB", "Momento takes values up to 5 MB.");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
