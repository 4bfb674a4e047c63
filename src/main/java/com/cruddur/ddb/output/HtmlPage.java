package com.cruddur.ddb.output;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One page of HTML that needs nothing else: no script, no other file. Its policy lets a browser
 * neither run nor load anything, whatever the data is.
 */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --dim: #5b6675; --ground: #ffffff;
        --line: #dfe4ea; --bar: #2f6fbd }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa6b5;
        --ground: #14181f; --line: #2b323d; --bar: #6aa5ee } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-size: 1.5rem; overflow-wrap: anywhere }
      p { color: var(--dim) }
      b { font-weight: inherit; white-space: nowrap }
      table { border-collapse: collapse; width: 100%; margin: 2rem 0; table-layout: fixed }
      caption { text-align: left; font-weight: 600; padding-bottom: .4rem }
      th, td { padding: .25rem .6rem .25rem 0; border-top: 1px solid var(--line);
        vertical-align: top }
      th { width: 23rem; font-weight: 400; text-align: left; overflow-wrap: anywhere }
      .n { text-align: right; width: 6rem; font-variant-numeric: tabular-nums }
      .d { text-align: right; width: 9rem; color: var(--dim); font-variant-numeric: tabular-nums }
      svg { display: block; width: 100%; height: .9rem; margin-top: .3rem }
      rect { fill: var(--bar) }
      .list thead { display: none }
      .list tr { display: block; padding: .6rem 0; border-top: 1px solid var(--line) }
      .list td { display: block; position: relative; padding: 0 0 0 12rem; border: 0;
        overflow-wrap: anywhere }
      .list td:empty { display: none }
      .list td::before { content: attr(data-name); position: absolute; left: 0;
        color: var(--dim) }
      @media (max-width: 45rem) {
        .chart tr { display: grid; grid-template-columns: 1fr auto; padding: .3rem 0;
          border-top: 1px solid var(--line) }
        .chart th, .chart td { width: auto; padding: 0; border: 0 }
        .chart b { white-space: normal }
        .b { grid-area: 2 / 1 / 3 / 3 }
        .d { grid-area: 3 / 1 / 4 / 3; text-align: left }
        .list td { padding: 0 }
        .list td::before { display: block; position: static; font-size: .8rem }
      }
      """;

  /** A uuid, as it stands in a key too, or a time: not broken at its hyphens. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:[A-Z]{3}#)?\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
              + "|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d)?");

  /** What every page begins with. */
  public static final String BEGIN = "<!DOCTYPE html>";

  private final StringBuilder html = new StringBuilder(8_192);

  /** A page that begins with these lines; every text is shown as it is, none is markup. */
  public HtmlPage(String title, List<String> lines) {
    html.append(BEGIN + "\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .append(escape(title))
        .append("</title>\n<style>\n" + STYLE + "</style>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
    lines.forEach(this::line);
  }

  private void line(String line) {
    html.append("<p>").append(shown(line)).append("</p>\n");
  }

  /** Adds a chart: a table, so that it can be read without seeing the bars. */
  public HtmlPage chart(Chart chart) {
    html.append("<table class=\"chart\">\n<caption>")
        .append(escape(chart.title()))
        .append("</caption>\n");
    for (Chart.Bar bar : chart.bars()) {
      double percent = 100.0 * bar.value() / chart.largest();
      html.append("<tr><th scope=\"row\">")
          .append(shown(bar.label()))
          .append("</th><td class=\"b\"><svg aria-hidden=\"true\"><rect height=\"100%\" width=\"")
          .append(String.format(Locale.ROOT, "%.2f%%", percent))
          .append("\"/></svg></td><td class=\"n\">")
          .append(TextCharts.number(bar.value()))
          .append("</td><td class=\"d\">")
          .append(escape(bar.detail()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
    if (chart.note() != null) {
      line(chart.note());
    }
    return this;
  }

  /** Adds a table with a heading for each column. */
  public HtmlPage table(String caption, List<String> columns, List<List<String>> rows) {
    html.append("<table class=\"list\">\n<caption>").append(escape(caption));
    html.append("</caption>\n<thead><tr>");
    columns.forEach(c -> html.append("<th scope=\"col\">").append(escape(c)).append("</th>"));
    html.append("</tr></thead>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < columns.size(); i++) {
        html.append("<td data-name=\"")
            .append(escape(columns.get(i)))
            .append("\">")
            .append(shown(row.get(i)))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</table>\n");
    return this;
  }

  @Override
  public String toString() {
    return html + "</html>\n";
  }

  private static String shown(String text) {
    return WHOLE.matcher(escape(text)).replaceAll("<b>$0</b>");
  }

  /** Text as HTML shows it; bidirectional controls and the like are spelled out. */
  private static String escape(String text) {
    return VisibleText.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
