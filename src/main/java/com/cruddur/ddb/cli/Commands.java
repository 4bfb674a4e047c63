package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.bulk.ExportCommand;
import com.cruddur.ddb.cli.bulk.ImportCommand;
import com.cruddur.ddb.cli.bulk.SeedCommand;
import com.cruddur.ddb.cli.bulk.SetupCommand;
import com.cruddur.ddb.cli.cache.CacheCommand;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
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
  public static boolean add(CommandLine root, CommandContext context, String... args) {
    List<String> named = named(args);
    boolean all = !isNamed(args);
    if (all && root.getSubcommands().size() < NAMES.size()) {
      // The help lists them in order.
      Set.copyOf(root.getSubcommands().keySet()).forEach(root.getCommandSpec()::removeSubcommand);
    }
    List<String> missing = (all ? NAMES : named).stream().filter(name -> !has(root, name)).toList();
    for (String name : missing) {
      CommandLine command = new CommandLine(create(name, context), root.getFactory());
      addExitCodes(command, root.getCommandSpec().usageMessage().exitCodeList());
      root.addSubcommand(name, command);
    }
    // Afterwards: a command without examples would inherit these.
    root.getCommandSpec().usageMessage().footer(EXAMPLES);
    return !missing.isEmpty();
  }

  /** Adds the commands that the arguments name, as a model makes them. */
  public static void add(
      CommandLine root, CommandContext context, CommandModel model, String... args) {
    named(args).forEach(name -> root.addSubcommand(name, model.line(create(name, context))));
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
  public static List<String> leaves(CommandLine root, CommandContext context) {
    add(root, context);
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

  private static Object create(String name, CommandContext context) {
    return switch (name) {
      case "setup" -> new SetupCommand(context);
      case "schema-load" -> new SchemaLoadCommand(context);
      case "list-tables" -> new ListTablesCommand(context);
      case "describe" -> new DescribeCommand(context);
      case "drop" -> new DropCommand(context);
      case "scan" -> new ScanCommand(context);
      case "seed" -> new SeedCommand(context);
      case "export" -> new ExportCommand(context);
      case "import" -> new ImportCommand(context);
      case "list-conversations" -> new ListConversationsCommand(context);
      case "get-conversation" -> new GetConversationCommand(context);
      case "send-message" -> new SendMessageCommand(context);
      case "start-conversation" -> new StartConversationCommand(context);
      case "tail" -> new TailCommand(context);
      case "check" -> new CheckCommand(context);
      case "stats" -> new StatsCommand(context);
      case "trigger" -> new TriggerCommand();
      case "cache" -> new CacheCommand();
      case "local" -> new LocalCommand();
      case "doctor" -> new DoctorCommand(context);
      case "shell" -> new ShellCommand(context, Cli.lines(context.cliEnvironment()));
      case "generate-completion" -> new GenerateCompletionCommand(context);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
