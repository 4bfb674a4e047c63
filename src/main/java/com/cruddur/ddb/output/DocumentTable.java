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

  /** A line's two halves; a line without a value does not count for the width of the first. */
  private record Line(String label, String value) {}

  private final List<Line> lines = new ArrayList<>();

  private DocumentTable() {}

  static String of(Map<String, ?> document) {
    DocumentTable table = new DocumentTable();
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
        lines.add(new Line(label, null));
        fields(indent + INDENT, indent + INDENT, map);
      } else if (value instanceof Iterable<?> elements && elements.iterator().hasNext()) {
        // indexes
        lines.add(new Line(label, null));
        elements(indent + INDENT, elements);
      } else {
        // status  ACTIVE
        lines.add(new Line(label, scalar(value)));
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
        lines.add(new Line(indent + "- " + scalar(element), null));
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
    int width = 0;
    for (Line line : lines) {
      width = line.value() == null ? width : Math.max(width, VisibleText.width(line.label()));
    }
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.label());
      if (line.value() != null && !line.value().isEmpty()) {
        text.append(" ".repeat(width - VisibleText.width(line.label())) + INDENT + line.value());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
