package com.cruddur.ddb.text;

import java.util.Locale;

/** A number with its noun: {@code 1 key}, {@code 2 keys}, {@code 1,200 entries}. */
public final class Count {
  private Count() {}

  /**
   * Digits and noun.
   *
   * @param noun for one, such as {@code conversation row}
   */
  public static String of(long number, String noun) {
    return of(number, noun, plural(noun));
  }

  /** Digits and the words for one or for many, such as "row is" and "rows are". */
  public static String of(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** As {@link #of(long, String)}, with commas between thousands. */
  public static String grouped(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    return noun.matches(".*[^aeiou]y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
  }
}
