package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cache.CacheToken;
import com.cruddur.ddb.cache.TokenScope;
import com.cruddur.ddb.cache.TokenScope.Access;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ddb cache token}. */
@Command(
    name = "token",
    description = {
      "Print a disposable access token for one cache.",
      "It is printed once and stored nowhere. Scope and expiry are printed on stderr."
    },
    exitCodeList = {"3:the cache does not exist", ExitCode.NO_ACCESS},
    footer = {
      "  ddb cache token --read-only --ttl 300",
      "  ddb cache token --write-only --key-prefix session-"
    })
public final class CacheTokenCommand implements Callable<Integer> {
  /** The service issues none for longer. */
  private static final int LONGEST = 3600;

  private final CommandContext context;

  @Option(names = "--read-only", description = "It may read and not write.")
  private boolean readOnly;

  @Option(names = "--write-only", description = "It may write and learns nothing.")
  private boolean writeOnly;

  @Option(names = "--key", paramLabel = "K", description = "For this item only.")
  private String key;

  @Option(
      names = "--key-prefix",
      paramLabel = "P",
      description = "For items whose keys begin so, only.")
  private String keyPrefix;

  @Option(
      names = "--ttl",
      paramLabel = "S",
      defaultValue = "600",
      description = "Seconds that it is valid, 1 to 3600; default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private CacheOption cache;

  public CacheTokenCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String name = cache.name(context);
    Limits.check("--ttl", seconds, LONGEST);
    TokenScope scope = scope(name);
    CacheToken token = context.cache().open().token(scope, Duration.ofSeconds(seconds));
    // token: read-write on cache cruddur at cache.example.com until 2026-03-19T23:59:59Z
    context
        .notices()
        .info("token: " + scope + " at " + token.endpoint() + " until " + token.expiresAt());
    if (context.format() == OutputFormat.TABLE) {
      Printers.line(context.out(), token.token());
    } else {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("token", token.token());
      document.put("endpoint", String.valueOf(token.endpoint()));
      document.put("expires_at", String.valueOf(token.expiresAt()));
      document.put("cache", name);
      document.put("access", scope.access().toString());
      if (scope.key() != null) {
        document.put(scope.prefix() ? "key_prefix" : "key", scope.key());
      }
      context.document(document);
    }
    return ExitCode.DONE;
  }

  private TokenScope scope(String name) {
    if (readOnly && writeOnly) {
      throw CommandException.usage(
          "--read-only and --write-only exclude each other",
          "Without either, it may read and write.");
    } else if (key != null && keyPrefix != null) {
      throw CommandException.usage(
          "--key and --key-prefix exclude each other", "Give one of them, or none.");
    }
    Access access = readOnly ? Access.READ_ONLY : writeOnly ? Access.WRITE_ONLY : Access.READ_WRITE;
    String items = key == null ? keyPrefix : key;
    if (items != null && items.isEmpty()) {
      throw CommandException.usage("the key is empty", "Leave it out for all items.");
    }
    return new TokenScope(name, access, items, keyPrefix != null);
  }
}
