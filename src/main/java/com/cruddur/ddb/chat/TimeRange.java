package com.cruddur.ddb.chat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From one moment to another, both included; null where it is open. Moments are given as a
 * timestamp, a date, {@code today}, {@code yesterday}, {@code now}, or how long ago, such as {@code
 * 90s}, {@code 15m}, {@code 2h}, {@code 7d} and {@code 2w}. Days are those of UTC; a day is all of
 * it: its first moment as a beginning, its last one as an end.
 */
public record TimeRange(Instant from, Instant to) {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Map<String, Long> SECONDS =
      Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);

  /**
   * Reads what {@code --since} and {@code --until} say; null is open.
   *
   * @throws InvalidInputException for what is no moment, and for an end before the beginning
   */
  public static TimeRange of(String since, String until, Instant now) {
    Instant from = parse("--since", since, now, false);
    Instant to = parse("--until", until, now, true);
    if (from != null && to != null && from.isAfter(to)) {
      throw new InvalidInputException(
          "--since " + since + " is after --until " + until, "Give the earlier one as --since.");
    }
    return new TimeRange(from, to);
  }

  /**
   * Reads a moment, of a day the first one; null stays null.
   *
   * @throws InvalidInputException for what is no moment; it names the option
   */
  public static Instant moment(String option, String text, Instant now) {
    return parse(option, text, now, false);
  }

  private static Instant parse(String option, String text, Instant now, boolean end) {
    if (text == null) {
      return null;
    }
    String stripped = text.strip();
    return ago(stripped, now)
        .or(() -> day(stripped, now).map(day -> end ? lastMoment(day) : firstMoment(day)))
        .or(() -> Timestamps.parse(stripped))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    option + " '" + text + "' is not a valid time",
                    "Give one such as 2026-03-19, 2026-03-19T23:59:59, 7d, 2h, today or"
                        + " yesterday."));
  }

  private static Optional<Instant> ago(String text, Instant now) {
    if (text.equals("now")) {
      return Optional.of(now);
    }
    Matcher ago = AGO.matcher(text);
    return ago.matches()
        ? Optional.of(now.minusSeconds(Long.parseLong(ago.group(1)) * SECONDS.get(ago.group(2))))
        : Optional.empty();
  }

  private static Optional<LocalDate> day(String text, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (text.equals("today")) {
      return Optional.of(today);
    } else if (text.equals("yesterday")) {
      return Optional.of(today.minusDays(1));
    }
    try {
      return DATE.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant firstMoment(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** Stored times have microseconds, and a tie-break of three digits more. */
  private static Instant lastMoment(LocalDate day) {
    return firstMoment(day.plusDays(1)).minus(1, ChronoUnit.NANOS);
  }
}
