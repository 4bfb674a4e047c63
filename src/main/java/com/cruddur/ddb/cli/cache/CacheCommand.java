package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code ddb cache}: Momento's caches and what is in them. */
@Command(
    name = "cache",
    description = {
      "Work on Momento caches and their items.",
      "They are those of the local stack; with --prod those that the key in MOMENTO_API_KEY"
          + " opens."
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"  ddb cache set greeting 'Hello!' --ttl 60", "  ddb cache get greeting"})
public final class CacheCommand {

  /** What is printed of a change. */
  static Map<String, Object> document(String cache, String key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cache", cache);
    if (key != null) {
      fields.put("key", key);
    }
    return fields;
  }

  /** A miss is an answer, not an error: a notice, and an exit code for scripts. */
  static int miss(CommandContext context, String cache, String key) {
    // miss: cache cruddur has no item 'greeting'
    context.notices().info("miss: cache " + cache + " has no item '" + key + "'");
    return ExitCode.NOT_FOUND;
  }
}
