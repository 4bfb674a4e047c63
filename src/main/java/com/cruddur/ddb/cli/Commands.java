package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.Catalogue.Entry;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.startup.CommandModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Puts the commands of the {@link Catalogue} into a command line. Only those whose name stands on
 * the command line are made: reading the annotations of all of them would take longer than most
 * commands do.
 */
public final class Commands {
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
  public static boolean add(CommandLine root, String... args) {
    boolean all = !isNamed(args);
    List<Entry> wanted = all ? Catalogue.members("") : named(args);
    if (all && root.getSubcommands().size() < wanted.size()) {
      // The help lists them in order.
      Set.copyOf(root.getSubcommands().keySet()).forEach(root.getCommandSpec()::removeSubcommand);
    }
    List<Entry> missing = wanted.stream().filter(entry -> !has(root, entry.name())).toList();
    for (Entry entry : missing) {
      CommandLine command = create(entry, root.getFactory());
      addExitCodes(command, root.getCommandSpec().usageMessage().exitCodeList());
      root.addSubcommand(entry.name(), command);
    }
    // Afterwards: a command without examples would inherit these.
    root.getCommandSpec().usageMessage().footer(EXAMPLES);
    return !missing.isEmpty();
  }

  /** Adds the commands that the arguments name, as a model makes them. */
  public static void add(CommandLine root, CommandModel model, String... args) {
    named(args).forEach(entry -> root.addSubcommand(entry.name(), model.line(entry.type())));
  }

  /** Whether the commands that a command line names are all that it needs. */
  static boolean isNamed(String... args) {
    List<String> named = named(args).stream().map(Entry::name).toList();
    return !named.isEmpty()
        && !named.contains("generate-completion")
        && !isHelpOfRoot(Arrays.asList(args), named);
  }

  private static List<Entry> named(String... args) {
    List<String> given = Arrays.asList(args);
    return Catalogue.members("").stream().filter(entry -> given.contains(entry.name())).toList();
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

  /** A command with those of its group, by their annotations. */
  private static CommandLine create(Entry entry, IFactory factory) {
    CommandLine line = new CommandLine(entry.type(), factory);
    Catalogue.members(entry.name())
        .forEach(member -> line.addSubcommand(member.lastWord(), create(member, factory)));
    return line;
  }
}
