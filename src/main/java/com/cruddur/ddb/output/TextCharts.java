package com.cruddur.ddb.output;

import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Charts as lines of text, bars of block characters or of {@code #}. */
public final class TextCharts {
  private static final int PIPE_WIDTH = 80;
  private static final int SHORTEST_BAR = 8;
  private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

  private final PipeWriter out;
  private final Display display;
  private final boolean unicode;
  private final int width;

  /**
   * Charts for a reader.
   *
   * @param unicode whether block characters can be shown
   */
  public TextCharts(Writer out, Display display, boolean unicode) {
    this.out = new PipeWriter(out);
    this.display = display;
    this.unicode = unicode;
    boolean known = display.terminal() && display.columns() > 0;
    width = known ? display.columns() : PIPE_WIDTH;
  }

  /** Prints a line. */
  public void line(String text) {
    out.write(VisibleText.fit(VisibleText.of(text), width) + "\n");
  }

  /** Prints an empty line, the title, a line for each bar and the note. */
  public void chart(Chart chart) {
    String title = VisibleText.of(chart.title());
    out.write("\n" + (display.color() ? Paint.HEADER.on(title) : title) + "\n");
    List<Chart.Bar> bars = chart.bars();
    int number = bars.stream().mapToInt(b -> number(b.value()).length()).max().orElse(0);
    int detail = bars.stream().mapToInt(b -> b.detail().length()).max().orElse(0);
    int widest =
        bars.stream().mapToInt(b -> VisibleText.width(VisibleText.of(b.label()))).max().orElse(0);
    int room = width - number - detail - (detail == 0 ? 4 : 6);
    int label = Math.max(1, Math.min(widest, room - SHORTEST_BAR));
    int bar = Math.max(1, room - label);
    for (Chart.Bar one : bars) {
      String name = VisibleText.fit(VisibleText.of(one.label()), label);
      String drawn = bar(one.value(), chart.largest(), bar);
      String count = number(one.value());
      // andrewbrown  ████████████▌          612  120,034 bytes
      String text =
          name
              + " ".repeat(label - VisibleText.width(name) + 2)
              + drawn
              + " ".repeat(bar - drawn.length() + 2 + number - count.length())
              + count
              + (one.detail().isEmpty() ? "" : "  " + one.detail());
      out.write(text + "\n");
    }
    if (chart.note() != null) {
      line(chart.note());
    }
    out.flush();
  }

  private String bar(long value, long largest, int cells) {
    if (value == 0) {
      return "";
    }
    if (!unicode) {
      return "#".repeat((int) Math.max(1, Math.round((double) value / largest * cells)));
    }
    int eighths = (int) Math.max(1, Math.round((double) value / largest * cells * 8));
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8 - 1, eighths % 8);
    return "█".repeat(eighths / 8) + rest;
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
