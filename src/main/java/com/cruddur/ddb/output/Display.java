package com.cruddur.ddb.output;

import java.time.InstantSource;

/**
 * How a reader wants what is printed.
 *
 * @param terminal whether it is a terminal, which would obey escape sequences
 * @param columns cells of the terminal's line, 0 when unlimited; a table is cut to it on a terminal
 *     only
 * @param color whether a table may be coloured
 * @param relativeTo a table tells times by their distance from this clock; null for times as they
 *     are
 * @param rawCsv whether csv leaves cells that a spreadsheet would compute as they are
 */
public record Display(
    boolean terminal, int columns, boolean color, InstantSource relativeTo, boolean rawCsv) {
  /** The same without a bound to the lines. */
  public Display unlimited() {
    return new Display(terminal, 0, color, relativeTo, rawCsv);
  }

  /** A pipe or a file. */
  public static final Display PIPE = new Display(false, 0, false, null, false);
}
