package com.cruddur.ddb.cli;

import com.cruddur.ddb.output.OutputFormat;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say how much is printed, and in what form. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "table, json, ndjson or csv (DDB_OUTPUT); default: table.")
  private OutputFormat format;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "No notices on stderr, only warnings and errors.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Stack traces and other detail on stderr.")
  boolean verbose;

  @Option(
      names = "--show-capacity",
      scope = ScopeType.INHERIT,
      description = "Print the consumed capacity units on stderr.")
  boolean showCapacity;

  @Option(
      names = "--explain",
      scope = ScopeType.INHERIT,
      description = "Print what would be asked of DynamoDB and its cost; run nothing.")
  boolean explain;

  OutputFormat format(Map<String, String> environment) {
    String named = environment.getOrDefault("DDB_OUTPUT", "");
    if (format != null || named.isBlank()) {
      return format == null ? OutputFormat.TABLE : format;
    }
    try {
      return OutputFormat.valueOf(named.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "DDB_OUTPUT is '" + named + "'", "Set it to table, json, ndjson or csv.");
    }
  }
}
