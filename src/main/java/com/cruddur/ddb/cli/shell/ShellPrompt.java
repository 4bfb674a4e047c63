package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CompletionCache;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Interruptible;
import com.cruddur.ddb.output.Notices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** The prompt of {@code ddb shell}. Only here and in what it uses is JLine's editor loaded. */
final class ShellPrompt {
  private final Notices notices;
  private final Interruptible interruptible;
  private final Terminal terminal;
  private final LineReader reader;
  private final ShellRuns runs;
  private final String name;

  private ShellPrompt(
      CommandContext context,
      LineRunner.Source lines,
      Map<String, String> defaults,
      Terminal terminal) {
    this.notices = context.notices();
    this.interruptible = context.interruptible();
    this.terminal = terminal;
    CompletionCache seen = new CompletionCache();
    this.runs = new ShellRuns(lines, context.cliEnvironment(), terminal, defaults, seen);
    this.name = defaults.containsKey("--prod") ? "ddb prod" : "ddb";
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .appName("ddb")
            .terminal(terminal)
            .parser(new ShellParser())
            .completer(new ShellCompleter(context, () -> lines.commands(context), seen))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            // A message may hold an exclamation mark.
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    ShellHistory.prepare(context).ifPresent(file -> ShellHistory.use(builder, file));
    this.reader = builder.build();
  }

  /** Runs what is typed until Ctrl-D, exit or quit. */
  static int run(CommandContext context, LineRunner.Source lines, Map<String, String> defaults) {
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            // The prompt is no result.
            .systemOutput(TerminalBuilder.SystemOutput.SysErr)
            .nativeSignals(true)
            .signalHandler(SignalHandler.SIG_IGN)
            .build()) {
      context
          .notices()
          .info("'help' lists the commands, Tab completes, Ctrl-C stops a command, Ctrl-D leaves");
      return new ShellPrompt(context, lines, defaults, terminal).loop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int loop() {
    try (runs) {
      terminal.handle(Signal.INT, signal -> runs.interrupt());
      int last = ExitCode.DONE;
      while (true) {
        String line;
        try {
          line = reader.readLine(last == ExitCode.DONE ? name + "> " : name + "[" + last + "]> ");
        } catch (UserInterruptException e) {
          last = ExitCode.DONE;
          continue;
        } catch (EndOfFileException e) {
          return ExitCode.DONE;
        }
        for (List<String> words : ShellWords.of(line).commands()) {
          if (Shell.leaves(words)) {
            return ExitCode.DONE;
          }
          last = runs.run(words, notices);
          if (interruptible.isStopped()) {
            return last;
          } else if (last == ExitCode.INTERRUPTED) {
            break;
          }
        }
      }
    }
  }
}
