package com.cruddur.ddb.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * RFC 4180 with a header line, each line ending in {@code \n} for the sake of grep, cut and awk.
 * Null is an empty cell, the empty text is {@code ""}, a nested value is compact JSON. The data is
 * as it was but for {@link #guarded formulas}, unless raw, and lone surrogates; on a terminal,
 * control characters are made visible as well.
 */
final class CsvPrinter implements RecordPrinter {
  /** What makes a spreadsheet take a cell for a formula; the last four are the full-width forms. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private final PipeWriter out;
  private final CsvWriter csv;
  private final List<String> columns;
  private final Display display;
  private final Token token = new Token();
  private boolean started;

  CsvPrinter(PipeWriter out, List<String> columns, Display display) {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.display = display;
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .quoteStrategy(QuoteStrategies.EMPTY)
            .build(out);
  }

  @Override
  public void print(Map<String, ?> record) {
    start();
    // 3f1c…,"hello, world",andrewbrown
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(record.get(columns.get(i)));
    }
    write(Arrays.asList(cells));
  }

  @Override
  public void nextToken(String value) {
    token.set(value);
  }

  @Override
  public void flush() {
    start();
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }

  /** The header comes with the first page: a list that cannot be read prints nothing. */
  private void start() {
    if (!started) {
      started = true;
      // uuid,message,handle
      write(columns.stream().map(this::text).toList());
    }
  }

  private void write(List<String> cells) {
    if (cells.isEmpty()) {
      return;
    }
    // A blank line is no record to most readers.
    boolean blank = cells.size() == 1 && cells.get(0) == null;
    csv.writeRecord(blank ? List.of("") : cells);
  }

  private String cell(Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof String s ? text(s) : CellText.of(value);
  }

  private String text(String s) {
    String safe = display.terminal() ? VisibleText.of(s) : withoutLoneSurrogates(s);
    return display.rawCsv() ? safe : guarded(safe);
  }

  /**
   * The text behind an apostrophe where a spreadsheet would compute it. Texts that begin with
   * apostrophes before such a character get one more, so that taking one away always gives the text
   * back.
   */
  private static String guarded(String s) {
    int i = 0;
    while (i < s.length() && s.charAt(i) == '\'') {
      i++;
    }
    return i < s.length() && FORMULA_STARTS.indexOf(s.charAt(i)) >= 0 ? "'" + s : s;
  }

  /** No encoding has bytes for half a surrogate pair: it is spelled out rather than lost. */
  private static String withoutLoneSurrogates(String s) {
    StringBuilder text = null;
    for (int i = 0; i < s.length(); i++) {
      boolean lone = VisibleText.isLoneSurrogate(s, i);
      if (lone && text == null) {
        text = new StringBuilder(s.length() + 16).append(s, 0, i);
      }
      if (text != null) {
        text.append(lone ? VisibleText.hex(s.charAt(i)) : String.valueOf(s.charAt(i)));
      }
    }
    return text == null ? s : text.toString();
  }
}
