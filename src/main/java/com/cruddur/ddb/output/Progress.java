package com.cruddur.ddb.output;

import com.cruddur.ddb.text.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a long command is, on stderr: after a second a bar where that is a terminal, else a line
 * every five seconds; nothing with {@code -q}. The bar is gone once this is closed. For several
 * threads.
 */
public final class Progress implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int UPDATE_MILLIS = 250;

  /**
   * A reader of the output, such as head, often prints to the same terminal and is done by then.
   */
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(1);

  private static final int MOST_PERCENT = 99;

  private final Notices notices;
  private final Goal goal;
  private final LongSupplier throttles;
  private final InstantSource clock;
  private final Instant start;
  private final String task;
  private final Line line;

  /** Made when it is known where an earlier run was; null before, and without a terminal. */
  private ProgressBar bar;

  private Instant told;
  private long recordsBefore;
  private long doneBefore = -1;

  /**
   * Where the way ends.
   *
   * @param total bytes or records; -1 when it is not known
   * @param bytes whether the way is measured in bytes, not in records
   */
  public record Goal(long total, boolean bytes) {
    /** Nothing is known of the end. */
    public static final Goal UNKNOWN = new Goal(-1, false);
  }

  /**
   * Progress of a task.
   *
   * @param columns the width of the terminal that stderr is; 0 when it is none
   * @param throttles how often the database has refused so far; null when nobody counts
   */
  public Progress(
      Notices notices,
      int columns,
      InstantSource clock,
      String task,
      Goal goal,
      LongSupplier throttles) {
    this.notices = notices;
    this.task = task;
    this.goal = goal;
    this.throttles = throttles;
    this.clock = clock;
    this.start = clock.instant();
    this.told = start;
    this.line = columns > 0 && !notices.quiet() ? new Line(columns) : null;
  }

  private ProgressBar newBar() {
    // seed   45% [=====>      ]  54/120MB (0:00:20 / 0:00:24) 2250 a second, 3 throttles
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(goal.total)
            .startsFrom(doneBefore, Duration.ZERO)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .continuousUpdate()
            .clearDisplayOnFinish()
            .setConsumer(line);
    return (goal.bytes ? builder.setUnit("MB", 1_000_000) : builder).build();
  }

  /**
   * The terminal's line as the library sees it; nothing is drawn in the first second and once
   * closed.
   */
  private final class Line implements ProgressBarConsumer {
    private final int columns;
    private boolean closed;

    Line(int columns) {
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns - 1;
    }

    @Override
    public synchronized void accept(String text) {
      if (!closed && Duration.between(start, clock.instant()).compareTo(SHOWN_AFTER) >= 0) {
        notices.status(text);
      }
    }

    @Override
    public synchronized void clear() {
      notices.status(null);
    }

    @Override
    public synchronized void close() {
      closed = true;
      clear();
    }
  }

  /**
   * Tells how far it is.
   *
   * @param done of the goal's bytes or records
   * @param records read or written so far
   * @param words what became of them, such as {@code 12000 read, 11000 written}
   */
  public synchronized void at(long done, long records, String words) {
    if (doneBefore < 0) {
      doneBefore = recordsBefore == 0 ? 0 : done;
    }
    Instant now = clock.instant();
    if (line == null && Duration.between(told, now).compareTo(EVERY) < 0) {
      return;
    }
    told = now;
    double seconds = Math.max(0.001, Duration.between(start, now).toNanos() / 1e9);
    String speed = Math.round(Math.max(0, records - recordsBefore) / seconds) + " a second";
    if (throttles != null) {
      speed += ", " + Count.of(throttles.getAsLong(), "throttle");
    }
    if (line == null) {
      notices.info(words + "; " + speed + left(done, seconds));
    } else {
      if (bar == null) {
        line.accept(task);
        bar = newBar();
      }
      bar.stepTo(reached(done)).setExtraMessage(" " + speed);
    }
  }

  /** A sample: , 45% of 120 MB, about 24 s left. */
  private String left(long done, double seconds) {
    long here = done - doneBefore;
    if (goal.total <= 0 || done <= 0) {
      return "";
    }
    long percent = 100 * reached(done) / goal.total;
    String total =
        goal.bytes
            ? String.format(Locale.ROOT, "%.1f MB", goal.total / 1e6)
            : Long.toString(goal.total);
    String text = ", %d%% of %s".formatted(percent, total);
    // Near the end, and behind it, nobody knows: what was read is still to be written.
    return done * 100 >= goal.total * MOST_PERCENT || here <= 0
        ? text
        : text + ", about %d s left".formatted(Math.round(seconds * (goal.total - done) / here));
  }

  /** All of it is done only when it has ended. */
  private long reached(long done) {
    return goal.total <= 0 ? done : Math.min(done, goal.total * MOST_PERCENT / 100);
  }

  /** So many records were done by an earlier run: they say nothing of this one's rate. */
  public synchronized void resumedAfter(long records) {
    recordsBefore = records;
  }

  @Override
  public synchronized void close() {
    if (line != null) {
      line.close();
    }
    if (bar != null) {
      bar.close();
    }
  }
}
