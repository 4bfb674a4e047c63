package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.Display;
import com.cruddur.ddb.output.OutputFormat;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say how much is printed, and in what form. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "table, json, ndjson or csv (DDB_OUTPUT); default: table.")
  private OutputFormat format;

  @Option(
      names = {"-q", "--quiet"},
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "No notices on stderr, only warnings and errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "Stack traces and other detail on stderr.")
  boolean verbose;

  @Option(
      names = "--show-capacity",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "Print the consumed capacity units on stderr.")
  public boolean showCapacity;

  @Option(
      names = "--explain",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "Print what would be asked of DynamoDB and its cost; run nothing.")
  public boolean explain;

  @Option(
      names = "--color",
      scope = ScopeType.INHERIT,
      paramLabel = "WHEN",
      description = "auto (a terminal, NO_COLOR not set), always or never; default: auto.")
  private When color;

  @Option(
      names = "--times",
      scope = ScopeType.INHERIT,
      paramLabel = "STYLE",
      description = "In tables: absolute or relative (DDB_TIMES); default: absolute.")
  private Style times;

  @Option(
      names = "--raw-csv",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "csv without the ' before cells that a spreadsheet would compute.")
  private boolean rawCsv;

  @Option(
      names = "--no-pager",
      fallbackValue = "true",
      scope = ScopeType.INHERIT,
      description = "No pager (DDB_PAGER, PAGER, else less) for what is longer than the screen.")
  boolean noPager;

  enum When {
    AUTO,
    ALWAYS,
    NEVER;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Style {
    ABSOLUTE,
    RELATIVE;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How standard output is to be printed. A wish of the environment is a person's: it does not
   * reach a pipe, which an option does.
   */
  public Display display(CliEnvironment cliEnvironment) {
    CliEnvironment.Terminal terminal = cliEnvironment.terminal();
    Map<String, String> environment = cliEnvironment.environment();
    Style style = times;
    if (style == null && terminal.out()) {
      style = named(Style.class, "DDB_TIMES", environment, "absolute or relative");
    }
    return new Display(
        terminal.out(),
        terminal.columns(),
        color(terminal.out(), environment),
        style == Style.RELATIVE ? cliEnvironment.clock() : null,
        rawCsv);
  }

  /** Whether a stream is to be coloured, by the rules of git and no-color.org. */
  boolean color(boolean terminal, Map<String, String> environment) {
    if (color != null && color != When.AUTO) {
      return color == When.ALWAYS;
    }
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  OutputFormat format(Map<String, String> environment) {
    return format(environment, OutputFormat.TABLE);
  }

  /** The format that was asked for, else the fallback. */
  OutputFormat format(Map<String, String> environment, OutputFormat fallback) {
    OutputFormat chosen = format;
    if (chosen == null) {
      chosen = named(OutputFormat.class, "DDB_OUTPUT", environment, "table, json, ndjson or csv");
    }
    return chosen == null ? fallback : chosen;
  }

  /** What a variable names; null when it is not set or blank. */
  private static <E extends Enum<E>> E named(
      Class<E> type, String variable, Map<String, String> environment, String names) {
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(variable + " is '" + value + "'", "Set it to " + names + ".");
    }
  }
}
