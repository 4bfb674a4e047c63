package com.cruddur.ddb.training;

import com.cruddur.ddb.cli.Catalogue;
import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the launcher runs to make the start-up archives; the argument says which:
 *
 * <ul>
 *   <li>{@code plain}: of the commands that need no cache. JDK 25 loads every class of its archive,
 *       and gRPC has two thousand.
 *   <li>{@code cache}: of all commands.
 *   <li>{@code stack FILE}: of the embedded stack's process, see {@link StackTraining}.
 * </ul>
 *
 * <p>The first two run commands in this JVM against stand-ins: what they load is what the archive
 * holds.
 */
public final class Training {
  private static final String GROUP = "3f346c75-ad75-43df-aa35-5b4de50470e0";
  private static final String NO_PORT = "1";

  /** A record that is rejected, a conversation that is there, and one that is made. */
  private static final String SEED =
      """
      {"type":"user"}
      {"type":"conversation","message_group_uuid":"%1$s","participants":["andrewbrown","bayko"]}
      {"type":"message","message_group_uuid":"%1$s","from":"bayko","message":"Hi","created_at":"2026-03-21"}
      {"type":"conversation","message_group_uuid":"%2$s","participants":["andrewbrown","bayko"]}
      {"type":"message","message_group_uuid":"%2$s","from":"bayko","message":"Hi","created_at":"2026-03-21"}
      """
          .formatted(GROUP, StubDynamoDb.NEW_GROUP);

  private static final String USER = "877825ee-e493-4985-b4f5-463550043614";

  private static final String[][] PLAIN = {
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
    {"check"},
    {"stats"},
    {"export"},
    {"local", "status", "--port", "1", "--cache-port", "2"},
    {"list-tables", "--endpoint-url", "http://127.0.0.1:1"},
  };

  private static final String[][] CACHE = {
    {"get-conversation", GROUP, "--cached"},
    {"list-conversations", USER, "--cached", "-v"},
    {"cache", "get", "key"},
    {"cache", "set", "key", "value"},
    {"cache", "delete", "key"},
    {"send-message", GROUP, "Hello", "--from", "andrewbrown"},
    {"send-message", GROUP, "", "--from", "andrewbrown"},
    {"start-conversation", "Hello", "--from", "andrewbrown", "--to", "bayko"},
    {"seed", "-"},
    {"shell", "--keep-going"},
    {"doctor"},
  };

  /** What the process begins with. */
  private static final List<String> MAIN =
      List.of("com.cruddur.ddb.Main", "com.cruddur.ddb.Main$Ending", "sun.misc.Signal");

  private Training() {}

  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    String property = System.getProperty("ddb.home");
    Path home = property == null ? null : Path.of(property);
    if (args[0].equals("stack")) {
      StackTraining.run(home, Path.of(args[1]));
      return;
    }
    for (String name : MAIN) {
      Class.forName(name);
    }
    PrecomputedHelp.to(0, "--help");
    try (StubDynamoDb dynamoDb = new StubDynamoDb();
        StubMomento cache = args[0].equals("plain") ? null : new StubMomento()) {
      for (String[] line : cache == null ? List.of(PLAIN) : all()) {
        Cli.run(cliEnvironment(dynamoDb, cache, home), line);
      }
    }
  }

  /** Lines that name each command; of one that cannot be run here, its help. */
  static List<String[]> all() {
    List<String[]> lines = new ArrayList<>(List.of(PLAIN));
    lines.addAll(List.of(CACHE));
    for (CommandEntry entry : Catalogue.commands()) {
      String command = entry.name();
      if (lines.stream().noneMatch(line -> runs(line, command))) {
        lines.add((command + " --help").split(" "));
      }
    }
    return lines;
  }

  private static boolean runs(String[] line, String command) {
    return (String.join(" ", line) + " ").startsWith(command + " ");
  }

  private static CliEnvironment cliEnvironment(
      StubDynamoDb dynamoDb, StubMomento cache, Path home) {
    return new CliEnvironment(
        new ByteArrayInputStream(SEED.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        Map.of(
            "DDB_LOCAL_PORT",
            String.valueOf(dynamoDb.port()),
            "DDB_LOCAL_CACHE_PORT",
            cache == null ? NO_PORT : String.valueOf(cache.port()),
            "XDG_STATE_HOME",
            "/nonexistent"),
        home,
        CliEnvironment.Terminal.NONE,
        Clock.systemUTC());
  }
}
