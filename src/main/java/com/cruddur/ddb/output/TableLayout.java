package com.cruddur.ddb.output;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The widths of a table's columns in terminal cells, and its lines laid out by them. Numbers stand
 * to the right.
 */
final class TableLayout {
  private static final String GUTTER = "  ";

  /**
   * A column is not padded beyond this for the sake of one long cell, nor cut below {@link
   * #LEAST_CUT}.
   */
  private static final int MOST_PADDED = 2_048;

  private static final int LEAST_CUT = 8;

  /** Cells of prose that are worth more than the end of a time. */
  private static final int LEGIBLE = 32;

  /** Cells of a time that still tell the minute: 2026-03-19T23:59… */
  private static final int LEAST_WORD = 17;

  private final List<String> header;
  private final int lineWidth;
  private final boolean terminal;
  private final boolean color;
  private final int[] measured;
  private final boolean[] hasText;
  private final boolean[] hasNumber;
  private final boolean[] hasProse;
  private int[] widths;

  /**
   * @param header visible text
   */
  TableLayout(List<String> header, Display display) {
    this.header = header;
    this.terminal = display.terminal();
    this.lineWidth = display.terminal() ? display.columns() : 0;
    this.color = display.color();
    measured = header.stream().mapToInt(VisibleText::width).toArray();
    hasText = new boolean[header.size()];
    hasNumber = new boolean[header.size()];
    hasProse = new boolean[header.size()];
    widths = measured.clone();
  }

  /** Takes a cell's width and kind into account for the lines after the next {@link #settle}. */
  void measure(int column, String cell, Object value) {
    int width = Math.min(MOST_PADDED, VisibleText.width(cell));
    measured[column] = Math.max(measured[column], width);
    if (value instanceof Number) {
      hasNumber[column] = true;
    } else if (value != null) {
      hasText[column] = true;
      hasProse[column] |= !cell.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
  }

  /**
   * Fixes the widths: as measured, but where the line would be too long prose is cut first, while
   * it stays legible, then words from the left (a time before a uuid that somebody wants to copy),
   * then prose again, then the widest.
   */
  void settle() {
    widths = measured.clone();
    if (lineWidth == 0) {
      return;
    }
    int excess = Arrays.stream(widths).sum() + GUTTER.length() * (widths.length - 1) - lineWidth;
    for (; excess > 0; excess--) {
      int next = nextToCut();
      if (next < 0) {
        return;
      }
      widths[next]--;
    }
  }

  /** Whether a column holds times, by its name. */
  static boolean isTime(String column) {
    return column.endsWith("_at");
  }

  String header() {
    String line = line(header, false);
    return color ? Paint.HEADER.on(line) : line;
  }

  String rule() {
    String line = line(Arrays.stream(widths).mapToObj("-"::repeat).toList(), false);
    return color ? Paint.DIM.on(line) : line;
  }

  /** One line, without blanks at its end. */
  String line(List<String> cells) {
    return line(cells, color);
  }

  /** Joined characters are taken for joined, unless the line could then be drawn too long. */
  private String line(List<String> cells, boolean dimmed) {
    boolean most = lineWidth > 0 && VisibleText.mostWidth(line(cells, false, false)) > lineWidth;
    return line(cells, dimmed, most);
  }

  private String line(List<String> cells, boolean dimmed, boolean most) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = terminal ? fitted(cells.get(i), i, most) : cells.get(i);
      int width = most ? VisibleText.mostWidth(cell) : VisibleText.width(cell);
      String padding = " ".repeat(Math.max(0, widths[i] - width));
      line.append(i == 0 ? "" : GUTTER);
      String shown = dimmed && isDim(header.get(i)) ? Paint.DIM.on(cell) : cell;
      line.append(isNumeric(i) ? padding + shown : shown + padding);
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    line.setLength(end);
    return line.toString();
  }

  private static boolean isDim(String column) {
    return isTime(column) || column.endsWith("uuid");
  }

  private String fitted(String cell, int column, boolean most) {
    if (isNumeric(column)) {
      return cell;
    }
    int width = lineWidth > 0 ? widths[column] : MOST_PADDED;
    return most ? VisibleText.fitMost(cell, width) : VisibleText.fit(cell, width);
  }

  /** The column to make a cell narrower; -1 when none can be. */
  private int nextToCut() {
    int prose = widest(i -> hasProse[i]);
    if (prose >= 0 && widths[prose] > LEGIBLE) {
      return prose;
    }
    for (int i = 0; i < widths.length; i++) {
      boolean isTime = isTime(header.get(i));
      if (hasText[i] && !hasProse[i] && widths[i] > LEAST_WORD && (isTime || prose < 0)) {
        return i;
      }
    }
    return prose >= 0 ? prose : widest(i -> !isNumeric(i));
  }

  private int widest(IntPredicate columns) {
    return IntStream.range(0, widths.length)
        .filter(i -> widths[i] > LEAST_CUT)
        .filter(columns)
        .boxed()
        .max(Comparator.comparingInt(i -> widths[i]))
        .orElse(-1);
  }

  private boolean isNumeric(int column) {
    return hasNumber[column] && !hasText[column];
  }
}
