package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CapacityLine;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ElsewhereException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Failure;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.ListsRecords;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.startup.CommandModel;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.BrokenPipeException;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs one command line in a context of its own. */
final class CommandRun {
  private static final String OUTPUT = "(?i) (?:-o|--output)[ =]?(table|(?:nd)?json|csv) ";

  private final CommandContext context;
  private final Map<String, String> defaults;
  private final CommandLine commandLine;

  /** Null where annotations are read. */
  private final CommandModel model;

  /** The command that runs, such as {@code cache get}. */
  private String command = "COMMAND";

  /**
   * A run.
   *
   * @param defaults values of global options where the line gives none, by the longest name of each
   */
  CommandRun(CommandContext context, Map<String, String> defaults) {
    this(context, defaults, null);
  }

  private CommandRun(CommandContext context, Map<String, String> defaults, CommandModel model) {
    this.context = context;
    this.defaults = defaults;
    this.model = model;
    DdbCommand root = new DdbCommand();
    this.commandLine =
        model == null ? new CommandLine(root, Cli.factory(context)) : model.line(root);
  }

  /** Runs a command line; returns its exit code. Never throws. */
  static int run(CommandContext context, Map<String, String> defaults, String... args) {
    CommandModel model =
        Commands.isNamed(args) ? CommandModel.of(Cli.factory(context), args) : null;
    return new CommandRun(context, defaults, model).run(args);
  }

  private int run(String... args) {
    try {
      UnreadText.refuse(args);
      UnreadText.refuse(context.environment());
    } catch (CommandException e) {
      Failures.of(e, null).tell(notices(), formatOf(args));
      return ExitCode.USAGE;
    }
    try {
      if (model == null) {
        Commands.add(commandLine, context, args);
      } else {
        Commands.add(commandLine, model, context, args);
      }
      configure();
      return flush(commandLine.execute(args));
    } catch (RuntimeException | Error e) {
      return fail(e, context.target());
    }
  }

  private void configure() {
    commandLine
        .setOut(new PrintWriter(context.out()))
        .setErr(new PrintWriter(context.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // @name is a handle, or the begin of a message, never a file of arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(this::usageError)
        .setExecutionExceptionHandler((e, line, parsed) -> fail(e, context.target()))
        .setExecutionStrategy(this::execute);
    if (model == null) {
      HelpLayout.apply(commandLine, context.terminal().columns());
    }
    if (!defaults.isEmpty()) {
      commandLine.setDefaultValueProvider(
          arg -> arg instanceof OptionSpec o ? defaults.get(o.longestName()) : null);
    }
  }

  private int execute(ParseResult parsed) {
    try {
      Integer help = CommandLine.executeHelpRequest(parsed);
      if (help != null) {
        return help;
      }
    } catch (BrokenPipeException | UncheckedIOException e) {
      return fail(e, null);
    }
    ParseResult leaf = leaf(parsed);
    command = leaf.commandSpec().qualifiedName().replaceFirst("^ddb ?", "");
    if (model != null && !(leaf.commandSpec().userObject() instanceof Callable)) {
      return withoutModel(parsed.originalArgs().toArray(String[]::new));
    }
    try {
      context.begin(
          (DdbCommand) parsed.commandSpec().userObject(),
          leaf.commandSpec().userObject() instanceof WritesTable writer && writer.writesTable());
      context.format();
      if (leaf.commandSpec().userObject() instanceof ListsRecords list) {
        context.results().check(list);
      }
    } catch (RuntimeException e) {
      return fail(e, null);
    }
    try {
      if (context.output().explain) {
        return explain(leaf.commandSpec().commandLine());
      }
      int code = new RunLast().execute(parsed);
      context.end();
      showCapacity();
      return code;
    } catch (CommandLine.ExecutionException e) {
      showCapacity();
      return fail(e.getCause() == null ? e : e.getCause(), context.target());
    } catch (CommandException e) {
      return fail(e, null);
    }
  }

  private static ParseResult leaf(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last;
  }

  private int explain(CommandLine command) {
    Object object = command.getCommand();
    if (!(object instanceof Explainable explainable)) {
      throw CommandException.usage(
          "'" + command.getCommandSpec().qualifiedName() + "' cannot be explained",
          "--explain knows the commands that work on the table; leave it out.");
    }
    try {
      context.document(explainable.explain());
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      return fail(e, context.target());
    }
  }

  private void showCapacity() {
    if (context.output().showCapacity) {
      context.notices().report(CapacityLine.of(context.clients().meter().usage()));
    }
  }

  /** One line of what is wrong with the command line and one of where to look. */
  private int usageError(ParameterException e, String[] args) {
    if (model != null) {
      return withoutModel(args);
    }
    if (UsageError.isCommandMissing(e) && formatOf(args) != OutputFormat.JSON) {
      e.getCommandLine().usage(commandLine.getErr(), Ansi.OFF);
      return ExitCode.USAGE;
    }
    UsageError error = UsageError.of(e);
    DdbCommand root = commandLine.getCommand();
    context
        .notices(root.outputOptions())
        .error(formatOf(args), "usage", error.message(), error.hint());
    return ExitCode.USAGE;
  }

  /** What is wrong with a command line is told in words that only the annotations hold. */
  private int withoutModel(String... args) {
    return new CommandRun(context, defaults).run(args);
  }

  int fail(Throwable e, Target target) {
    return e instanceof ElsewhereException elsewhere
        ? fail(
            elsewhere.failure(), elsewhere.where(), elsewhere.notices(notices()), elsewhere::told)
        : fail(e, target, notices(), failure -> failure);
  }

  private int fail(Throwable e, Target target, Notices notices, UnaryOperator<Failure> completed) {
    Failure failure =
        context.interruptible().isStopped()
            ? Failures.interrupted(e)
            : told(completed.apply(Failures.of(e, target)), target)
                .withRest(context.afterFailure());
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    notices().detail(trace.toString());
    if (failure.message() != null) {
      flush(failure.exitCode());
      failure.tell(notices, format());
    }
    return failure.exitCode();
  }

  private Failure told(Failure failure, Target target) {
    Failure named = failure.of(command);
    return target != null && target.isProd() ? named.inAccount(context.clients()::account) : named;
  }

  private Notices notices() {
    return context.notices();
  }

  private OutputFormat format() {
    try {
      return context.format();
    } catch (CommandException e) {
      return OutputFormat.TABLE;
    }
  }

  /** The format that was asked for on a command line that could not be parsed, or by the shell. */
  private OutputFormat formatOf(String[] args) {
    Matcher asked = Pattern.compile(OUTPUT).matcher(" " + String.join(" ", args) + " ");
    String name = asked.find() ? asked.group(1) : defaults.getOrDefault("--output", "");
    boolean json = name.toLowerCase(Locale.ROOT).endsWith("json");
    return json ? OutputFormat.JSON : name.isEmpty() ? format() : OutputFormat.TABLE;
  }

  /** A reader that went away is no failure: it has seen what it wanted. */
  private int flush(int code) {
    try {
      context.out().flush();
      return code;
    } catch (BrokenPipeException e) {
      return code;
    } catch (IOException | UncheckedIOException e) {
      return code == ExitCode.DONE ? fail(e, context.target()) : code;
    }
  }
}
