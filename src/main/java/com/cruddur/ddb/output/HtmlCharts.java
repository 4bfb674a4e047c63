package com.cruddur.ddb.output;

import java.util.List;
import java.util.Locale;

/**
 * Charts as one page of HTML that needs nothing else: no script, no other file. Each chart is a
 * table, so that it can be read without seeing the bars. Its policy lets a browser neither run nor
 * load anything, whatever the data is.
 */
public final class HtmlCharts {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --dim: #5b6675; --ground: #ffffff;
        --line: #dfe4ea; --bar: #2f6fbd }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa6b5;
        --ground: #14181f; --line: #2b323d; --bar: #6aa5ee } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground);
        max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
      h1 { font-size: 1.5rem; overflow-wrap: anywhere }
      table { border-collapse: collapse; width: 100%; margin: 2rem 0; table-layout: fixed }
      caption { text-align: left; font-weight: 600; padding-bottom: .4rem }
      th, td { padding: .25rem .6rem .25rem 0; border-top: 1px solid var(--line) }
      th { font-weight: 400; text-align: left; width: 34%; overflow-wrap: anywhere }
      .n { text-align: right; width: 6rem; font-variant-numeric: tabular-nums }
      .d { text-align: right; width: 9rem; color: var(--dim); font-variant-numeric: tabular-nums }
      svg { display: block; width: 100%; height: .9rem }
      rect { fill: var(--bar) }
      p { color: var(--dim) }
      """;

  /** What every page begins with. */
  public static final String BEGIN = "<!DOCTYPE html>";

  private HtmlCharts() {}

  /** The page; every text is shown as it is, none is markup. */
  public static String page(String title, List<String> lines, List<Chart> charts) {
    StringBuilder html = new StringBuilder(8_192);
    html.append(BEGIN + "\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(escape(title))
        .append("</title>\n<style>\n" + STYLE + "</style>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
    lines.forEach(line -> html.append("<p>").append(escape(line)).append("</p>\n"));
    charts.forEach(chart -> append(html, chart));
    return html.append("</html>\n").toString();
  }

  private static void append(StringBuilder html, Chart chart) {
    html.append("<table>\n<caption>").append(escape(chart.title())).append("</caption>\n");
    for (Chart.Bar bar : chart.bars()) {
      double percent = 100.0 * bar.value() / chart.largest();
      html.append("<tr><th scope=\"row\">")
          .append(escape(bar.label()))
          .append("</th><td><svg aria-hidden=\"true\"><rect height=\"100%\" width=\"")
          .append(String.format(Locale.ROOT, "%.2f%%", percent))
          .append("\"/></svg></td><td class=\"n\">")
          .append(TextCharts.number(bar.value()))
          .append("</td><td class=\"d\">")
          .append(escape(bar.detail()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
    if (chart.note() != null) {
      html.append("<p>").append(escape(chart.note())).append("</p>\n");
    }
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
