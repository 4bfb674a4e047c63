package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  private final StringWriter err = new StringWriter();
  private long seconds;

  private StallWatch watch(boolean quiet) {
    return new StallWatch(
        new Notices(err, quiet, false, false),
        () -> "waiting for more input",
        () -> TimeUnit.SECONDS.toNanos(seconds),
        false);
  }

  private void look(StallWatch watch, int... times) {
    for (int time : times) {
      seconds = time;
      watch.look();
    }
  }

  @Test
  void aStallIsToldAfterTenSecondsAndThenEveryHalfMinute() {
    try (StallWatch watch = watch(false)) {
      look(watch, 1, 9, 10, 11, 39, 40, 41);
      watch.at(7);
      look(watch, 42, 50);
      watch.at(7);
      look(watch, 51, 52);
    }
    assertThat(err.toString())
        .isEqualTo(
            """
            no progress for 10 s: waiting for more input
            no progress for 40 s: waiting for more input
            no progress for 10 s: waiting for more input
            """);
  }

  @Test
  void quietTellsNothing() {
    try (StallWatch watch = watch(true)) {
      look(watch, 60);
    }
    assertThat(err.toString()).isEmpty();
  }
}
