package com.cruddur.ddb.cli;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, which picocli does not make: a line for each candidate. */
final class FishCompletion {
  private static final String VALUES =
      """
      # Completion of ddb for fish.
      function __ddb_users
          set -q DDB_USERS; or set -l DDB_USERS @USERS@
          string match -rga '"handle" *: *"([A-Za-z0-9_.-]*)"' <$DDB_USERS 2>/dev/null
      end
      function __ddb_profiles
          set -q AWS_CONFIG_FILE; or set -l AWS_CONFIG_FILE ~/.aws/config
          string match -rg '^\\[(?:profile  *)?([A-Za-z0-9_.-]*)\\]' <$AWS_CONFIG_FILE 2>/dev/null
      end
      function __ddb_in -a group name
          __fish_seen_subcommand_from $group; and __fish_seen_subcommand_from $name
      end
      function __ddb_first
          not __fish_seen_subcommand_from @COMMANDS@
      end
      complete -c ddb -f
      """;

  /** What prints the values of options and of arguments, by their names. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "--from", "__ddb_users",
          "--to", "__ddb_users",
          "--user", "__ddb_users",
          "USER", "__ddb_users",
          "--profile", "__ddb_profiles");

  /** Labels of what is the name of a file. */
  private static final Set<String> FILES = Set.of("FILE", "PATH", "DIR", "PLACE", "LEFT", "RIGHT");

  private final StringBuilder script = new StringBuilder();

  private FishCompletion() {}

  /**
   * The script.
   *
   * @param users the users file where DDB_USERS names none, quoted for a shell
   */
  static String of(CommandLine root, String users) {
    FishCompletion fish = new FishCompletion();
    String names = String.join(" ", root.getSubcommands().keySet());
    fish.script.append(VALUES.replace("@USERS@", users).replace("@COMMANDS@", names));
    fish.command(root, "__ddb_first");
    root.getSubcommands().forEach((name, sub) -> fish.topLevel(root, name, sub));
    return fish.script.toString();
  }

  private void topLevel(CommandLine root, String name, CommandLine command) {
    Map<String, CommandLine> members = command.getSubcommands();
    String seen = "__fish_seen_subcommand_from " + name;
    if (members.isEmpty()) {
      String groups =
          root.getSubcommands().entrySet().stream()
              .filter(other -> other.getValue().getSubcommands().containsKey(name))
              .map(Map.Entry::getKey)
              .collect(joining(" "));
      command(
          command,
          groups.isEmpty() ? seen : seen + "; and not __fish_seen_subcommand_from " + groups);
    } else {
      String all = String.join(" ", members.keySet());
      command(command, seen + "; and not __fish_seen_subcommand_from " + all);
      members.forEach((member, sub) -> command(sub, "__ddb_in " + name + " " + member));
    }
  }

  /** What may follow where this condition holds. */
  private void command(CommandLine command, String when) {
    CommandSpec spec = command.getCommandSpec();
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                line(when, "-a " + name, sub.getCommandSpec().usageMessage().description()[0]));
    spec.options().stream()
        .filter(option -> HeededOptions.lists(spec, option))
        .forEach(option -> line(when, names(option) + values(option), option.description()[0]));
    spec.positionalParameters().stream()
        .map(parameter -> candidates(parameter, parameter.paramLabel()))
        .filter(given -> !given.isEmpty())
        .forEach(given -> line(when, given.strip(), ""));
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
        .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.charAt(1))
        .collect(joining(" "));
  }

  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    String candidates = candidates(option, option.longestName());
    return (candidates.equals(" -F") ? " -r" : " -x") + candidates;
  }

  private static String candidates(ArgSpec argument, String name) {
    Object[] constants = argument.type().getEnumConstants();
    if (constants != null) {
      return " -a " + quoted(Stream.of(constants).map(String::valueOf).collect(joining(" ")));
    } else if (argument.completionCandidates() != null) {
      return " -a " + quoted(String.join(" ", argument.completionCandidates()));
    } else if (FILES.contains(argument.paramLabel())) {
      return " -F";
    }
    String function = FUNCTIONS.get(name);
    return function == null ? "" : " -a '(" + function + ")'";
  }

  private void line(String when, String what, String said) {
    script.append("complete -c ddb -n ").append(quoted(when)).append(' ').append(what);
    if (!said.isEmpty()) {
      script.append(" -d ").append(quoted(String.format(said)));
    }
    script.append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
