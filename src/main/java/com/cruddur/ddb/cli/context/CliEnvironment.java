package com.cruddur.ddb.cli.context;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a run of ddb takes place: all that it may touch of its process.
 *
 * @param in standard input
 * @param out standard output: results and nothing else
 * @param err standard error: notices, prompts and errors
 * @param environment the environment variables
 * @param home the folder with {@code lib} and {@code seed-data}; null when run from class folders
 * @param terminal which of the streams are a terminal, and its size
 * @param clock the time
 * @param interruptible what a signal ends
 */
public record CliEnvironment(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Map<String, String> environment,
    Path home,
    Terminal terminal,
    InstantSource clock,
    Interruptible interruptible) {

  /** A place that no signal reaches. */
  public CliEnvironment(
      InputStream in,
      OutputStream out,
      OutputStream err,
      Map<String, String> environment,
      Path home,
      Terminal terminal,
      InstantSource clock) {
    this(in, out, err, environment, home, terminal, clock, new Interruptible());
  }

  /** A place without input and terminal, whose output nobody sees. */
  public static CliEnvironment nowhere(Map<String, String> environment, Path home) {
    return new CliEnvironment(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        environment,
        home,
        Terminal.NONE,
        InstantSource.system());
  }

  /** The seed data that comes with ddb. */
  public SampleData sampleData() {
    return new SampleData(home);
  }

  /** The same place for the lines of a script: nobody is there to answer, or to turn a page. */
  public CliEnvironment script(InputStream stdin) {
    Terminal nobody = new Terminal(false, terminal.out, terminal.err, terminal.columns, 0);
    return new CliEnvironment(stdin, out, err, environment, home, nobody, clock, interruptible);
  }

  /**
   * Which streams are a terminal.
   *
   * @param columns the terminal's width, 0 when unknown
   * @param rows its height, 0 when unknown
   */
  public record Terminal(boolean in, boolean out, boolean err, int columns, int rows) {
    /** Pipes and files all around. */
    public static final Terminal NONE = new Terminal(false, false, false, 0, 0);

    /**
     * Reads what the launcher passes on: the numbers of the streams that are a terminal, then the
     * width and, if known, the height, such as {@code 012:80x24}.
     */
    public static Terminal parse(String text) {
      int colon = text.indexOf(':');
      String streams = colon < 0 ? text : text.substring(0, colon);
      String[] size = (colon < 0 ? "" : text.substring(colon + 1)).split("x", 2);
      return new Terminal(
          streams.contains("0"),
          streams.contains("1"),
          streams.contains("2"),
          number(size[0]),
          size.length > 1 ? number(size[1]) : 0);
    }

    private static int number(String text) {
      return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
  }
}
