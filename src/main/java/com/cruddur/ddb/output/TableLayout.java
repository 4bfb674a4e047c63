package com.cruddur.ddb.output;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
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

  /** Prose that would get less stands below its row. */
  private static final int LEAST_PROSE = 30;

  private static final String INDENT = "    ";

  /** Also as it stands in a key, such as MSG#3f346c75-ad75-43df-aa35-5b4de50470e0. */
  private static final Pattern UUID =
      Pattern.compile("(?:[A-Z]{3}#)?\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final int UUID_LENGTH = 36;

  private final List<String> header;
  private final int lineWidth;
  private final boolean terminal;
  private final boolean color;
  private final int[] measured;
  private final boolean[] hasText;
  private final boolean[] hasNumber;
  private final boolean[] hasProse;
  private final boolean[] hasUuid;
  private int[] widths;

  /** How a record is shown; decided before the first one and kept. */
  private enum Form {
    /** On a line. */
    ROW,
    /** On a line, with its prose below it. */
    PROSE_BELOW,
    /** On a line for each column. */
    BLOCK
  }

  private Form form;

  /** Whether no record was shown yet: a blank line stands between blocks. */
  private boolean first = true;

  /** The column that stands below the row; -1 for none. */
  private int below = -1;

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
    hasUuid = new boolean[header.size()];
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
      hasProse[column] = hasProse[column] || !isWord(cell);
      hasUuid[column] =
          hasUuid[column] || (cell.length() >= UUID_LENGTH && UUID.matcher(cell).matches());
    }
  }

  private static boolean isWord(String cell) {
    return cell.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * Fixes the widths: as measured, but where the line would be too long prose is cut first, while
   * it stays legible, then words from the left (a time before others), then prose again, then the
   * widest. What a next command takes, a uuid or a handle, is never cut: beside those prose that
   * would not be legible goes below its row, and where even they do not fit each record is a block.
   */
  void settle() {
    boolean fits = fit();
    if (form == null) {
      form = Form.ROW;
      int prose = hasWhole() ? prose() : -1;
      if (prose >= 0 && widths[prose] < Math.min(LEAST_PROSE, measured[prose])) {
        form = Form.PROSE_BELOW;
        below = prose;
        fits = fit();
      }
      if (!fits && hasWhole()) {
        form = Form.BLOCK;
      }
    } else if (below >= 0) {
      fit();
    }
  }

  /** The column with the longest prose; -1 for none. */
  private int prose() {
    return IntStream.range(0, widths.length)
        .filter(i -> hasProse[i] && !isWhole(i) && !isTime(header.get(i)))
        .boxed()
        .max(Comparator.comparingInt(i -> measured[i]))
        .orElse(-1);
  }

  /** Returns whether all columns of a line fit. */
  private boolean fit() {
    widths = measured.clone();
    if (lineWidth == 0) {
      return true;
    }
    if (below >= 0) {
      widths[below] = -GUTTER.length();
    }
    int excess = Arrays.stream(widths).sum() + GUTTER.length() * (widths.length - 1) - lineWidth;
    for (; excess > 0; excess--) {
      int next = nextToCut();
      if (next < 0) {
        return false;
      }
      widths[next]--;
    }
    return true;
  }

  /** Whether a column holds what a next command takes. */
  private boolean isWhole(int column) {
    String name = header.get(column);
    return hasUuid[column]
        || (hasText[column] && (name.endsWith("uuid") || name.endsWith("handle")));
  }

  private boolean hasWhole() {
    return IntStream.range(0, widths.length)
        .anyMatch(i -> isWhole(i) && !header.get(i).endsWith("handle"));
  }

  /** Whether a column holds times, by its name. */
  static boolean isTime(String column) {
    return column.endsWith("_at");
  }

  /** The header and the rule below it, with their newlines; nothing above blocks. */
  String head() {
    if (form == Form.BLOCK) {
      return "";
    }
    String names = line(header, false);
    String rule =
        line(Arrays.stream(widths).mapToObj(w -> "-".repeat(Math.max(0, w))).toList(), false);
    return (color ? Paint.HEADER.on(names) : names)
        + "\n"
        + (color ? Paint.DIM.on(rule) : rule)
        + "\n";
  }

  /** A record: its line, without blanks at its end, and what stands below it, with newlines. */
  String record(List<String> cells) {
    if (form == Form.BLOCK) {
      return block(cells);
    }
    String line = line(cells, color) + "\n";
    return below < 0 || cells.get(below).isEmpty()
        ? line
        : line + wrapped(INDENT, cells.get(below)) + "\n";
  }

  private String block(List<String> cells) {
    int longest = header.stream().mapToInt(VisibleText::width).max().orElse(0);
    StringBuilder block = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String name = header.get(i);
      String padding = " ".repeat(longest - VisibleText.width(name));
      boolean beside = longest + GUTTER.length() + measured[i] <= lineWidth;
      block.append(color ? Paint.HEADER.on(name) : name);
      if (beside) {
        block.append(cells.get(i).isEmpty() ? "" : padding + GUTTER + cells.get(i));
      } else {
        // A key that just fits is not broken for the sake of its indent.
        boolean tight = isWhole(i) && measured[i] > lineWidth - GUTTER.length();
        block.append('\n').append(wrapped(tight ? "" : GUTTER, cells.get(i)));
      }
      block.append('\n');
    }
    String blank = first ? "" : "\n";
    first = false;
    return blank + block;
  }

  /** A text over as many lines as it needs, each indented, so that none looks like a row. */
  private String wrapped(String indent, String cell) {
    int width = Math.max(LEAST_CUT, lineWidth - indent.length());
    return indent
        + String.join("\n" + indent, VisibleText.wrap(VisibleText.fit(cell, MOST_PADDED), width));
  }

  /** Joined characters are taken for joined, unless the line could then be drawn too long. */
  private String line(List<String> cells, boolean dimmed) {
    boolean most = lineWidth > 0 && VisibleText.mostWidth(line(cells, false, false)) > lineWidth;
    return line(cells, dimmed, most);
  }

  private String line(List<String> cells, boolean dimmed, boolean most) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      if (i == below) {
        continue;
      }
      String cell = terminal ? fitted(cells.get(i), i, most) : cells.get(i);
      int width = most ? VisibleText.mostWidth(cell) : VisibleText.width(cell);
      String padding = " ".repeat(Math.max(0, widths[i] - width));
      line.append(line.isEmpty() ? "" : GUTTER);
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
    int prose = widest(i -> hasProse[i] && !isWhole(i));
    if (prose >= 0 && widths[prose] > LEGIBLE) {
      return prose;
    }
    for (int i = 0; i < widths.length; i++) {
      if (isWhole(i)) {
        continue;
      }
      boolean isTime = isTime(header.get(i));
      if (hasText[i] && !hasProse[i] && widths[i] > LEAST_WORD && (isTime || prose < 0)) {
        return i;
      }
    }
    return prose >= 0 ? prose : widest(i -> !isNumeric(i) && !isWhole(i));
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
