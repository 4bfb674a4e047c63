package com.cruddur.ddb.training;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Invocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Runs the commands in one JVM: what they load is what the start-up archive holds. */
public final class Training {
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final String USER = "877825ee-e493-4985-b4f5-463550043614";

  private Training() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Class.forName("com.cruddur.ddb.Main");
    try (StandIn dynamoDb = new StandIn();
        CacheStandIn cache = new CacheStandIn()) {
      String[][] commands = {
        {"--help"},
        {"--version"},
        {"no-such-command"},
        {"list-tables"},
        {"describe"},
        {"schema-load"},
        {"drop"},
        {"scan", "--limit", "5", "-o", "ndjson"},
        {"list-conversations", "andrewbrown"},
        {"list-conversations", USER, "-o", "json", "--show-capacity"},
        {"list-conversations", USER, "-o", "csv", "--explain"},
        {"get-conversation", GROUP},
        {"get-conversation", GROUP, "-o", "json", "--since", "2026-01-01"},
        {"get-conversation", "none"},
        {"get-conversation", GROUP, "--cached"},
        {"list-conversations", USER, "--cached", "-v"},
        {"cache", "get", "key"},
        {"cache", "set", "key", "value"},
        {"send-message", GROUP, "Hello", "--from", "andrewbrown"},
        {"send-message", GROUP, "", "--from", "andrewbrown"},
        {"start-conversation", "Hello", "--from", "andrewbrown", "--to", "bayko"},
        {"seed", "-"},
        {"stats"},
        {"shell", "--keep-going"},
        {"local", "status", "--port", "1", "--cache-port", "2"},
        {"doctor"},
        {"list-tables", "--endpoint-url", "http://127.0.0.1:1"},
      };
      String home = System.getProperty("ddb.home");
      for (String[] command : commands) {
        Cli.run(invocation(dynamoDb, cache, home == null ? null : Path.of(home)), command);
      }
    }
  }

  private static Invocation invocation(StandIn dynamoDb, CacheStandIn cache, Path home) {
    return new Invocation(
        new ByteArrayInputStream("{\"type\":\"user\"}\n".getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        // An endpoint on the local stack's port uses the local stack's cache.
        Map.of(
            "AWS_ENDPOINT_URL", dynamoDb.url(),
            "DDB_LOCAL_PORT", String.valueOf(dynamoDb.port()),
            "DDB_LOCAL_CACHE_PORT", String.valueOf(cache.port())),
        home,
        Invocation.Terminal.NONE,
        Clock.systemUTC());
  }
}
