package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Trait;
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
  public static boolean add(CommandLine root, CommandContext context, String... args) {
    boolean all = !isNamed(args);
    List<CommandEntry> wanted = all ? Catalogue.members("") : named(args);
    if (all && root.getSubcommands().size() < wanted.size()) {
      // The help lists them in order.
      Set.copyOf(root.getSubcommands().keySet()).forEach(root.getCommandSpec()::removeSubcommand);
    }
    List<CommandEntry> missing = wanted.stream().filter(entry -> !has(root, entry.name())).toList();
    for (CommandEntry entry : missing) {
      CommandLine command = annotated(entry, root.getFactory(), context);
      addExitCodes(command, root.getCommandSpec().usageMessage().exitCodeList());
      root.addSubcommand(entry.name(), command);
    }
    // Afterwards: a command without examples would inherit these.
    root.getCommandSpec().usageMessage().footer(EXAMPLES);
    return !missing.isEmpty();
  }

  /** Adds the commands that the arguments name, as a model makes them. */
  public static void add(
      CommandLine root, CommandModel model, CommandContext context, String... args) {
    List<String> given = Arrays.asList(args);
    named(args)
        .forEach(entry -> root.addSubcommand(entry.name(), made(entry, model, context, given)));
  }

  /** Whether the commands that a command line names are all that it needs. */
  static boolean isNamed(String... args) {
    List<String> named = named(args).stream().map(CommandEntry::name).toList();
    return !named.isEmpty()
        && !named.contains("generate-completion")
        && !isHelpOfRoot(Arrays.asList(args), named);
  }

  private static List<CommandEntry> named(String... args) {
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
  private static CommandLine annotated(
      CommandEntry entry, IFactory factory, CommandContext context) {
    CommandLine line = new CommandLine(entry.type(), factory);
    for (Trait trait : entry.traits()) {
      Object options = context.options(trait);
      if (options != null) {
        line.addMixin(trait.name(), options);
      }
    }
    Catalogue.members(entry.name())
        .forEach(m -> line.addSubcommand(m.lastWord(), annotated(m, factory, context)));
    return line;
  }

  /** The same by a model, with those of its group that were named. */
  private static CommandLine made(
      CommandEntry entry, CommandModel model, CommandContext context, List<String> given) {
    CommandLine line = model.line(entry.type());
    for (Trait trait : entry.traits()) {
      Object options = context.options(trait);
      if (options != null) {
        model.add(options, line.getCommandSpec());
      }
    }
    Catalogue.members(entry.name()).stream()
        .filter(m -> given.contains(m.lastWord()))
        .forEach(m -> line.addSubcommand(m.lastWord(), made(m, model, context, given)));
    return line;
  }
}
