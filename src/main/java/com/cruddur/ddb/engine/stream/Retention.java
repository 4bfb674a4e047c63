package com.cruddur.ddb.engine.stream;

import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Journal;
import com.cruddur.ddb.engine.storage.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** How long shards are open, and records of streams and of histories are kept. */
final class Retention {
  private static final Duration SHARD_LIFE = Duration.ofHours(4);
  private static final int TRIM_STEP = 1024;

  private final Streams streams;
  private final Database database;
  private final InstantSource clock;

  Retention(Streams streams, Database database, InstantSource clock) {
    this.streams = streams;
    this.database = database;
    this.clock = clock;
  }

  void run() {
    for (StreamState stream : streams.all()) {
      if (stream.shards().stream()
          .anyMatch(shard -> shard.isOpen() && isOlder(shard, SHARD_LIFE))) {
        streams.rollOver(stream.arn(), 1);
      }
      stream.shards().forEach(shard -> trim(shard.journal()));
      boolean over =
          streams.find(stream.arn()).stream()
              .flatMap(now -> now.shards().stream())
              .anyMatch(this::isOver);
      if (over) {
        streams.forget(stream.arn(), this::isOver);
      }
    }
    for (Table table : database.tables()) {
      if (table.definition().history() >= 0) {
        trim(table.definition().history());
      }
    }
  }

  private void trim(int number) {
    Journal journal = database.journal(number);
    long oldest = clock.millis() - Streams.KEPT.toMillis();
    long keep = journal.first();
    long next = journal.next();
    // In long steps, and shorter ones where a long one would go too far.
    for (int step = TRIM_STEP; keep < next && step > 0; ) {
      long end = Math.min(keep + step, next);
      List<Journal.Entry> last = journal.read(end - 1, 1, 1);
      if (last.isEmpty() || StreamRecord.moment(last.get(0).record()) > oldest) {
        step /= 2;
      } else {
        keep = end;
      }
    }
    journal.trim(keep);
  }

  private boolean isOver(Shard shard) {
    return !shard.isOpen() && streams.first(shard) > shard.end() && isOlder(shard, Streams.KEPT);
  }

  private boolean isOlder(Shard shard, Duration age) {
    return clock.millis() - shard.opened() > age.toMillis();
  }
}
