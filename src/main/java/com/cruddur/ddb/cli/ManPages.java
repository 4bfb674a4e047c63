package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Writes the manual page of every command, from what {@code --help} prints; see groff_man(7): a
 * program of the build.
 */
final class ManPages {
  private static final int WIDTH = 78;

  private final StringBuilder page = new StringBuilder();

  private ManPages() {}

  /** Takes the folder to write to. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    CommandContext context = new CommandContext(CliEnvironment.nowhere(Map.of(), null));
    CommandLine root = new CommandLine(new DdbCommand(), Cli.factory(context));
    Commands.add(root, context);
    write(root, folder);
  }

  private static void write(CommandLine command, Path folder) throws IOException {
    Files.writeString(folder.resolve(name(command) + ".1"), new ManPages().page(command));
    for (CommandLine sub : command.getSubcommands().values()) {
      write(sub, folder);
    }
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private static String synopsis(CommandLine command) {
    HelpLayout.apply(command, WIDTH);
    return HelpLayout.synopsis(command.getHelp());
  }

  private String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    List<String> description = Arrays.stream(usage.description()).map(String::format).toList();
    line(
        ".TH \""
            + name(command).toUpperCase(Locale.ROOT)
            + "\" 1 \"\" \"ddb "
            + Version.number()
            + "\"");
    // Neither hyphens that are not there, nor blanks that stretch a line.
    line(".nh").line(".ad l");
    section("NAME").line(escaped(name(command)) + " \\- " + escaped(description.get(0)));
    section("SYNOPSIS").verbatim(List.of(synopsis(command).split("\n")));
    section("DESCRIPTION");
    description.forEach(paragraph -> line(".PP").text(paragraph));
    arguments(spec);
    section("OPTIONS");
    spec.options().stream()
        .filter(option -> HeededOptions.lists(spec, option))
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(this::option);
    commands(command);
    section("EXIT STATUS");
    usage.exitCodeList().forEach((code, meaning) -> entry(bold(code), meaning));
    section("EXAMPLES").verbatim(Arrays.stream(usage.footer()).map(String::strip).toList());
    seeAlso(command);
    return page.toString();
  }

  private void arguments(CommandSpec spec) {
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
    }
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      entry(italic(argument.paramLabel()), String.join(" ", argument.description()));
    }
  }

  private void option(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + italic(option.paramLabel());
    String names =
        Arrays.stream(option.names()).map(ManPages::bold).collect(Collectors.joining(", "));
    entry(names + value, String.join(" ", option.description()));
  }

  private void commands(CommandLine command) {
    if (!command.getSubcommands().isEmpty()) {
      section("COMMANDS");
    }
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> entry(bold(name), sub.getCommandSpec().usageMessage().description()[0]));
  }

  private void seeAlso(CommandLine command) {
    List<String> others = new ArrayList<>();
    if (command.getParent() != null) {
      others.add(name(command.getParent()));
    }
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      others.add(name(sub.getValue()));
    }
    section("SEE ALSO")
        .line(others.stream().map(name -> bold(name) + "(1)").collect(Collectors.joining(",\n")));
  }

  private ManPages section(String heading) {
    return line(".SH " + heading);
  }

  private void entry(String term, String text) {
    line(".TP").line(term).text(String.format(text));
  }

  private void verbatim(List<String> lines) {
    line(".nf");
    lines.forEach(this::text);
    line(".fi");
  }

  private ManPages text(String text) {
    // At its beginning these would be requests.
    return line((text.startsWith(".") || text.startsWith("'") ? "\\&" : "") + escaped(text));
  }

  private ManPages line(String line) {
    page.append(line).append('\n');
    return this;
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** An unescaped - or ' is a typographic one, which a shell does not understand when pasted. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .replace("…", "...");
  }
}
