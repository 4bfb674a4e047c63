package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.text.Utf8;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A script of command lines. A quote, or a backslash at the end, carries a line on to the next. */
final class ShellScript {
  /** A quote that is not closed must not read a huge file into memory. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private final BufferedReader lines;
  private final String name;
  private final Notices notices;
  private final OutputFormat format;
  private int lineNumber;
  private boolean ended;
  private Line at;
  private Line ahead;

  /** A command, and the number of the line that it begins on. */
  private record Line(List<String> words, int number) {}

  /**
   * A script.
   *
   * @param name what errors call it
   * @param format in which failures are told
   */
  ShellScript(InputStream in, String name, Notices notices, OutputFormat format) {
    // Each line is decoded by itself, so that what is not UTF-8 can be told from its bytes.
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    this.name = name;
    this.notices = notices;
    this.format = format;
  }

  /**
   * Runs it to its end, or to the first line that fails; returns the exit code of that.
   *
   * @param keepGoing whether to go on after it
   */
  int run(Shell shell, boolean keepGoing) {
    int worst = ExitCode.DONE;
    for (at = next(); at != null; at = next()) {
      int code =
          shell.sends(at.words)
              // Ctrl-C waits for the rows.
              ? shell.interruptible().call(() -> {}, () -> sends(shell))
              : shell.run(at.words);
      if (shell.interruptible().isStopped()) {
        return ExitCode.INTERRUPTED;
      } else if (code != ExitCode.DONE) {
        failed(code, keepGoing);
        worst = worst == ExitCode.DONE ? code : worst;
        if (!keepGoing) {
          break;
        }
      }
    }
    return worst;
  }

  /** Runs this line and those after it that send too; then the rows of them all are moved. */
  private int sends(Shell shell) {
    int code = ExitCode.DONE;
    int settled;
    try {
      code = shell.send(at.words);
      while (code == ExitCode.DONE && !shell.interruptible().isStopped() && sendFollows(shell)) {
        at = next();
        code = shell.send(at.words);
      }
    } finally {
      settled = shell.settle();
    }
    return code == ExitCode.DONE ? settled : code;
  }

  /** False also where the next line is not there yet: its writer may wait for the rows. */
  private boolean sendFollows(Shell shell) {
    try {
      while (ahead == null && !ended && lines.ready()) {
        ahead = read();
      }
      return ahead != null && shell.sends(ahead.words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line that is a command; null at the end. */
  private Line next() {
    Line line = ahead;
    ahead = null;
    while (line == null && !ended) {
      line = read();
    }
    return line;
  }

  /** Reads on; null when what was read is no command, or the end. */
  private Line read() {
    String text = readLine();
    int number = lineNumber;
    List<String> words = text == null ? List.of() : command(text, number);
    ended = text == null || Shell.leaves(words);
    return ended || words.isEmpty() ? null : new Line(words, number);
  }

  private List<String> command(String line, int number) {
    StringBuilder text = new StringBuilder(line);
    ShellWords words = ShellWords.of(line);
    while (words.isOpen()) {
      String more = readLine();
      if (more == null || text.length() + more.length() > MOST_CHARACTERS) {
        throw CommandException.usage(
            place(number) + (more == null ? ": a quote is not closed" : ": the line is over 1 MB"),
            "Quote as in sh: ' and \", or \\ before one character.");
      }
      words = ShellWords.of(text.append('\n').append(more).toString());
    }
    return words.commands().isEmpty() ? List.of() : words.commands().get(0);
  }

  private String readLine() {
    try {
      String line = lines.readLine();
      lineNumber++;
      String text = line == null ? null : Utf8.decode(line.getBytes(StandardCharsets.ISO_8859_1));
      return text != null && lineNumber == 1 ? Utf8.withoutMark(text) : text;
    } catch (Utf8.NotUtf8Exception e) {
      throw CommandException.usage(name + " " + e.what(), e.hint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String place(int number) {
    return name + ":" + number;
  }

  private void failed(int code, boolean keepGoing) {
    // ddb: load.ddb:12: failed with exit code 3
    notices.error(
        format,
        "script",
        place(at.number) + ": failed with exit code " + code,
        keepGoing ? null : "No line after it was run; --keep-going runs them.");
  }
}
