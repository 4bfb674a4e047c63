package com.cruddur.ddb.engine.stream;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Journal;
import com.cruddur.ddb.engine.storage.StreamSink;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.StreamRecord.Event;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All streams of a database. A stream's state is a note of the database, changed in the same write
 * as the table; its records are in journals, one for each shard, written with the items.
 */
public final class Streams implements StreamSink {
  private static final String NOTE = "stream/";

  /** How long records of streams and of histories are kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private record Parsed(byte[] bytes, StreamState state) {}

  private final Database database;
  private final InstantSource clock;
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  /** Streams that are recorded from now on. */
  public Streams(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    database.streamTo(this);
  }

  /** Begins a new stream and notes it in the table's definition. */
  public void enable(Transaction transaction, ObjectNode definition, String view) {
    ObjectNode table = (ObjectNode) definition.get("Table");
    String tableArn = table.get("TableArn").textValue();
    long now = clock.millis();
    String label = LABEL.format(Instant.ofEpochMilli(now));
    while (transaction.note(NOTE + tableArn + "/stream/" + label) != null) {
      label = LABEL.format(Instant.ofEpochMilli(++now));
    }
    String arn = tableArn + "/stream/" + label;
    ObjectNode specification = table.putObject("StreamSpecification");
    specification.put("StreamEnabled", true).put("StreamViewType", view);
    table.put("LatestStreamLabel", label).put("LatestStreamArn", arn);
    Shard first =
        new Shard(
            shardId(now, 0), null, transaction.newNumber(), 1, -1, 0, Shard.HASHES, clock.millis());
    StreamState stream =
        new StreamState(
            arn,
            label,
            table.get("TableName").textValue(),
            view,
            table.get("KeySchema").deepCopy(),
            now,
            true,
            List.of(first));
    transaction.note(NOTE + arn, stream.bytes());
  }

  /** Ends the stream of a table, if it has one; it can be read for another day. */
  public void disable(Transaction transaction, TableDefinition table) {
    if (table.streamArn() != null) {
      StreamState stream = state(transaction, table.streamArn());
      List<Shard> shards =
          stream.shards().stream()
              .map(shard -> shard.isOpen() ? shard.closedAt(last(transaction, shard)) : shard)
              .toList();
      transaction.note(NOTE + stream.arn(), stream.with(false, shards).bytes());
    }
  }

  @Override
  public void record(
      Transaction transaction, TableDefinition table, Item old, Item item, boolean byService) {
    if (table.history() >= 0) {
      History.record(transaction, table, old, item, clock.millis());
    }
    String arn = table.streamArn();
    if (arn == null) {
      return;
    }
    StreamState stream = state(transaction, arn);
    Item any = item == null ? old : item;
    int hash = stream.shards().size() == 1 ? 0 : hash(table.key().partitionBytes(any));
    String view = stream.view();
    StreamRecord record =
        new StreamRecord(
            old == null ? Event.INSERT : item == null ? Event.REMOVE : Event.MODIFY,
            clock.millis(),
            byService,
            table.key().keyOf(any),
            view.equals("OLD_IMAGE") || view.equals("NEW_AND_OLD_IMAGES") ? old : null,
            view.equals("NEW_IMAGE") || view.equals("NEW_AND_OLD_IMAGES") ? item : null);
    for (Shard shard : stream.shards()) {
      if (shard.takes(hash)) {
        transaction.append(shard.journal(), record.bytes());
        return;
      }
    }
  }

  private static int hash(byte[] partition) {
    return (partition[0] & 0xFF) << 8 | partition[1] & 0xFF;
  }

  private StreamState state(Transaction transaction, String arn) {
    return parse(arn, transaction.note(NOTE + arn));
  }

  private StreamState parse(String arn, byte[] bytes) {
    if (bytes == null) {
      parsed.remove(arn);
      return null;
    }
    Parsed last = parsed.get(arn);
    if (last == null || !Arrays.equals(last.bytes, bytes)) {
      last = new Parsed(bytes, StreamState.of(bytes));
      parsed.put(arn, last);
    }
    return last.state;
  }

  /** All streams by ARN, those that ended included. */
  public List<StreamState> all() {
    List<StreamState> all = new ArrayList<>();
    for (String name : database.notes(NOTE)) {
      find(name.substring(NOTE.length())).ifPresent(all::add);
    }
    return all;
  }

  /** The stream of an ARN. */
  public Optional<StreamState> find(String arn) {
    return Optional.ofNullable(parse(arn, database.note(NOTE + arn)));
  }

  /** A record and its sequence number. */
  public record Numbered(long sequence, StreamRecord record) {}

  /** Records of a shard from a sequence number on, at most so many and some 1 MB. */
  public List<Numbered> read(Shard shard, long from, int count) {
    List<Numbered> records = new ArrayList<>();
    Journal journal = database.journal(shard.journal());
    for (Journal.Entry entry : journal.read(from - shard.base(), count, 1024 * 1024)) {
      long sequence = entry.number() + shard.base();
      if (shard.isOpen() || sequence <= shard.end()) {
        records.add(new Numbered(sequence, StreamRecord.of(entry.record())));
      }
    }
    return records;
  }

  /** The sequence number of the oldest record that is kept. */
  public long first(Shard shard) {
    return database.journal(shard.journal()).first() + shard.base();
  }

  /** The sequence number that comes next; one after the last of a shard that is closed. */
  public long next(Shard shard) {
    return shard.isOpen()
        ? database.journal(shard.journal()).next() + shard.base()
        : shard.end() + 1;
  }

  private long last(Transaction transaction, Shard shard) {
    return database.journal(shard.journal()).next()
        + transaction.appended(shard.journal())
        + shard.base()
        - 1;
  }

  /**
   * Closes the open shards of a stream and opens others that go on from them, as AWS does every
   * four hours and when a table gets busier.
   *
   * @param parts 1 to roll over, more to split each shard
   */
  public void rollOver(String arn, int parts) {
    database.<Void>write(
        transaction -> {
          StreamState stream = state(transaction, arn);
          if (stream != null && stream.enabled()) {
            List<Shard> shards = new ArrayList<>();
            List<Shard> children = new ArrayList<>();
            for (Shard shard : stream.shards()) {
              shards.add(shard.isOpen() ? replace(transaction, shard, parts, children) : shard);
            }
            shards.addAll(children);
            transaction.note(NOTE + arn, stream.with(true, shards).bytes());
          }
          return null;
        });
  }

  private Shard replace(Transaction transaction, Shard shard, int parts, List<Shard> children) {
    long now = clock.millis();
    Shard closed = shard.closedAt(last(transaction, shard));
    int width = (shard.toHash() - shard.fromHash()) / parts;
    for (int i = 0; i < parts; i++) {
      int from = shard.fromHash() + i * width;
      children.add(
          new Shard(
              shardId(now, children.size() + 1 + shard.journal()),
              shard.id(),
              transaction.newNumber(),
              closed.end() + 1,
              -1,
              from,
              i == parts - 1 ? shard.toHash() : from + width,
              now));
    }
    return closed;
  }

  private static String shardId(long millis, int number) {
    return String.format("shardId-%020d-%08x", millis, number * 0x9E3779B9);
  }

  /** Rolls over what is four hours old and forgets what is older than a day. */
  public void tidy() {
    new Retention(this, database, clock).run();
    database.reclaim();
  }

  /** Closed shards that are over go, and a stream that ended goes with its last one. */
  void forget(String arn, Predicate<Shard> over) {
    database.<Void>write(
        transaction -> {
          StreamState stream = state(transaction, arn);
          List<Shard> kept = new ArrayList<>();
          for (Shard shard : stream.shards()) {
            if (over.test(shard)) {
              transaction.dropJournal(shard.journal());
            } else {
              kept.add(shard);
            }
          }
          boolean ended = kept.isEmpty() && !stream.enabled();
          transaction.note(NOTE + arn, ended ? null : stream.with(stream.enabled(), kept).bytes());
          return null;
        });
  }
}
