package com.cruddur.ddb.cli;

import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.ClientPool;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.shell.LineRunner;
import java.util.Map;
import picocli.CommandLine;

/** The lines of a shell: each with commands and a context of its own, all with one pool. */
final class ShellLines implements LineRunner {
  static final LineRunner.Source SOURCE =
      new LineRunner.Source() {
        @Override
        public LineRunner open(
            CliEnvironment place, Map<String, String> defaults, CompletionCache seen) {
          return new ShellLines(place, defaults, seen);
        }

        @Override
        public CommandLine commands(CommandContext context) {
          CommandLine all = new CommandLine(new DdbCommand(), Cli.factory(context));
          Commands.add(all, context);
          return all;
        }
      };

  private final ClientPool pool;
  private final Map<String, String> defaults;
  private final CompletionCache seen;

  /** Of the last line that had a target: what fails after it is told as of that line. */
  private CommandContext last;

  private ShellLines(CliEnvironment place, Map<String, String> defaults, CompletionCache seen) {
    this.pool = new ClientPool(place);
    this.defaults = defaults;
    this.seen = seen;
    this.last = new CommandContext(pool, seen);
  }

  @Override
  public int run(String... args) {
    try (CommandContext context = new CommandContext(pool, seen)) {
      int code = CommandRun.run(context, defaults, args);
      if (context.target() != null) {
        last = context;
      }
      return code;
    }
  }

  @Override
  public void deferRows() {
    pool.sends().begin();
  }

  @Override
  public int settle() {
    try {
      pool.sends().end();
      return ExitCode.DONE;
    } catch (RuntimeException | Error e) {
      return new CommandRun(last, defaults).fail(e, last.target());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
