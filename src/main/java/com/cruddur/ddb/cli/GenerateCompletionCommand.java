package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Printers;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ddb generate-completion}. */
@Command(
    name = "generate-completion",
    description = {
      "Print the completion script for bash and zsh.",
      "Put the first example into ~/.bashrc or ~/.zshrc."
    },
    footer = {"  source <(ddb generate-completion)", "  ddb generate-completion > ddb.bash"})
public final class GenerateCompletionCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec;

  public GenerateCompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String script =
        AutoComplete.bash("ddb", spec.root().commandLine())
                // Where it knows no candidates a shell completes file names, as FILE and PATH want.
                .replace("type compopt &>/dev/null && compopt +o default\n", "")
            + "\n";
    // As it is, on a terminal too: it is ours, and it has backslashes.
    Printers.bytes(context.cliEnvironment().out(), script.getBytes(UTF_8), false);
    return ExitCode.DONE;
  }
}
