package com.cruddur.ddb.output;

import com.cruddur.ddb.text.Count;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** How long ago a moment was, or how far ahead it is, cut to one whole unit. */
final class RelativeTime {
  private RelativeTime() {}

  /**
   * Samples: {@code now}, {@code 59 s ago}, {@code 1 min ago}, {@code 23 h ago}, {@code 1 day ago},
   * {@code in 2 months}. Days are 24 hours, months and years those of the calendar in UTC.
   *
   * @param time ISO 8601 with an offset; anything else is returned as it is
   */
  static String of(String time, Instant now) {
    Instant moment;
    try {
      moment = OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      return time;
    }
    boolean past = !moment.isAfter(now);
    String distance = past ? distance(moment, now) : distance(now, moment);
    if (distance.isEmpty()) {
      return "now";
    }
    return past ? distance + " ago" : "in " + distance;
  }

  /** Empty below a second. */
  private static String distance(Instant from, Instant to) {
    long seconds = Duration.between(from, to).toSeconds();
    if (seconds < 60) {
      return seconds == 0 ? "" : seconds + " s";
    } else if (seconds < 3_600) {
      return seconds / 60 + " min";
    } else if (seconds < 86_400) {
      return seconds / 3_600 + " h";
    }
    long months =
        ChronoUnit.MONTHS.between(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC));
    if (months == 0) {
      return Count.of(seconds / 86_400, "day");
    }
    return months < 12 ? Count.of(months, "month") : Count.of(months / 12, "year");
  }
}
