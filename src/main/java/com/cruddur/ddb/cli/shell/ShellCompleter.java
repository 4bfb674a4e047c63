package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.output.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.completer.FileNameCompleter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.shell.jline3.PicocliJLineCompleter;

/**
 * Completes commands, options and their values by picocli, and users, conversations, cache keys and
 * files by what an argument is called in the help. What comes from data is offered only if it holds
 * nothing that a terminal obeys and nothing that would have to be escaped.
 */
public final class ShellCompleter implements Completer {
  private final CommandContext context;
  private final Supplier<CommandLine> commands;
  private final CompletionCache seen;
  private final Completer files = new FileNameCompleter();
  private CommandSpec root;
  private Completer picocli;
  private List<String> users;

  public ShellCompleter(
      CommandContext context, Supplier<CommandLine> commands, CompletionCache seen) {
    this.context = context;
    this.commands = commands;
    this.seen = seen;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    prepare();
    List<String> before = line.words().subList(0, line.wordIndex());
    switch (label(before, line.word())) {
      case "USER", "U" ->
          offer(Stream.concat(users().stream(), seen.handles().stream()), candidates);
      case "CONVERSATION", "C" -> offer(seen.conversations().stream(), candidates);
      case "KEY" -> offer(seen.keys().stream(), candidates);
      case "FILE", "PATH" -> files.complete(reader, line, candidates);
      case "COMMAND" -> {
        if (before.isEmpty()) {
          offer(Stream.of("help", "exit", "quit"), candidates);
        }
        picocli.complete(reader, line, candidates);
      }
      default -> {
        // A text or a number: nothing to offer.
      }
    }
  }

  /** A tree of its own: completing parses, and must leave the commands that run alone. */
  private void prepare() {
    if (root == null) {
      root = commands.get().getCommandSpec();
      picocli = new PicocliJLineCompleter(root);
    }
  }

  /** What the help calls the word; COMMAND for all that picocli completes. */
  private String label(List<String> before, String word) {
    CommandSpec command = root;
    OptionSpec waiting = null;
    int position = 0;
    for (String argument : before) {
      CommandLine sub = command.subcommands().get(argument);
      if (waiting != null) {
        waiting = null;
      } else if (argument.startsWith("-")) {
        OptionSpec option = command.findOption(argument);
        waiting = option == null || option.arity().max() == 0 ? null : option;
      } else if (sub != null) {
        command = sub.getCommandSpec();
        position = 0;
      } else {
        position++;
      }
    }
    if (waiting != null) {
      return waiting.completionCandidates() == null && !isEnum(waiting)
          ? waiting.paramLabel()
          : "COMMAND";
    }
    return word.startsWith("-") ? "COMMAND" : positional(command, position);
  }

  private static boolean isEnum(OptionSpec option) {
    return option.type().isEnum();
  }

  private static String positional(CommandSpec command, int position) {
    return command.positionalParameters().stream()
        .filter(parameter -> parameter.index().contains(position))
        .map(PositionalParamSpec::paramLabel)
        .findFirst()
        .orElse("COMMAND");
  }

  /** Handles of the users file; none when it cannot be read. */
  private List<String> users() {
    if (users == null) {
      users = new ArrayList<>();
      try {
        users.addAll(context.users().handles());
      } catch (CommandException e) {
        context.notices().detail(e.getMessage());
      }
    }
    return users;
  }

  private static void offer(Stream<String> names, List<Candidate> candidates) {
    names
        .distinct()
        .filter(ShellCompleter::isPlain)
        .forEach(name -> candidates.add(new Candidate(name)));
  }

  static boolean isPlain(String name) {
    return VisibleText.of(name).equals(name) && name.matches("[^\\s'\"\\\\-][^'\"\\\\]*");
  }
}
