package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.check.Stats.Share;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statistics as one json document, and as records. */
public final class StatsDocument {
  private StatsDocument() {}

  /**
   * The document.
   *
   * @param of what the statistics are of
   * @param top most senders and partitions
   */
  public static Map<String, Object> of(String of, Stats stats, int top) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("of", of);
    document.put("items", stats.items());
    document.put("messages", stats.messages());
    document.put("conversation_rows", stats.rows());
    document.put("other_items", stats.others());
    document.put("bytes", stats.bytes());
    document.put("average_message_bytes", stats.averageMessageBytes());
    document.put("undated_messages", stats.undated());
    document.put("earlier_messages", stats.earlier());
    document.put("counts_too_low_by_at_most", stats.missing());
    document.put("days", stats.days().stream().map(s -> fields("day", s)).toList());
    document.put("senders", stats.senders(top).stream().map(s -> fields("sender", s)).toList());
    document.put(
        "partitions", stats.partitions(top).stream().map(s -> fields("partition", s)).toList());
    return document;
  }

  /** A record of one day, sender or partition. */
  public static Map<String, Object> fields(String kind, Share share) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind);
    fields.put("name", share.name());
    fields.put("handle", share.label().isEmpty() ? null : share.label());
    fields.put("items", share.items());
    fields.put("bytes", share.bytes());
    return fields;
  }
}
