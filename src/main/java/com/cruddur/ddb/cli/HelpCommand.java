package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ddb help}. */
@Command(
    name = "help",
    description = "Print the help of a command, or of ddb with all its commands.",
    footer = {"  ddb help", "  ddb help send-message", "  ddb help cache get"})
public final class HelpCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command's name, such as scan or cache get; default: ddb itself.")
  private List<String> words = List.of();

  public HelpCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandLine command = new CommandLine(new DdbCommand(), Cli.factory(context));
    Commands.add(command, context);
    HelpLayout.apply(command, context.terminal().columns());
    // In quotes too: 'cache get'.
    List<String> path = List.of(String.join(" ", words).strip().split("\\s+"));
    for (int i = 0; i < path.size() && !path.get(i).isEmpty(); i++) {
      CommandLine next = command.getSubcommands().get(path.get(i));
      if (next == null) {
        throw new UnmatchedArgumentException(command, path.subList(i, path.size()));
      }
      command = next;
    }
    CommandLine found = command;
    context
        .results()
        .paged(
            out -> {
              PrintWriter text = new PrintWriter(out);
              found.usage(text, Ansi.OFF);
              text.flush();
            });
    return ExitCode.DONE;
  }
}
