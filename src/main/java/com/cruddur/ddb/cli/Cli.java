package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.startup.PrecomputedHelp;
import com.cruddur.ddb.output.BrokenPipeException;
import com.cruddur.ddb.output.Printers;
import java.lang.reflect.Constructor;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The way in: runs command lines. */
public final class Cli {
  private Cli() {}

  /** Runs a command line; see {@link ExitCode} for what it returns. Never throws, never exits. */
  public static int run(CliEnvironment cliEnvironment, String... args) {
    byte[] ready = PrecomputedHelp.to(cliEnvironment.terminal().columns(), args);
    if (ready != null) {
      return print(ready, cliEnvironment);
    }
    try (CommandContext context = new CommandContext(cliEnvironment)) {
      return CommandRun.run(context, Map.of(), args);
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
        return new CommandRun(context, Map.of()).fail(e, null);
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
