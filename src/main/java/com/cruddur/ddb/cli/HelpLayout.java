package com.cruddur.ddb.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of a command: a usage line with its own arguments, its own options, then the global ones
 * that it heeds.
 */
final class HelpLayout {
  /** The width where the terminal's is not known. */
  static final int WIDTH = 80;

  /** A longer option has a line of its own above its description. */
  private static final int LONGEST_OPTION = 30;

  /** Cells of a description; the longest name of a variable has fewer. */
  private static final int LEAST_TEXT = 36;

  /** Where the meanings of exit codes begin. */
  private static final int EXIT_CODE = 8;

  private static final int NARROWEST = 55;
  private static final int WIDEST = 120;
  private static final String GLOBAL = "[GLOBAL OPTIONS]";

  /** A word of a shell, with the blanks that quotes keep together; a comment is one word. */
  private static final Pattern WORD = Pattern.compile("#.*|(?:'[^']*'|\"[^\"]*\"|\\S)+");

  private HelpLayout() {}

  /**
   * Gives a command and those below it this help.
   *
   * @param columns the terminal's width, 0 where it is not known
   */
  static void apply(CommandLine line, int columns) {
    line.setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(width(columns))
        .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION);
    lay(line);
  }

  static int width(int columns) {
    return columns <= 0 ? WIDTH : Math.max(NARROWEST, Math.min(WIDEST, columns));
  }

  private static void lay(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = line.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
    sections.put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, HelpLayout::description);
    sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, HelpLayout::parameters);
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
    sections.put(UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, HelpLayout::exitCodes);
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, HelpLayout::examples);
    line.setHelpSectionMap(sections);
    line.setHelpSectionKeys(commandsFirst(line.getHelpSectionKeys()));
    line.getSubcommands().values().forEach(HelpLayout::lay);
  }

  /** The commands of a group, and of ddb, stand before the options. */
  private static List<String> commandsFirst(List<String> keys) {
    List<String> commands =
        List.of(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    List<String> ordered = new ArrayList<>(keys);
    ordered.removeAll(commands);
    ordered.addAll(ordered.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING), commands);
    return ordered;
  }

  /** A sample: {@code ddb scan [--limit=N] [--max-rcu=N] [--segments=N] [GLOBAL OPTIONS]}. */
  static String synopsis(Help help) {
    CommandSpec spec = help.commandSpec();
    List<String> parts = new ArrayList<>();
    // What must be given comes first.
    own(spec).filter(OptionSpec::required).map(HelpLayout::usage).forEach(parts::add);
    spec.positionalParameters().stream()
        .filter(p -> !p.hidden())
        .map(HelpLayout::usage)
        .forEach(parts::add);
    own(spec)
        .filter(option -> !option.required())
        .map(option -> "[" + usage(option) + "]")
        .forEach(parts::add);
    parts.add(GLOBAL);
    if (!spec.subcommands().isEmpty()) {
      parts.add("COMMAND");
    }
    return wrapped(spec.qualifiedName(), parts, spec.usageMessage().width());
  }

  private static String wrapped(String command, List<String> parts, int width) {
    int before = "Usage: ".length();
    int indent = Math.min(before + command.length() + 1, width / 3);
    return wrapped(command, before, parts, width, "\n" + " ".repeat(indent - 1)) + "\n";
  }

  /** Parts are never broken. */
  private static String wrapped(
      String first, int before, List<String> parts, int width, String newline) {
    StringBuilder text = new StringBuilder(first);
    int column = before + first.length();
    for (String part : parts) {
      if (column + 1 + part.length() >= width - newline.indexOf('\n')) {
        text.append(newline);
        column = newline.length() - newline.indexOf('\n') - 1;
      }
      text.append(' ').append(part);
      column += 1 + part.length();
    }
    return text.toString();
  }

  /** An example that is too long goes on in the next line, as a shell reads it. */
  private static String examples(Help help) {
    int width = help.commandSpec().usageMessage().width();
    StringBuilder text = new StringBuilder();
    for (String line : help.commandSpec().usageMessage().footer()) {
      List<String> words = WORD.matcher(line.strip()).results().map(MatchResult::group).toList();
      text.append(
              line.length() < width
                  ? line
                  : wrapped(
                      "  " + words.get(0), 0, words.subList(1, words.size()), width, " \\\n     "))
          .append('\n');
    }
    return text.toString();
  }

  private static String usage(OptionSpec option) {
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + "=" + option.paramLabel();
  }

  private static String usage(PositionalParamSpec parameter) {
    String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
    return parameter.arity().min() == 0 ? "[" + label + "]" : label;
  }

  private static String options(Help help) {
    CommandSpec spec = help.commandSpec();
    String own = list(help, option -> !isGlobal(spec, option));
    String global = list(help, option -> isGlobal(spec, option));
    boolean first = own.isEmpty() && spec.subcommands().isEmpty();
    return own + (global.isEmpty() ? "" : (first ? "" : "\n") + "Global options:\n" + global);
  }

  private static Stream<OptionSpec> own(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden() && !isGlobal(spec, option))
        .sorted(Comparator.comparing(OptionSpec::longestName));
  }

  /** What every command has; ddb itself has nothing else. */
  private static boolean isGlobal(CommandSpec spec, OptionSpec option) {
    return spec.parent() == null
        || option.inherited()
        || option.usageHelp()
        || option.versionHelp();
  }

  private static String list(Help help, Predicate<OptionSpec> wanted) {
    Entries entries = new Entries(help, column(help.commandSpec()));
    help.commandSpec().options().stream()
        .filter(option -> HeededOptions.lists(help.commandSpec(), option) && wanted.test(option))
        .sorted(Comparator.comparing(option -> option.longestName().replace("-", "")))
        .forEach(option -> entries.add(label(option), option.description()));
    return entries.toString();
  }

  /** Where the descriptions of options and arguments begin. */
  private static int column(CommandSpec spec) {
    Stream<String> options =
        spec.options().stream().filter(o -> HeededOptions.lists(spec, o)).map(HelpLayout::label);
    Stream<String> arguments = spec.positionalParameters().stream().map(HelpLayout::label);
    int longest =
        Stream.concat(options, arguments)
            .mapToInt(String::length)
            .filter(length -> length <= LONGEST_OPTION)
            .max()
            .orElse(0);
    return Math.min(longest + 5, spec.usageMessage().width() - LEAST_TEXT);
  }

  private static String label(PositionalParamSpec parameter) {
    return "    " + usage(parameter);
  }

  /** A sample: {@code -o, --output=FORMAT}. */
  private static String label(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    String shortest = option.shortestName();
    return (shortest.equals(option.longestName()) ? "    " : shortest + ", ")
        + option.longestName()
        + value;
  }

  private static String parameters(Help help) {
    Entries entries = new Entries(help, column(help.commandSpec()));
    help.commandSpec().positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .forEach(parameter -> entries.add(label(parameter), parameter.description()));
    return entries.toString();
  }

  private static String description(Help help) {
    Entries entries = new Entries(help, 0);
    for (String paragraph : help.commandSpec().usageMessage().description()) {
      entries.add("", paragraph);
    }
    return entries.toString();
  }

  private static String commands(Help help) {
    Map<String, CommandLine> all = help.commandSpec().subcommands();
    Entries entries =
        new Entries(help, all.keySet().stream().mapToInt(String::length).max().orElse(0) + 4);
    all.forEach(
        (name, sub) -> entries.add(name, sub.getCommandSpec().usageMessage().description()[0]));
    return entries.toString();
  }

  private static String exitCodes(Help help) {
    Entries entries = new Entries(help, EXIT_CODE);
    help.commandSpec().usageMessage().exitCodeList().forEach(entries::add);
    return entries.toString();
  }

  /** Labels and what is said of each beside it, broken between words and nowhere else. */
  private static final class Entries {
    private static final String INDENT = "  ";
    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final int column;

    /**
     * Entries of a help.
     *
     * @param column where the texts begin; a longer label has a line of its own
     */
    Entries(Help help, int column) {
      this.width = help.commandSpec().usageMessage().width();
      this.column = column;
    }

    void add(String label, String... said) {
      StringBuilder line = new StringBuilder(column == 0 ? "" : INDENT + label);
      if (column > 0 && line.length() > column - 2) {
        text.append(line).append('\n');
        line.setLength(0);
      }
      line.append(" ".repeat(column - line.length()));
      String hanging = " ".repeat(column == 0 ? 0 : column + INDENT.length());
      boolean empty = true;
      for (String word : String.format(String.join(" ", said)).strip().split(" +")) {
        if (!empty && line.length() + 1 + word.length() > width) {
          text.append(line).append('\n');
          line.setLength(0);
          line.append(hanging).append(word);
        } else {
          line.append(empty ? "" : " ").append(word);
        }
        empty = false;
      }
      text.append(line).append('\n');
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
