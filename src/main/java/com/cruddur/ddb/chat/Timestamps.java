package com.cruddur.ddb.chat;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How moments are written as sort keys, and how leniently they are read.
 *
 * <p>Written: UTC, six fraction digits and the offset, always 32 characters ({@code
 * 2026-03-19T23:59:59.000000+00:00}), so that text order is time order. Read: also without a
 * fraction, with {@code Z}, with another offset, or with none (then UTC). {@code Z} is never
 * written: it sorts after every digit and sign.
 */
public final class Timestamps {
  private static final DateTimeFormatter CANONICAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final Pattern LENIENT =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d)(:\\d\\d)?(?:[.,](\\d{1,9}))?"
              + " ?(Z|z|[+-]\\d\\d(?::?\\d\\d)?)?)?");

  /** The readable forms whose text order is time order: UTC, and never {@code Z}. */
  private static final Pattern SORTING =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?([+-]00(:?00)?)?)?");

  private static final int FRACTION_END = "2026-03-19T23:59:59.000000".length();
  private static final int CANONICAL_LENGTH = "2026-03-19T23:59:59.000000+00:00".length();
  private static final int TIE_BREAKS = 999;

  /** Of those that java.time reads. */
  private static final Duration FARTHEST_OFFSET = Duration.ofHours(18);

  private static final String OFFSET = "+00:00";

  /** Each digit of the canonical form, and what stands between them. */
  private static final String FORM = "0000-00-00T00:00:00.000000" + OFFSET;

  private static final int DAY_SECONDS = 86_400;

  /** Years of four digits. */
  private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * DAY_SECONDS;

  private static final long END_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY_SECONDS;

  private Timestamps() {}

  /** The canonical key of a moment, cut to microseconds. */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < FIRST_SECOND || second >= END_SECOND) {
      return CANONICAL.format(instant) + OFFSET;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, DAY_SECONDS));
    int time = (int) Math.floorMod(second, DAY_SECONDS);
    char[] text = FORM.toCharArray();
    put(text, 0, 4, date.getYear());
    put(text, 5, 2, date.getMonthValue());
    put(text, 8, 2, date.getDayOfMonth());
    put(text, 11, 2, time / 3600);
    put(text, 14, 2, time / 60 % 60);
    put(text, 17, 2, time % 60);
    put(text, 20, 6, instant.getNano() / 1000);
    return new String(text);
  }

  private static void put(char[] text, int at, int digits, int number) {
    int left = number;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + left % 10);
      left /= 10;
    }
  }

  /** The moment of a text of the canonical form; null when it has another, or no such moment. */
  private static Instant canonical(String text) {
    if (text.length() != CANONICAL_LENGTH) {
      return null;
    }
    for (int i = 0; i < CANONICAL_LENGTH; i++) {
      char form = FORM.charAt(i);
      char c = text.charAt(i);
      if (i < FRACTION_END && form == '0' ? c < '0' || c > '9' : c != form) {
        return null;
      }
    }
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    LocalDate first = LocalDate.of(number(text, 0, 4), month, 1);
    if (day > first.lengthOfMonth()) {
      return null;
    }
    long days = first.toEpochDay() + day - 1;
    long seconds = days * DAY_SECONDS + hour * 3600L + minute * 60L + second;
    return Instant.ofEpochSecond(seconds, number(text, 20, FRACTION_END) * 1000L);
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + text.charAt(i) - '0';
    }
    return number;
  }

  /** Reads any of the known forms; a date alone is its first moment; empty when it is no time. */
  public static Optional<Instant> parse(String text) {
    Instant canonical = canonical(text);
    if (canonical != null) {
      return Optional.of(canonical);
    }
    Matcher m = LENIENT.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String time = m.group(2) == null ? "00:00:00" : m.group(2) + or(m.group(3), ":00");
    String local = m.group(1) + "T" + time + "." + or(m.group(4), "0");
    try {
      return Optional.of(LocalDateTime.parse(local).toInstant(offset(or(m.group(5), "Z"))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** True for exactly what {@link #format} writes, with or without the three tie-break digits. */
  public static boolean isCanonical(String key) {
    boolean tieBroken = key.length() == CANONICAL_LENGTH + 3;
    String plain =
        tieBroken ? key.substring(0, FRACTION_END) + key.substring(FRACTION_END + 3) : key;
    return parse(key).isPresent() && parse(plain).map(i -> format(i).equals(plain)).orElse(false);
  }

  /**
   * Whether a key's place in text order is its place in time: not with {@code Z}, another offset, a
   * blank or a comma, and not when it is no time at all.
   */
  public static boolean sorts(String key) {
    return SORTING.matcher(key).matches() && parse(key).isPresent();
  }

  /** The moment of a stored key cut to microseconds; {@link Instant#MIN} when unreadable. */
  static Instant microseconds(String key) {
    return parse(key).map(i -> i.truncatedTo(ChronoUnit.MICROS)).orElse(Instant.MIN);
  }

  /** The key for output: canonical if it can be read, else as it stands. */
  public static String display(String key) {
    return parse(key).map(Timestamps::format).orElse(key);
  }

  /**
   * A key between T and T + 1 us, for a row whose key T is held by another conversation's row of
   * the same user: three more fraction digits, derived from the conversation.
   *
   * @param attempt 0, then counted up when that key is taken too
   */
  public static String tieBreak(String canonicalKey, String groupUuid, int attempt) {
    int digits =
        Math.floorMod(Math.floorMod(groupUuid.hashCode(), TIE_BREAKS) + attempt, TIE_BREAKS) + 1;
    return canonicalKey.substring(0, FRACTION_END)
        + String.format(Locale.ROOT, "%03d", digits)
        + canonicalKey.substring(FRACTION_END);
  }

  /**
   * The least key that this moment or a later one can have, in UTC and with any number of fraction
   * digits.
   */
  public static String lowerBound(Instant instant) {
    return format(instant).substring(0, FRACTION_END).replaceFirst("\\.?0*$", "");
  }

  /**
   * A key after every form of this moment (tie-broken ones too, {@code Z} not) and before the next
   * microsecond.
   */
  public static String upperBound(Instant instant) {
    return format(instant).substring(0, FRACTION_END) + "~";
  }

  /** No later moment's key sorts before this, whatever its offset and form. */
  public static String reach(Instant instant) {
    return format(instant.minus(FARTHEST_OFFSET)).substring(0, "2026-03-19".length());
  }

  private static ZoneOffset offset(String text) {
    return ZoneOffset.of(text.equals("z") ? "Z" : text);
  }

  private static String or(String text, String fallback) {
    return text == null ? fallback : text;
  }
}
