package com.cruddur.ddb.cli.local;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.local.StackSettings;
import com.cruddur.ddb.local.StackStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say which local stack is meant. */
final class LocalOptions {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "DynamoDB's port (DDB_LOCAL_PORT); default: 8000.")
  private Integer port;

  @Option(
      names = "--cache-port",
      paramLabel = "N",
      description = "The cache's port (DDB_LOCAL_CACHE_PORT); default: 8080.")
  private Integer cachePort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where tables are kept; default: ddb in XDG_DATA_HOME, else ~/.local/share/ddb.")
  private Path dataDirectory;

  StackSettings settings(CommandContext context) {
    StackSettings settings = context.local().settings();
    try {
      settings = port == null ? settings : settings.withPort(port);
      settings = cachePort == null ? settings : settings.withCachePort(cachePort);
      return dataDirectory == null ? settings : settings.withDataDirectory(dataDirectory);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), "Give other ports.");
    }
  }

  /** What is printed of a stack. */
  static Map<String, Object> document(String state, StackStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", state);
    fields.put("endpoint", "http://localhost:" + status.port());
    fields.put("engine", "ddb");
    if (!status.faults().words().isEmpty()) {
      fields.put("faults", status.faults().words());
    }
    fields.put("cache_endpoint", "localhost:" + status.cachePort());
    fields.put("pid", status.pid());
    fields.put("data", status.inMemory() ? "in memory" : status.dataDirectory().toString());
    fields.put("started_at", status.startedAt().toString());
    return fields;
  }
}
