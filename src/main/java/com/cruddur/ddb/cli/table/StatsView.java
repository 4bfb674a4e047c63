package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.dynamo.check.Stats;
import com.cruddur.ddb.dynamo.check.Stats.Share;
import com.cruddur.ddb.dynamo.check.StatsDocument;
import com.cruddur.ddb.output.Chart;
import com.cruddur.ddb.output.RecordPrinter;
import com.cruddur.ddb.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Statistics as they are shown.
 *
 * @param title what they are of
 * @param days most days in a chart, the latest
 * @param top most senders and partitions
 */
record StatsView(Stats stats, String title, int days, int top) {
  static final Columns RECORDS = Columns.of("kind", "name", "handle", "items", "bytes");

  /** A sample: 1204 items: 1200 messages, 4 conversation rows; 345000 bytes; … */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s, %s"
            .formatted(
                Count.grouped(stats.items(), "item"),
                Count.grouped(stats.messages(), "message"),
                Count.grouped(stats.rows(), "conversation row"),
                Count.grouped(stats.others(), "other")));
    lines.add(
        "%s; a message %,d on average"
            .formatted(Count.grouped(stats.bytes(), "byte"), stats.averageMessageBytes()));
    if (stats.missing() > 0) {
      lines.add(
          "senders and partitions are more than fit: counts too low by up to " + stats.missing());
    }
    return lines;
  }

  List<Chart> charts() {
    List<Share> all = stats.days();
    int hidden = Math.max(0, all.size() - days);
    long before = stats.earlier() + all.subList(0, hidden).stream().mapToLong(Share::items).sum();
    String note =
        before + stats.undated() == 0
            ? null
            : "%s on days before, %,d without a time"
                .formatted(Count.grouped(before, "message"), stats.undated());
    return List.of(
        new Chart("Messages by day (UTC)", bars(all.subList(hidden, all.size())), note),
        new Chart("Messages by sender", bars(stats.senders(top)), null),
        new Chart("Items by partition", bars(stats.partitions(top)), null));
  }

  private static List<Chart.Bar> bars(List<Share> shares) {
    return shares.stream()
        .map(
            share ->
                new Chart.Bar(
                    !share.label().isEmpty()
                        ? share.label()
                        : share.name().isEmpty() ? "(none)" : share.name(),
                    share.items(),
                    Count.grouped(share.bytes(), "byte")))
        .toList();
  }

  Map<String, Object> document() {
    return StatsDocument.of(title, stats, top);
  }

  void records(RecordPrinter printer) {
    printer.print(
        StatsDocument.fields("total", new Share("items", "", stats.items(), stats.bytes())));
    stats.days().forEach(share -> printer.print(StatsDocument.fields("day", share)));
    stats.senders(top).forEach(share -> printer.print(StatsDocument.fields("sender", share)));
    stats.partitions(top).forEach(share -> printer.print(StatsDocument.fields("partition", share)));
  }
}
