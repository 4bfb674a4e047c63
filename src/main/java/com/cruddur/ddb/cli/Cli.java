package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CapacityLine;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import com.cruddur.ddb.cli.shell.LineRunner;
import com.cruddur.ddb.cli.startup.CommandModel;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.WarmUp;
import com.cruddur.ddb.output.BrokenPipeException;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs one command line. */
public final class Cli implements LineRunner {
  private final CommandContext context;
  private final CommandLine commandLine;
  private final CompletableFuture<Void> warmUp;
  private final CommandModel model;

  /** For any number of command lines, one after the other. */
  public Cli(CommandContext context) {
    this(context, CompletableFuture.completedFuture(null), null);
  }

  /** With a model, null for none, for the one command line that it was made for. */
  private Cli(CommandContext context, CompletableFuture<Void> warmUp, CommandModel model) {
    this.context = context;
    this.warmUp = warmUp;
    this.model = model;
    DdbCommand root = new DdbCommand();
    this.commandLine = model == null ? new CommandLine(root, factory(context)) : model.line(root);
  }

  /** Opens command lines for the shell, each with a context of its own. */
  static LineRunner.Source lines(CliEnvironment cliEnvironment) {
    return new LineRunner.Source() {
      @Override
      public LineRunner open(
          CliEnvironment place, Map<String, String> defaults, CompletionCache seen) {
        Cli cli = new Cli(new CommandContext(place, seen));
        cli.commandLine.setDefaultValueProvider(
            arg -> arg instanceof OptionSpec o ? defaults.get(o.longestName()) : null);
        return cli;
      }

      @Override
      public CommandLine commands() {
        Cli cli = new Cli(new CommandContext(cliEnvironment));
        Commands.add(cli.commandLine);
        return cli.commandLine;
      }
    };
  }

  private void configure() {
    commandLine
        .setOut(new PrintWriter(context.out()))
        .setErr(new PrintWriter(context.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // @name is a handle, or the begin of a message, never a file of arguments.
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setParameterExceptionHandler(this::usageError)
        .setExecutionExceptionHandler((e, line, parsed) -> fail(e, context.target()))
        .setExecutionStrategy(this::execute);
  }

  /** Runs a command line; see {@link ExitCode} for what it returns. Never throws, never exits. */
  public static int run(CliEnvironment cliEnvironment, String... args) {
    return run(cliEnvironment, warmUp(args), args);
  }

  /**
   * Begins what a command line will need, if it looks like one that asks something of DynamoDB;
   * completes when that is there.
   */
  public static CompletableFuture<Void> warmUp(String... args) {
    return Catalogue.mayUseTable(args) ? WarmUp.begin() : CompletableFuture.completedFuture(null);
  }

  /** The same with what {@link #warmUp} began. */
  public static int run(
      CliEnvironment cliEnvironment, CompletableFuture<Void> warmUp, String... args) {
    byte[] ready = PrecomputedHelp.to(args);
    if (ready != null) {
      return print(ready, cliEnvironment);
    }
    try (CommandContext context = new CommandContext(cliEnvironment)) {
      CommandModel model = Commands.isNamed(args) ? CommandModel.of(factory(context), args) : null;
      return new Cli(context, warmUp, model).run(args);
    }
  }

  private static int print(byte[] text, CliEnvironment cliEnvironment) {
    try {
      Printers.bytes(cliEnvironment.out(), text, false);
      return ExitCode.DONE;
    } catch (BrokenPipeException e) {
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      try (CommandContext context = new CommandContext(cliEnvironment)) {
        return new Cli(context).fail(e, null);
      }
    }
  }

  @Override
  public int run(String... args) {
    try {
      UnreadText.refuse(args);
      UnreadText.refuse(context.environment());
      if (model != null) {
        Commands.add(commandLine, model, args);
        configure();
      } else if (Commands.add(commandLine, args)) {
        configure();
      }
      return flush(commandLine.execute(args));
    } catch (RuntimeException | Error e) {
      return fail(e, context.target());
    }
  }

  @Override
  public void deferRows() {
    context.sends().begin();
  }

  @Override
  public void close() {
    context.close();
  }

  @Override
  public int settle() {
    try {
      context.sends().end();
      return ExitCode.DONE;
    } catch (RuntimeException | Error e) {
      return fail(e, context.target());
    }
  }

  /** Commands get the context, and the shell its lines, by their constructor. */
  public static IFactory factory(CommandContext context) {
    IFactory plain = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getConstructors()) {
          Class<?>[] wanted = constructor.getParameterTypes();
          if (wanted.length > 0 && wanted[0] == CommandContext.class) {
            return type.cast(
                wanted.length == 1
                    ? constructor.newInstance(context)
                    : constructor.newInstance(context, lines(context.cliEnvironment())));
          }
        }
        return plain.create(type);
      }
    };
  }

  private int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    ParseResult leaf = leaf(parsed);
    if (model != null && !(leaf.commandSpec().userObject() instanceof Callable)) {
      return withoutModel(parsed.originalArgs().toArray(String[]::new));
    }
    // Two threads that initialise the same classes in another order could wait for each other.
    warmUp.join();
    try {
      context.begin(
          (DdbCommand) parsed.commandSpec().userObject(),
          leaf.hasMatchedOption(DryRunOption.NAME),
          leaf.commandSpec().userObject() instanceof WritesTable writer && writer.writesTable());
      context.format();
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
    UsageError error = UsageError.of(e);
    DdbCommand root = commandLine.getCommand();
    context
        .notices(root.outputOptions())
        .error(formatOf(args), "usage", error.message(), error.hint());
    return ExitCode.USAGE;
  }

  /** What is wrong with a command line is told in words that only the annotations hold. */
  private int withoutModel(String... args) {
    return new Cli(context, warmUp, null).run(args);
  }

  private int fail(Throwable e, Target target) {
    Failures.Failure failure =
        context.interruptible().isStopped()
            ? Failures.interrupted(e)
            : Failures.of(e, target).withRest(context.afterFailure());
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    notices().detail(trace.toString());
    if (failure.message() != null) {
      flush(failure.exitCode());
      failure.tell(notices(), format());
    }
    return failure.exitCode();
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

  /** The format that was asked for on a command line that could not be parsed. */
  private OutputFormat formatOf(String[] args) {
    String text = " " + String.join(" ", args).toLowerCase(Locale.ROOT) + " ";
    boolean json = text.matches("(?s).* (-o|--output)[ =]?(nd)?json .*");
    return json ? OutputFormat.JSON : format();
  }

  /** A reader that went away is no failure: it has seen what it wanted. */
  private int flush(int code) {
    try {
      context.out().flush();
      return code;
    } catch (IOException | BrokenPipeException e) {
      return code;
    }
  }
}
