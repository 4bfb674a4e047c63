package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CapacityLine;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.Invocation;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import com.cruddur.ddb.cli.startup.CommandModel;
import com.cruddur.ddb.cli.startup.ReadyAnswer;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs one command line. */
public final class Cli {
  private final Session session;
  private final CommandLine commandLine;
  private final CompletableFuture<Void> warmUp;
  private final CommandModel model;

  /** For any number of command lines, one after the other. */
  public Cli(Session session) {
    this(session, CompletableFuture.completedFuture(null), null);
  }

  /** With a model, null for none, for the one command line that it was made for. */
  private Cli(Session session, CompletableFuture<Void> warmUp, CommandModel model) {
    this.session = session;
    this.warmUp = warmUp;
    this.model = model;
    DdbCommand root = new DdbCommand();
    this.commandLine = model == null ? new CommandLine(root, factory(session)) : model.line(root);
  }

  /** The value of a global option where a command line gives none; see picocli. */
  public void defaults(IDefaultValueProvider defaults) {
    commandLine.setDefaultValueProvider(defaults);
  }

  private void configure() {
    commandLine
        .setOut(new PrintWriter(session.out()))
        .setErr(new PrintWriter(session.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // @name is a handle, or the begin of a message, never a file of arguments.
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setParameterExceptionHandler(this::usageError)
        .setExecutionExceptionHandler((e, line, parsed) -> fail(e, session.target()))
        .setExecutionStrategy(this::execute);
  }

  /** Runs a command line; see {@link ExitCode} for what it returns. Never throws, never exits. */
  public static int run(Invocation invocation, String... args) {
    return run(invocation, warmUp(args), args);
  }

  /**
   * Begins what a command line will need, if it looks like one that asks something of DynamoDB;
   * completes when that is there.
   */
  public static CompletableFuture<Void> warmUp(String... args) {
    return Commands.mayUseTable(args) ? WarmUp.begin() : CompletableFuture.completedFuture(null);
  }

  /** The same with what {@link #warmUp} began. */
  public static int run(Invocation invocation, CompletableFuture<Void> warmUp, String... args) {
    byte[] ready = ReadyAnswer.to(args);
    if (ready != null) {
      return print(ready, invocation);
    }
    try (Session session = new Session(invocation)) {
      CommandModel model = Commands.isNamed(args) ? CommandModel.of(factory(session), args) : null;
      return new Cli(session, warmUp, model).run(args);
    }
  }

  /** The names of all commands, such as {@code scan} and {@code cache get}. */
  public static List<String> commands(Invocation invocation) {
    try (Session session = new Session(invocation)) {
      return Commands.leaves(new Cli(session).commandLine, session);
    }
  }

  private static int print(byte[] text, Invocation invocation) {
    try {
      Printers.bytes(invocation.out(), text, false);
      return ExitCode.DONE;
    } catch (BrokenPipeException e) {
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      try (Session session = new Session(invocation)) {
        return new Cli(session).fail(e, null);
      }
    }
  }

  /** Runs one of several command lines; never throws. */
  public int run(String... args) {
    try {
      if (model != null) {
        Commands.add(commandLine, session, model, args);
        configure();
      } else if (Commands.add(commandLine, session, args)) {
        configure();
      }
      return flush(commandLine.execute(args));
    } catch (RuntimeException | Error e) {
      return fail(e, session.target());
    }
  }

  /** Ends what the command lines so far have left to be done; never throws. */
  public int settle() {
    try {
      session.sends().end();
      return ExitCode.DONE;
    } catch (RuntimeException | Error e) {
      return fail(e, session.target());
    }
  }

  /** Commands get the session by their constructor; everything else is made as picocli does. */
  public static IFactory factory(Session session) {
    IFactory plain = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
          if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Session.class})) {
            return type.cast(constructor.newInstance(session));
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
      session.begin(
          (DdbCommand) parsed.commandSpec().userObject(),
          leaf.hasMatchedOption(DryRunOption.NAME),
          leaf.commandSpec().userObject() instanceof WritesTable writer && writer.writesTable());
      session.format();
      if (session.output().explain) {
        return explain(leaf.commandSpec().commandLine());
      }
      int code = new RunLast().execute(parsed);
      session.dryRun().tell(notices());
      showCapacity();
      return code;
    } catch (CommandLine.ExecutionException e) {
      showCapacity();
      return fail(e.getCause() == null ? e : e.getCause(), session.target());
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
      session.document(explainable.explain());
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      return fail(e, session.target());
    }
  }

  private void showCapacity() {
    if (session.output().showCapacity) {
      session.notices().report(CapacityLine.of(session.clients().meter().usage()));
    }
  }

  /** One line of what is wrong with the command line and one of where to look. */
  private int usageError(ParameterException e, String[] args) {
    if (model != null) {
      return withoutModel(args);
    }
    UsageError error = UsageError.of(e);
    DdbCommand root = commandLine.getCommand();
    session
        .notices(root.outputOptions())
        .error(formatOf(args), "usage", error.message(), error.hint());
    return ExitCode.USAGE;
  }

  /** What is wrong with a command line is told in words that only the annotations hold. */
  private int withoutModel(String... args) {
    return new Cli(session, warmUp, null).run(args);
  }

  private int fail(Throwable e, Target target) {
    Failures.Failure failure =
        session.interruptible().isStopped()
            ? Failures.interrupted(e)
            : Failures.of(e, target).withRest(session.afterFailure());
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
    return session.notices();
  }

  private OutputFormat format() {
    try {
      return session.format();
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
      session.out().flush();
      return code;
    } catch (IOException | BrokenPipeException e) {
      return code;
    }
  }
}
