package com.cruddur.ddb.cli;

import com.cruddur.ddb.chat.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli finds wrong with a command line, in ddb's words: the cause, and the cure. */
record UsageError(String message, String hint) {
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  static UsageError of(ParameterException e) {
    String help = "See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched, help);
    } else if (e instanceof MissingParameterException missing) {
      String message = missing(missing);
      return new UsageError(
          message,
          message.contains("TEXT") && !message.startsWith("--")
              ? "Put -- before a text that begins with -. " + help
              : help);
    } else if (e instanceof OverwrittenOptionException twice) {
      return new UsageError(name(twice.getOverwritten()) + " is given twice", help);
    } else if (e.getArgSpec() != null && e.getValue() != null) {
      String wanted = wanted(e.getArgSpec().type());
      return new UsageError(
          name(e.getArgSpec()) + " is '" + e.getValue() + "'",
          wanted == null ? help : wanted + " " + help);
    }
    return new UsageError(isCommandMissing(e) ? "a command is missing" : firstLine(e), help);
  }

  /** Whether a group of commands was named, or ddb alone, and none of its commands. */
  static boolean isCommandMissing(ParameterException e) {
    return firstLine(e).equals("Missing required subcommand");
  }

  private static String firstLine(ParameterException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static UsageError unmatched(UnmatchedArgumentException e, String help) {
    String first = "'" + e.getUnmatched().get(0) + "'";
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e.isUnknownOption()) {
      return new UsageError(
          "unknown option " + first, Spelling.question(option(e), options(command)) + help);
    }
    return command.subcommands().isEmpty()
        ? new UsageError("one argument too many: " + first, help)
        : new UsageError(
            "unknown command " + first,
            Spelling.question(e.getUnmatched().get(0), command.subcommands().keySet()) + help);
  }

  /** Without its value. */
  private static String option(UnmatchedArgumentException e) {
    return e.getUnmatched().get(0).replaceFirst("=.*", "");
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Arrays.stream(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static String missing(MissingParameterException e) {
    if (e.getMessage().startsWith("Missing required parameter for option")) {
      ArgSpec option = e.getMissing().get(0);
      return name(option) + " needs a value, " + option.paramLabel();
    }
    // Only the message has all of them: 'CONVERSATION', 'TEXT' or '--from=USER', '--to=USER'.
    List<String> missing =
        QUOTED
            .matcher(e.getMessage())
            .results()
            .map(match -> match.group(1).replace('=', ' '))
            .toList();
    if (missing.isEmpty()) {
      return e.getMessage();
    }
    return String.join(" and ", missing) + (missing.size() == 1 ? " is missing" : " are missing");
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** What a value of a type is; null where only the help can say. */
  private static String wanted(Class<?> type) {
    if (type.isEnum()) {
      return "It is " + Spelling.either(lowerCase(type.getEnumConstants())) + ".";
    } else if (type == boolean.class || type == Boolean.class) {
      return "It takes no value.";
    }
    boolean whole = Set.of(int.class, Integer.class, long.class, Long.class).contains(type);
    return whole ? "It is a whole number." : null;
  }

  private static List<String> lowerCase(Object[] constants) {
    return Arrays.stream(constants).map(c -> c.toString().toLowerCase(Locale.ROOT)).toList();
  }
}
