package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ddb shell}. */
@Command(
    name = "shell",
    description = {
      "Run commands at one prompt, with history and completion, or a script of them.",
      "A script comes from FILE or a pipe and ends at the first line that fails, with its exit code;"
          + " commands that ask refuse without --yes. Clients stay open from line to line, and global"
          + " options given here hold for every line.",
      "Messages that lines of a script send one after another move the rows of their conversations"
          + " together: after the last of them, and a second after the first at the latest.",
      "A line is a command without 'ddb'. Words are quoted as in sh, # begins a comment, nothing is"
          + " expanded. 'help' lists the commands; Ctrl-C stops a command, Ctrl-D or 'exit' leaves."
    },
    exitCodeList = {
      "3:a line did not find something",
      ExitCode.NOT_CONFIRMED,
      "5:a line finished with findings",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb shell  # a prompt; Ctrl-D leaves it",
      "  printf 'describe\\nlist-conversations bayko\\n' | ddb shell",
      "  echo 'get-conversation none' | ddb shell  # exit 2"
    })
public final class ShellCommand implements Callable<Integer> {
  private static final String NAMES = "Name a file of command lines, or - for standard input.";

  private final CommandContext context;
  private final LineRunner.Source lines;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The script; - or nothing: standard input, a prompt if that is a terminal.")
  private String file;

  @Option(
      names = "--keep-going",
      description =
          "In a script: go on after a failing line; the exit code is that of the first one.")
  private boolean keepGoing;

  @Spec private CommandSpec spec;

  public ShellCommand(CommandContext context, LineRunner.Source lines) {
    this.context = context;
    this.lines = lines;
  }

  @Override
  public Integer call() {
    if (context.inShell()) {
      throw CommandException.usage("this is the shell already", "Type the command itself.");
    }
    Map<String, String> defaults = defaults();
    // Each line tells its own.
    context.output().showCapacity = false;
    CliEnvironment.Terminal terminal = context.terminal();
    if (file == null && terminal.in() && terminal.err()) {
      return ShellPrompt.run(context, lines, defaults);
    }
    return file == null || file.equals("-") ? piped(defaults) : script(Path.of(file), defaults);
  }

  private int piped(Map<String, String> defaults) {
    CliEnvironment place = context.cliEnvironment();
    // The commands must not eat the script. A read of any length ends at its first byte.
    @SuppressWarnings("InputStreamSlowMultibyteRead")
    InputStream none =
        new InputStream() {
          @Override
          public int read() {
            throw CommandException.usage(
                "standard input is the script, a command cannot read it",
                "Put the script into a file: 'ddb shell FILE'.");
          }
        };
    return script(place.in(), "<stdin>", none, defaults);
  }

  private int script(Path path, Map<String, String> defaults) {
    if (Files.isDirectory(path)) {
      throw CommandException.usage("the script " + path + " is a folder", NAMES);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return script(in, path.toString(), context.in(), defaults);
    } catch (IOException e) {
      throw CommandException.usage(
          "the script "
              + path
              + (e instanceof NoSuchFileException ? " does not exist" : " cannot be read"),
          NAMES);
    }
  }

  private int script(InputStream in, String name, InputStream stdin, Map<String, String> defaults) {
    try (Shell shell = new Shell(lines, context.cliEnvironment().script(stdin), defaults)) {
      return new ShellScript(in, name, context.notices(), context.format()).run(shell, keepGoing);
    }
  }

  /** The global options that were given, by their longest name. */
  private Map<String, String> defaults() {
    Map<String, String> given = new HashMap<>();
    for (OptionSpec option : spec.root().options()) {
      Object value = option.getValue();
      if (value != null && !value.equals(false)) {
        given.put(option.longestName(), value.toString());
      }
    }
    return given;
  }
}
