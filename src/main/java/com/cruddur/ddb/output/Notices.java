package com.cruddur.ddb.output;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Messages to a person, on stderr and never on stdout. Whatever data they name is made visible
 * ({@link VisibleText}), on a terminal or not: logs are read on terminals too. A stderr that cannot
 * be written loses messages, never the command. For any number of threads.
 */
public final class Notices {
  /** To the line's start, and nothing right of it. */
  private static final String ERASE_LINE = "\r\u001b[K";

  /** A terminal that has become narrower cuts the line off: erasing takes one row of it alone. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter err;
  private final boolean quiet;
  private final boolean verbose;
  private final boolean color;
  private final UnaryOperator<String> completion;
  private String status;

  /**
   * @param quiet whether {@code -q} was given
   * @param verbose whether {@code -v} was given
   * @param color whether to colour the word that says what kind of line it is
   */
  public Notices(Writer err, boolean quiet, boolean verbose, boolean color) {
    this(err, quiet, verbose, color, UnaryOperator.identity());
  }

  /**
   * The same with something that completes the command lines that messages show.
   *
   * @param completion gets each message and hint, never null; asked when they are told
   */
  public Notices(
      Writer err, boolean quiet, boolean verbose, boolean color, UnaryOperator<String> completion) {
    this.completion = completion;
    this.err = new PrintWriter(err);
    this.quiet = quiet;
    this.verbose = verbose;
    this.color = color;
  }

  /** Says something worth knowing; dropped with {@code -q}. */
  public void info(String line) {
    if (!quiet) {
      // started the local stack on http://localhost:8000
      print(VisibleText.of(completion.apply(line)));
    }
  }

  /** Says what may be wrong although the command goes on; kept with {@code -q}. */
  public void warn(String line) {
    // warning: the cache did not answer; reading from the table
    print(word(Paint.WARNING, "warning:") + " " + VisibleText.of(completion.apply(line)));
  }

  /** Says what was asked for, such as the capacity consumed; kept with {@code -q}. */
  public void report(String text) {
    completion.apply(text).lines().forEach(line -> print(VisibleText.of(line)));
  }

  boolean quiet() {
    return quiet;
  }

  /**
   * Shows a line below all that is printed, until another takes its place; null for none. What is
   * printed meanwhile appears above it. For terminals only.
   */
  synchronized void status(String line) {
    if (line != null || status != null) {
      err.print(ERASE_LINE + (line == null ? "" : NO_WRAP + VisibleText.of(line) + WRAP));
      err.flush();
      status = line;
    }
  }

  /** Lets others print to the terminal: whatever they print is not mixed with the status. */
  public synchronized void aside(Runnable printing) {
    String shown = status;
    status(null);
    printing.run();
    status(shown);
  }

  /** Asks, leaving the cursor behind the question. */
  public synchronized void prompt(String question) {
    // Go on? [y/N]
    err.print(VisibleText.of(question));
    err.flush();
  }

  /** Ends the line of a question whose answer did not, as Ctrl-D does not. */
  public synchronized void endPrompt() {
    err.print("\n");
    err.flush();
  }

  /**
   * Says what only a search for a fault needs, such as a stack trace of several lines; printed with
   * {@code -v} only.
   */
  public void detail(String text) {
    if (verbose) {
      text.lines().forEach(line -> print(VisibleText.of(line.replace("\t", "    "))));
    }
  }

  /**
   * Says why the command failed and how to cure it: in words, or as one line of JSON where stdout
   * is JSON too.
   *
   * @param code a stable name such as {@code not_found}
   * @param message null when the cause says nothing; the code stands in for it
   * @param cure null when there is none
   */
  public void error(OutputFormat format, String code, String message, String cure) {
    String said = completion.apply(message == null ? code : message);
    String hint = cure == null ? null : completion.apply(cure);
    switch (format) {
      case TABLE, CSV -> {
        // ddb: localhost:8000: table cruddur-messages does not exist
        String cause = word(Paint.ERROR, "ddb:") + " " + VisibleText.of(said);
        //   hint: ddb schema-load
        print(hint == null ? cause : cause + "\n  hint: " + VisibleText.of(hint));
      }
      case JSON, NDJSON -> {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", said);
        error.put("hint", hint);
        // {"error":{"code":"not_found","message":"no table cruddur-messages","hint":null}}
        print(JsonText.compact(Map.of("error", error)));
      }
    }
  }

  private String word(Paint paint, String word) {
    return color ? paint.on(word) : word;
  }

  private void print(String text) {
    aside(
        () -> {
          err.print(text + "\n");
          err.flush();
        });
  }
}
