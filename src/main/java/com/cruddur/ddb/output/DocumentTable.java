package com.cruddur.ddb.output;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One document for a person: a line for each field, values in one column, nested fields indented,
 * elements dashed.
 */
final class DocumentTable {
  private static final String INDENT = "  ";

  /**
   * A line's two halves; a line without a value does not count for the width of the first.
   *
   * @param element whether the value follows its dash, else it stands in the column of the values
   */
  private record Line(String label, String value, boolean element) {}

  private final List<Line> lines = new ArrayList<>();

  /** Cells of a line; 0 for no bound. */
  private final int lineWidth;

  private DocumentTable(int lineWidth) {
    this.lineWidth = lineWidth;
  }

  static String of(Map<String, ?> document, Display display) {
    DocumentTable table = new DocumentTable(display.terminal() ? display.columns() : 0);
    table.fields("", "", document);
    return table.render();
  }

  private void fields(String first, String indent, Map<?, ?> fields) {
    String lead = first;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      String label = lead + VisibleText.of(String.valueOf(field.getKey()));
      lead = indent;
      Object value = field.getValue();
      if (value instanceof Map<?, ?> map && !map.isEmpty()) {
        // keys
        lines.add(new Line(label, null, false));
        fields(indent + INDENT, indent + INDENT, map);
      } else if (value instanceof Iterable<?> elements && elements.iterator().hasNext()) {
        // indexes
        lines.add(new Line(label, null, false));
        elements(indent + INDENT, elements);
      } else {
        // status  ACTIVE
        lines.add(new Line(label, scalar(value), false));
      }
    }
  }

  private void elements(String indent, Iterable<?> elements) {
    for (Iterator<?> i = elements.iterator(); i.hasNext(); ) {
      Object element = i.next();
      if (element instanceof Map<?, ?> map && !map.isEmpty()) {
        //   - name        message-group-sk-index
        //     projection  ALL
        fields(indent + "- ", indent + INDENT, map);
      } else {
        //   - NEW_IMAGE
        lines.add(new Line(indent + "- ", scalar(element), true));
      }
    }
  }

  private static String scalar(Object value) {
    boolean empty =
        (value instanceof Map<?, ?> map && map.isEmpty())
            || (value instanceof Iterable<?> elements && !elements.iterator().hasNext());
    return empty ? "(none)" : CellText.of(value);
  }

  private String render() {
    int width =
        lines.stream()
            .filter(line -> line.value() != null && !line.element())
            .mapToInt(line -> VisibleText.width(line.label()))
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String label = line.label();
      if (line.value() == null || line.value().isEmpty()) {
        text.append(label).append('\n');
      } else if (line.element()) {
        text.append(beside(label, line.value())).append('\n');
      } else {
        String padding = " ".repeat(width - VisibleText.width(label)) + INDENT;
        text.append(beside(label + padding, line.value())).append('\n');
      }
    }
    return text.toString();
  }

  /** A value over as many lines as it needs; below its label where a word of it has no room. */
  private String beside(String label, String value) {
    int column = VisibleText.width(label);
    if (lineWidth == 0 || column + VisibleText.mostWidth(value) <= lineWidth) {
      return label + value;
    }
    int longest = 0;
    for (String word : value.split(" ")) {
      longest = Math.max(longest, VisibleText.mostWidth(word));
    }
    boolean below = column + longest > lineWidth;
    int indent = below ? INDENT.length() : column;
    String newline = "\n" + " ".repeat(indent);
    // A word that no line holds is left to the terminal: it can be copied.
    int width = Math.max(longest, lineWidth - indent);
    return (below ? label.stripTrailing() + newline : label)
        + String.join(newline, VisibleText.wrap(value, width));
  }
}
