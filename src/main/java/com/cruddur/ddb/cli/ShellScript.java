package com.cruddur.ddb.cli;

import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
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
  private int read;
  private int first;

  /**
   * A script.
   *
   * @param name what errors call it
   * @param format in which failures are told
   */
  ShellScript(InputStream in, String name, Notices notices, OutputFormat format) {
    // A decoder of its own: it refuses what is not UTF-8.
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    this.name = name;
    this.notices = notices;
    this.format = format;
  }

  /**
   * Runs it to its end, or to the first line that fails; returns the exit code of that.
   *
   * @param keepGoing whether to go on after it
   */
  int run(Shell shell, boolean keepGoing) throws IOException {
    int worst = ExitCode.DONE;
    for (List<String> words = next(); words != null; words = next()) {
      int code = shell.run(words);
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

  /** The next line that is a command; null at the end. */
  private List<String> next() throws IOException {
    List<String> words = List.of();
    while (words.isEmpty()) {
      String line = readLine();
      if (line == null) {
        return null;
      }
      first = read;
      words = command(line);
    }
    return Shell.leaves(words) ? null : words;
  }

  private List<String> command(String line) throws IOException {
    StringBuilder text = new StringBuilder(line);
    ShellWords words = ShellWords.of(line);
    while (words.isOpen()) {
      String more = readLine();
      if (more == null || text.length() + more.length() > MOST_CHARACTERS) {
        throw CommandException.usage(
            place() + (more == null ? ": a quote is not closed" : ": the line is over 1 MB"),
            "Quote as in sh: ' and \", or \\ before one character.");
      }
      words = ShellWords.of(text.append('\n').append(more).toString());
    }
    return words.commands().isEmpty() ? List.of() : words.commands().get(0);
  }

  private String readLine() throws IOException {
    try {
      String line = lines.readLine();
      read++;
      return line != null && read == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
    } catch (CharacterCodingException e) {
      throw CommandException.usage(name + " is not UTF-8 text", "Convert it with iconv.");
    }
  }

  private String place() {
    return name + ":" + first;
  }

  private void failed(int code, boolean keepGoing) {
    // ddb: load.ddb:12: failed with exit code 3
    notices.error(
        format,
        "script",
        place() + ": failed with exit code " + code,
        keepGoing ? null : "No line after it was run; --keep-going runs them.");
  }
}
