package com.cruddur.ddb.cli;

import com.cruddur.ddb.bulk.SeedProgress;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Tells on stderr how far a long command is, a line every five seconds. For several threads. */
final class BulkProgress implements Consumer<SeedProgress>, LongConsumer {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Notices notices;
  private final InstantSource clock;
  private Instant told;

  BulkProgress(Notices notices, InstantSource clock) {
    this.notices = notices;
    this.clock = clock;
    this.told = clock.instant();
  }

  @Override
  public void accept(SeedProgress progress) {
    // conversations.json: 12000 read, 11000 written, 1000 unchanged, 0 rejected
    tell(
        () ->
            progress.file()
                + ": "
                + progress.read()
                + " read, "
                + progress.written()
                + " written, "
                + progress.unchanged()
                + " unchanged, "
                + progress.rejected()
                + " rejected");
  }

  @Override
  public void accept(long items) {
    // 12000 items written
    tell(() -> items + " items written");
  }

  private synchronized void tell(Supplier<String> line) {
    Instant now = clock.instant();
    if (Duration.between(told, now).compareTo(EVERY) >= 0) {
      told = now;
      notices.info(line.get());
    }
  }
}
