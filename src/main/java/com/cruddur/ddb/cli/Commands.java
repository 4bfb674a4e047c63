package com.cruddur.ddb.cli;

import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/**
 * The list of commands. Only those whose name stands on the command line are made: reading the
 * annotations of all of them would take longer than most commands do.
 */
final class Commands {
  /** In the order of the help. */
  static final List<String> NAMES =
      List.of(
          "setup",
          "schema-load",
          "list-tables",
          "describe",
          "drop",
          "scan",
          "seed",
          "export",
          "import",
          "list-conversations",
          "get-conversation",
          "send-message",
          "start-conversation",
          "tail",
          "check",
          "trigger",
          "cache",
          "local",
          "doctor",
          "generate-completion");

  private Commands() {}

  /** Adds the commands that the arguments name; all of them when they name none. */
  static void add(CommandLine root, Session session, String... args) {
    List<String> given = Arrays.asList(args);
    List<String> named = NAMES.stream().filter(given::contains).toList();
    boolean all =
        named.isEmpty() || named.contains("generate-completion") || isHelpOfRoot(given, named);
    for (String name : all ? NAMES : named) {
      root.addSubcommand(name, new CommandLine(create(name, session), root.getFactory()));
    }
  }

  /** Whether help is asked for before any command is named, as in {@code ddb --help scan}. */
  private static boolean isHelpOfRoot(List<String> given, List<String> named) {
    return given.stream()
        .takeWhile(argument -> !named.contains(argument))
        .anyMatch(argument -> argument.equals("-h") || argument.equals("--help"));
  }

  private static Object create(String name, Session session) {
    return switch (name) {
      case "setup" -> new SetupCommand(session);
      case "schema-load" -> new SchemaLoadCommand(session);
      case "list-tables" -> new ListTablesCommand(session);
      case "describe" -> new DescribeCommand(session);
      case "drop" -> new DropCommand(session);
      case "scan" -> new ScanCommand(session);
      case "seed" -> new SeedCommand(session);
      case "export" -> new ExportCommand(session);
      case "import" -> new ImportCommand(session);
      case "list-conversations" -> new ListConversationsCommand(session);
      case "get-conversation" -> new GetConversationCommand(session);
      case "send-message" -> new SendMessageCommand(session);
      case "start-conversation" -> new StartConversationCommand(session);
      case "tail" -> new TailCommand(session);
      case "check" -> new CheckCommand(session);
      case "trigger" -> new TriggerCommand();
      case "cache" -> new CacheCommand();
      case "local" -> new LocalCommand();
      case "doctor" -> new DoctorCommand(session);
      case "generate-completion" -> new GenerateCompletion();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
