package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.output.Chart;
import com.cruddur.ddb.output.HtmlPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The findings of a check as they stand on a page: counted by kind, then one by one. */
final class FindingsPage {
  /** A browser shows no more with ease; the rest is counted. */
  private static final int MOST = 5_000;

  private static final List<String> COLUMNS =
      List.of("kind", "message_group_uuid", "user_uuid", "sk", "detail", "action", "outcome");

  private final Map<String, Long> kinds = new TreeMap<>();
  private final List<List<String>> rows = new ArrayList<>();
  private long left;

  /** What was checked: an export or a conversation, where it is not null, else the table. */
  static String title(String table, String conversation, String export) {
    return "Check of "
        + (export != null
            ? "export " + export
            : conversation != null ? "conversation " + conversation : "table " + table);
  }

  /** Takes a finding as it is printed. */
  void add(Map<String, Object> fields) {
    kinds.merge(fields.get("severity") + ": " + fields.get("kind"), 1L, Long::sum);
    if (rows.size() == MOST) {
      left++;
      return;
    }
    rows.add(
        COLUMNS.stream()
            .map(column -> fields.get(column) == null ? "" : fields.get(column).toString())
            .toList());
  }

  /** Adds what was found to a page. */
  HtmlPage on(HtmlPage page) {
    if (kinds.isEmpty()) {
      return page;
    }
    List<Chart.Bar> bars =
        kinds.entrySet().stream()
            .map(kind -> new Chart.Bar(kind.getKey(), kind.getValue(), ""))
            .toList();
    page.chart(new Chart("By kind", bars, null));
    return page.table(
        left == 0 ? "All" : "The first " + MOST + "; " + left + " more", COLUMNS, rows);
  }
}
