package com.cruddur.ddb.cli;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.TABLE;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import com.cruddur.ddb.cli.startup.WarmUp;
import com.cruddur.ddb.output.BrokenPipeException;
import com.cruddur.ddb.output.Printers;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The way in: runs command lines. */
public final class Cli {
  private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);

  private Cli() {}

  /** Runs a command line; see {@link ExitCode} for what it returns. Never throws, never exits. */
  public static int run(CliEnvironment cliEnvironment, String... args) {
    return run(cliEnvironment, warmUp(args), args);
  }

  /**
   * Begins what a command line will need, if it looks like one that asks something of a table or a
   * cache; completes when that is there.
   */
  public static CompletableFuture<Void> warmUp(String... args) {
    if (Catalogue.mayUse(TABLE, args)) {
      // A write of one begins to open the cache itself, once it knows that there is one.
      return WarmUp.ofTable(args);
    }
    return Catalogue.mayUse(CACHE, args) ? WarmUp.ofCache() : NOTHING;
  }

  /** The same with what {@link #warmUp} began. */
  public static int run(
      CliEnvironment cliEnvironment, CompletableFuture<Void> warmUp, String... args) {
    byte[] ready = PrecomputedHelp.to(cliEnvironment.terminal().columns(), args);
    if (ready != null) {
      return print(ready, cliEnvironment);
    }
    try (CommandContext context = new CommandContext(cliEnvironment)) {
      return CommandRun.run(context, warmUp, Map.of(), args);
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
        return new CommandRun(context, NOTHING, Map.of()).fail(e, null);
      }
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
                    : constructor.newInstance(context, ShellLines.SOURCE));
          }
        }
        return plain.create(type);
      }
    };
  }
}
