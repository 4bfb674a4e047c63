package com.cruddur.ddb.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Printers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddb generate-completion}. */
@Command(
    name = "generate-completion",
    description = {
      "Print the completion script for a shell.",
      "Put the first example into ~/.bashrc or ~/.zshrc; the last is for fish."
    },
    footer = {
      "  source <(ddb generate-completion)",
      "  ddb generate-completion bash > ddb.bash",
      "  ddb generate-completion fish > ddb.fish  # in ~/.config/fish/completions"
    })
public final class GenerateCompletionCommand implements Callable<Integer> {
  private static final String NO_ARGUMENTS = "local positionals=\"\"";
  private static final String REPLY =
      "COMPREPLY=( $(compgen -W \"$(%s)\" -- \"${curr_word}\") )\n      return\n";

  /** What prints the values of options and of arguments, by their names. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "--from", "_ddb_users",
          "--to", "_ddb_users",
          "--user", "_ddb_users",
          "--profile", "_ddb_profiles",
          "--table", "_ddb_tables",
          "--cache", "_ddb_caches");

  private static final Map<String, String> ARGUMENTS =
      Map.of("USER", "_ddb_users", "NAME", "_ddb_caches");

  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final CommandContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "bash or zsh, which have one script, or fish; default: bash.")
  private String shell = "bash";

  @Spec private CommandSpec spec;

  public GenerateCompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw CommandException.usage(
          "there is no completion for '" + shell + "'", "It is for bash, zsh or fish.");
    }
    CommandLine root = spec.root().commandLine();
    String script =
        shell.equals("fish") ? FishCompletion.of(root, users("\\\\", "\\'")) : bash(root);
    // As it is, on a terminal too: it is ours, and it has backslashes.
    Printers.bytes(context.cliEnvironment().out(), script.getBytes(UTF_8), false);
    return ExitCode.DONE;
  }

  private String bash(CommandLine root) {
    String script =
        AutoComplete.bash("ddb", root)
            // Where it knows no candidates a shell completes file names, as FILE and PATH want.
            .replace("type compopt &>/dev/null && compopt +o default\n", "");
    for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
      script =
          script.replace(
              "'" + option.getKey() + "')\n      return\n",
              "'" + option.getKey() + "')\n      " + REPLY.formatted(option.getValue()));
    }
    return withArguments(script, root) + values();
  }

  /** Arguments of a command are completed where its function has an empty list for them. */
  private static String withArguments(String script, CommandLine command) {
    String completed = script;
    String function = command.getCommandSpec().qualifiedName("_").replace("-", "");
    int start = completed.indexOf("\nfunction _picocli_" + function + "() {");
    for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
      String values = ARGUMENTS.get(argument.paramLabel());
      int list = completed.indexOf(NO_ARGUMENTS, start);
      if (values != null && start >= 0 && list >= 0) {
        completed =
            completed.substring(0, list)
                + NO_ARGUMENTS.replace("\"\"", "\"$(" + values + ")\"")
                + completed.substring(list + NO_ARGUMENTS.length());
      }
    }
    for (CommandLine member : command.getSubcommands().values()) {
      completed = withArguments(completed, member);
    }
    return completed;
  }

  /** The sample users' file in single quotes, in which a shell writes these two so. */
  private String users(String backslash, String quote) {
    String file =
        context
            .cliEnvironment()
            .sampleData()
            .users()
            .map(path -> path.toAbsolutePath().toString())
            .orElse("");
    return "'" + file.replace("\\", backslash).replace("'", quote) + "'";
  }

  /** Functions that print values, which are read when the key is typed. */
  private String values() {
    try (InputStream in = GenerateCompletionCommand.class.getResourceAsStream("values.bash")) {
      return new String(in.readAllBytes(), UTF_8).replace("@USERS@", users("\\", "'\\''"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
