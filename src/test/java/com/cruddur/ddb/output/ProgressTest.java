package com.cruddur.ddb.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

  private Progress progress(boolean quiet, boolean terminal, Progress.Goal goal) {
    Notices notices = new Notices(err, quiet, false, false);
    return new Progress(notices, terminal ? 100 : 0, now::get, "seed", goal, () -> 3);
  }

  private void wait(int seconds) {
    now.set(now.get().plus(Duration.ofSeconds(seconds)));
  }

  /** What a terminal of one line shows after all this. */
  private static String shown(String text) {
    String line = "";
    for (String part : text.split("\r", -1)) {
      String drawn = part.replaceAll("\u001b\\[\\?7[lh]", "");
      line = drawn.startsWith("\u001b[K") ? drawn.substring(3) : drawn;
    }
    return line;
  }

  @Test
  void withoutATerminalItIsALineEveryFiveSecondsWithRateThrottlesAndTimeLeft() {
    try (Progress progress = progress(false, false, new Progress.Goal(400_000_000, true))) {
      progress.at(1, 1, "1 read");
      wait(4);
      progress.at(50_000_000, 4000, "4000 read");
      wait(1);
      progress.at(100_000_000, 10_000, "10000 read");
      progress.at(100_000_001, 10_001, "10001 read");
      wait(5);
      progress.at(200_000_000, 30_000, "30000 read");
    }
    assertThat(err.toString())
        .isEqualTo(
            """
            10000 read; 2000 a second, 3 throttles, 25% of 400.0 MB, about 15 s left
            30000 read; 3000 a second, 3 throttles, 50% of 400.0 MB, about 10 s left
            """);
  }

  @Test
  void itIsNeverAtItsEndBeforeItHasEnded() {
    try (Progress progress = progress(false, false, new Progress.Goal(1000, false))) {
      wait(995);
      progress.at(995, 995, "995 read");
      wait(5);
      progress.at(1000, 1000, "1000 read");
      wait(5);
      progress.at(1001, 1001, "1001 read");
    }
    assertThat(err.toString())
        .isEqualTo(
            """
            995 read; 1 a second, 3 throttles, 99% of 1000
            1000 read; 1 a second, 3 throttles, 99% of 1000
            1001 read; 1 a second, 3 throttles, 99% of 1000
            """);
  }

  @Test
  void afterAResumeRateAndTimeLeftAreThoseOfThisRunAndTheShareThatOfTheWhole() {
    try (Progress progress = progress(false, false, new Progress.Goal(1000, false))) {
      progress.resumedAfter(800);
      progress.at(800, 800, "800 read");
      wait(10);
      progress.at(900, 900, "900 read");
    }
    assertThat(err.toString())
        .isEqualTo("900 read; 10 a second, 3 throttles, 90% of 1000, about 10 s left\n");
  }

  @Test
  void quietTellsNothing() {
    for (boolean terminal : new boolean[] {true, false}) {
      try (Progress progress = progress(true, terminal, Progress.Goal.UNKNOWN)) {
        wait(60);
        progress.at(1, 1, "1 read");
      }
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void onATerminalItIsABarThatIsGoneAtTheEnd() {
    Notices notices = new Notices(err, false, false, false);
    try (Progress progress =
        new Progress(notices, 100, now::get, "seed", new Progress.Goal(200, false), () -> 1)) {
      wait(10);
      progress.at(50, 50, "50 read");
      await("25%", "5 a second, 1 throttle");
      notices.warn("something happened");
      assertThat(err.toString())
          .contains("\r\u001b[Kwarning: something happened\n\r\u001b[K\u001b[?7lseed");
      assertThat(shown(err.toString())).hasSizeLessThan(100).contains("[=", "50/200");
      assertThat(err.toString().split("\u001b\\[K\u001b\\[\\?7l.*?\u001b\\[\\?7h", -1))
          .as("whatever the width has become, nothing of the line is wrapped")
          .allSatisfy(part -> assertThat(part).doesNotContain("seed"));
    }
    String closed = err.toString();
    assertThat(shown(closed)).isEmpty();
    assertThat(closed).endsWith("\r\u001b[K");
  }

  @Test
  void whatIsDoneWithinASecondShowsNoBar() {
    try (Progress progress = progress(false, true, Progress.Goal.UNKNOWN)) {
      progress.at(1, 1, "1 read");
      now.set(now.get().plusMillis(999));
      progress.at(2, 2, "2 read");
    }
    assertThat(err.toString()).isEmpty();
  }

  /** The library draws four times a second. */
  private void await(String... parts) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      String line = shown(err.toString());
      if (java.util.stream.Stream.of(parts).allMatch(line::contains)) {
        return;
      }
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(shown(err.toString())).contains(parts);
  }
}
