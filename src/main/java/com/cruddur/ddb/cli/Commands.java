package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.bulk.ExportCommand;
import com.cruddur.ddb.cli.bulk.ImportCommand;
import com.cruddur.ddb.cli.bulk.SeedCommand;
import com.cruddur.ddb.cli.bulk.SetupCommand;
import com.cruddur.ddb.cli.cache.CacheCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.conversation.GetConversationCommand;
import com.cruddur.ddb.cli.conversation.ListConversationsCommand;
import com.cruddur.ddb.cli.conversation.SendMessageCommand;
import com.cruddur.ddb.cli.conversation.StartConversationCommand;
import com.cruddur.ddb.cli.conversation.TailCommand;
import com.cruddur.ddb.cli.doctor.DoctorCommand;
import com.cruddur.ddb.cli.local.LocalCommand;
import com.cruddur.ddb.cli.shell.ShellCommand;
import com.cruddur.ddb.cli.startup.CommandModel;
import com.cruddur.ddb.cli.table.CheckCommand;
import com.cruddur.ddb.cli.table.DescribeCommand;
import com.cruddur.ddb.cli.table.DropCommand;
import com.cruddur.ddb.cli.table.ListTablesCommand;
import com.cruddur.ddb.cli.table.ScanCommand;
import com.cruddur.ddb.cli.table.SchemaLoadCommand;
import com.cruddur.ddb.cli.table.StatsCommand;
import com.cruddur.ddb.cli.trigger.TriggerCommand;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The list of commands. Only those whose name stands on the command line are made: reading the
 * annotations of all of them would take longer than most commands do.
 */
public final class Commands {
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
          "stats",
          "trigger",
          "cache",
          "local",
          "doctor",
          "shell",
          "generate-completion");

  private static final Set<String> WITHOUT_TABLE =
      Set.of("cache", "local", "generate-completion", "--help", "-h");

  private static final String[] EXAMPLES = {
    "  ddb setup", "  ddb list-conversations andrewbrown", "  ddb list-conversations --help"
  };

  private Commands() {}

  /**
   * Adds the commands that the arguments name, if they are not there yet; all of them when they
   * name none.
   *
   * @return whether one was added
   */
  public static boolean add(CommandLine root, Session session, String... args) {
    List<String> named = named(args);
    boolean all = !isNamed(args);
    if (all && root.getSubcommands().size() < NAMES.size()) {
      // The help lists them in order.
      Set.copyOf(root.getSubcommands().keySet()).forEach(root.getCommandSpec()::removeSubcommand);
    }
    List<String> missing = (all ? NAMES : named).stream().filter(name -> !has(root, name)).toList();
    for (String name : missing) {
      CommandLine command = new CommandLine(create(name, session), root.getFactory());
      addExitCodes(command, root.getCommandSpec().usageMessage().exitCodeList());
      root.addSubcommand(name, command);
    }
    // Afterwards: a command without examples would inherit these.
    root.getCommandSpec().usageMessage().footer(EXAMPLES);
    return !missing.isEmpty();
  }

  /** Adds the commands that the arguments name, as a model makes them. */
  public static void add(CommandLine root, Session session, CommandModel model, String... args) {
    named(args).forEach(name -> root.addSubcommand(name, model.line(create(name, session))));
  }

  /** Whether the commands that a command line names are all that it needs. */
  static boolean isNamed(String... args) {
    List<String> named = named(args);
    return !named.isEmpty()
        && !named.contains("generate-completion")
        && !isHelpOfRoot(Arrays.asList(args), named);
  }

  private static List<String> named(String... args) {
    List<String> given = Arrays.asList(args);
    return NAMES.stream().filter(given::contains).toList();
  }

  /** The names of all commands that run, such as {@code scan} and {@code cache get}. */
  public static List<String> leaves(CommandLine root, Session session) {
    add(root, session);
    return leaves(root)
        .map(command -> command.getCommandSpec().qualifiedName().substring("ddb ".length()))
        .toList();
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().flatMap(Commands::leaves);
  }

  /** Whether a command line looks like one that will ask something of DynamoDB. */
  static boolean mayUseTable(String... args) {
    boolean named = false;
    for (String argument : args) {
      if (WITHOUT_TABLE.contains(argument)) {
        return false;
      }
      named |= NAMES.contains(argument);
    }
    return named;
  }

  private static boolean has(CommandLine root, String name) {
    return root.getSubcommands().containsKey(name);
  }

  /** To the exit codes that a command names itself, those that every command can have. */
  private static void addExitCodes(CommandLine command, Map<String, String> all) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    Map<String, String> codes = new TreeMap<>(Comparator.comparingInt(Integer::parseInt));
    codes.putAll(usage.exitCodeList());
    boolean group = !command.getSubcommands().isEmpty();
    for (int code : group ? ExitCode.OF_A_GROUP : ExitCode.OF_EVERY_COMMAND) {
      codes.put(String.valueOf(code), all.get(String.valueOf(code)));
    }
    usage.exitCodeList(codes);
    command.getSubcommands().values().forEach(sub -> addExitCodes(sub, all));
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
      case "stats" -> new StatsCommand(session);
      case "trigger" -> new TriggerCommand();
      case "cache" -> new CacheCommand();
      case "local" -> new LocalCommand();
      case "doctor" -> new DoctorCommand(session);
      case "shell" -> new ShellCommand(session);
      case "generate-completion" -> new GenerateCompletionCommand(session);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
