package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.ItemSize;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Counts items by day, by sender and by partition, in memory that does not grow with the table: at
 * most 10,000 days, senders and partitions are told apart. For one thread.
 */
public final class Stats {
  static final int MOST = 10_000;

  /** What falls to one day, sender or partition. */
  public record Share(String name, String label, long items, long bytes) implements Serializable {
    /** By items, then by name. */
    public static final Comparator<Share> MOST_FIRST =
        Comparator.comparingLong(Share::items).reversed().thenComparing(Share::name);
  }

  /** What is counted of all items together. */
  public record Totals(
      long messages,
      long messageBytes,
      long rows,
      long others,
      long bytes,
      long undated,
      long earlier)
      implements Serializable {

    /** The sum. */
    public Totals plus(Totals other) {
      return new Totals(
          messages + other.messages,
          messageBytes + other.messageBytes,
          rows + other.rows,
          others + other.others,
          bytes + other.bytes,
          undated + other.undated,
          earlier + other.earlier);
    }
  }

  private final Instant since;
  private final Instant until;
  private final TreeMap<String, long[]> days = new TreeMap<>();
  private final HeavyHitters senders;
  private final HeavyHitters partitions;
  private long messages;
  private long messageBytes;
  private long rows;
  private long others;
  private long bytes;
  private long undated;
  private long earlier;

  /**
   * Counts of the items whose sort key is a moment between these two, both included; with neither,
   * of all items.
   */
  public Stats(Instant since, Instant until) {
    this(since, until, MOST);
  }

  Stats(Instant since, Instant until, int most) {
    this.since = since;
    this.until = until;
    senders = new HeavyHitters(most);
    partitions = new HeavyHitters(most);
  }

  /** Counts of one file of an export: exact, in memory that grows with its names. */
  public static Stats exact(Instant since, Instant until) {
    return new Stats(since, until, Integer.MAX_VALUE);
  }

  /**
   * What was counted of all files of an export, each name once. Of more days than {@link #MOST} the
   * latest are kept.
   */
  public static Stats of(
      Totals totals, List<Share> days, List<Share> senders, List<Share> partitions) {
    Stats stats = exact(null, null);
    stats.messages = totals.messages;
    stats.messageBytes = totals.messageBytes;
    stats.rows = totals.rows;
    stats.others = totals.others;
    stats.bytes = totals.bytes;
    stats.undated = totals.undated;
    stats.earlier = totals.earlier;
    days.forEach(day -> stats.addDay(day.name, day.items, day.bytes));
    senders.forEach(stats.senders::put);
    partitions.forEach(stats.partitions::put);
    return stats;
  }

  /** What was counted so far. */
  public Totals totals() {
    return new Totals(messages, messageBytes, rows, others, bytes, undated, earlier);
  }

  /** Counts a whole table by a parallel scan; progress is told the items read so far. */
  public void table(ItemTable items, int segments, LongConsumer progress) {
    long[] read = {0};
    new ParallelScan(items.pages())
        .forEachPage(
            segments,
            null,
            page -> {
              page.forEach(this::add);
              progress.accept(read[0] += page.size());
              return true;
            });
  }

  /** Counts the messages of one conversation by a query. */
  public void conversation(ItemTable items, String groupUuid) {
    MessageQuery query = new MessageQuery(groupUuid, 1_000, since, until, false, null);
    items.messages(query).forEach(this::add);
  }

  /** Counts an item. */
  public void add(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    Optional<Instant> time = Timestamps.parse(Items.text(item, Keys.SK));
    if (!isWanted(time)) {
      return;
    }
    long size = ItemSize.of(item);
    bytes += size;
    partitions.add(pk, "", size);
    if (Keys.isMessage(pk)) {
      messages++;
      messageBytes += size;
      Message message = Items.message(item);
      senders.add(message.sender().uuid(), message.sender().handle(), size);
      time.ifPresentOrElse(at -> addDay(day(at), 1, size), () -> undated++);
    } else if (Keys.isConversationRow(pk)) {
      rows++;
    } else {
      others++;
    }
  }

  private boolean isWanted(Optional<Instant> time) {
    return (since == null && until == null)
        || time.filter(at -> since == null || !at.isBefore(since))
            .filter(at -> until == null || !at.isAfter(until))
            .isPresent();
  }

  private static String day(Instant at) {
    return Timestamps.format(at).substring(0, "2026-03-19".length());
  }

  private void addDay(String day, long items, long size) {
    long[] count = days.computeIfAbsent(day, d -> new long[2]);
    count[0] += items;
    count[1] += size;
    if (days.size() > MOST) {
      earlier += days.pollFirstEntry().getValue()[0];
    }
  }

  public long items() {
    return messages + rows + others;
  }

  public long messages() {
    return messages;
  }

  public long rows() {
    return rows;
  }

  public long others() {
    return others;
  }

  public long bytes() {
    return bytes;
  }

  /** Bytes of a message's item, rounded; 0 without messages. */
  public long averageMessageBytes() {
    return messages == 0 ? 0 : Math.round((double) messageBytes / messages);
  }

  /** Messages whose time cannot be read; they are on no day. */
  public long undated() {
    return undated;
  }

  /** Messages of days before the 10,000 that are told apart. */
  public long earlier() {
    return earlier;
  }

  /** How many items the count of a sender or partition may be too low by; 0: exact. */
  public long missing() {
    return Math.max(senders.missing(), partitions.missing());
  }

  /** Days of UTC with messages, in order. */
  public List<Share> days() {
    return days.entrySet().stream()
        .map(e -> new Share(e.getKey(), "", e.getValue()[0], e.getValue()[1]))
        .toList();
  }

  /** Those who wrote most messages: uuid and handle. */
  public List<Share> senders(int most) {
    return senders.top(most);
  }

  /** The partitions with most items. */
  public List<Share> partitions(int most) {
    return partitions.top(most);
  }
}
