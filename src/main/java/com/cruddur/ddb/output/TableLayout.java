package com.cruddur.ddb.output;

import java.util.Arrays;
import java.util.List;

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

  private final List<String> header;
  private final int lineWidth;
  private final int[] measured;
  private final boolean[] hasText;
  private final boolean[] hasNumber;
  private int[] widths;

  /**
   * @param header visible text
   * @param lineWidth cells a line may take, 0 when unlimited
   */
  TableLayout(List<String> header, int lineWidth) {
    this.header = header;
    this.lineWidth = lineWidth;
    measured = header.stream().mapToInt(VisibleText::width).toArray();
    hasText = new boolean[header.size()];
    hasNumber = new boolean[header.size()];
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
    }
  }

  /**
   * Fixes the widths: as measured, the widest text column cut first where the line would be too
   * long.
   */
  void settle() {
    widths = measured.clone();
    if (lineWidth == 0) {
      return;
    }
    int excess = Arrays.stream(widths).sum() + GUTTER.length() * (widths.length - 1) - lineWidth;
    for (; excess > 0; excess--) {
      int widest = widestText();
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  String header() {
    return line(header);
  }

  String rule() {
    return line(Arrays.stream(widths).mapToObj("-"::repeat).toList());
  }

  /** One line and its newline, without blanks at its end. */
  String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = lineWidth > 0 ? fitted(cells.get(i), i) : cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - VisibleText.width(cell)));
      line.append(i == 0 ? "" : GUTTER);
      line.append(isNumeric(i) ? padding + cell : cell + padding);
    }
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    line.setLength(end);
    return line.append('\n').toString();
  }

  private String fitted(String cell, int column) {
    return isNumeric(column) ? cell : VisibleText.fit(cell, widths[column]);
  }

  private int widestText() {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (!isNumeric(i) && widths[i] > LEAST_CUT && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private boolean isNumeric(int column) {
    return hasNumber[column] && !hasText[column];
  }
}
