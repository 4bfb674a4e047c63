package com.cruddur.ddb.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Aligned columns under a header, two spaces between them; an empty list is the header alone.
 * Records are held back until a flush, at most {@link #MOST_RECORDS} of them, to measure the
 * columns; later ones can only widen these.
 */
final class TablePrinter implements RecordPrinter {
  static final int MOST_RECORDS = 1_000;
  private static final int MOST_CHARACTERS = 1 << 20;

  private final PipeWriter out;
  private final List<String> columns;
  private final TableLayout layout;
  private final Display display;
  private final List<List<String>> held = new ArrayList<>();
  private final Token token = new Token();
  private int heldCharacters;
  private boolean started;
  private boolean closed;

  TablePrinter(PipeWriter out, List<String> columns, Display display) {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.display = display;
    layout = new TableLayout(this.columns.stream().map(VisibleText::of).toList(), display);
  }

  @Override
  public void print(Map<String, ?> record) {
    List<String> cells = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Object value = record.get(columns.get(i));
      String cell = text(columns.get(i), value);
      layout.measure(i, cell, value);
      heldCharacters += cell.length();
      cells.add(cell);
    }
    held.add(cells);
    if (held.size() == MOST_RECORDS || heldCharacters > MOST_CHARACTERS) {
      release();
    }
  }

  private String text(String column, Object value) {
    String text = CellText.of(value);
    boolean relative = display.relativeTo() != null && TableLayout.isTime(column);
    return relative ? RelativeTime.of(text, display.relativeTo().instant()) : text;
  }

  @Override
  public void nextToken(String value) {
    token.set(value);
  }

  @Override
  public void flush() {
    if (!held.isEmpty()) {
      release();
    }
    out.flush();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release();
      out.flush();
    }
  }

  private void release() {
    layout.settle();
    if (!started) {
      started = true;
      // handle       message
      // -----------  -------
      out.write(layout.head());
    }
    for (List<String> cells : held) {
      // andrewbrown  hello
      out.write(layout.record(cells));
    }
    held.clear();
    heldCharacters = 0;
  }
}
