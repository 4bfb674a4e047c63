package com.cruddur.ddb.bulk.generate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The times of messages: over ninety days, many by day (UTC) and few by night. */
final class DailyRhythm {
  private static final int DAYS = 90;
  private static final double HOUR_MICROS = 3.6e9;

  /** How much is said in each hour of a day. */
  private static final int[] HOURS = {
    3, 2, 1, 1, 1, 1, 2, 4, 7, 8, 8, 8, 9, 8, 7, 7, 8, 9, 10, 11, 12, 11, 8, 5
  };

  private final Instant end;
  private final Instant midnight;
  private final long messages;
  private final double said;
  private final double day;

  /**
   * The rhythm of some messages.
   *
   * @param end the moment of the last one
   */
  DailyRhythm(Instant end, long messages) {
    this.end = end;
    this.midnight = end.truncatedTo(ChronoUnit.DAYS);
    this.messages = messages;
    double sum = 0;
    double before = 0;
    double hours = Duration.between(midnight, end).toNanos() / 1e3 / HOUR_MICROS;
    for (int hour = 0; hour < HOURS.length; hour++) {
      before += HOURS[hour] * Math.min(1, Math.max(0, hours - hour));
      sum += HOURS[hour];
    }
    this.said = before;
    this.day = sum;
  }

  /**
   * When a message is sent; later ones are later.
   *
   * @param number 0 for the first
   * @param chance 0 to 1: where between its neighbours
   */
  Instant at(long number, double chance) {
    long later = messages - 1 - number;
    if (later == 0) {
      return end;
    }
    double saidBefore = said - (later + 0.9 * chance) * DAYS * day / messages;
    long days = (long) Math.floor(saidBefore / day);
    double left = saidBefore - days * day;
    int hour = 0;
    while (hour < HOURS.length - 1 && left >= HOURS[hour]) {
      left -= HOURS[hour];
      hour++;
    }
    long micros = (long) ((hour + left / HOURS[hour]) * HOUR_MICROS);
    return midnight.plus(days, ChronoUnit.DAYS).plus(micros, ChronoUnit.MICROS);
  }
}
