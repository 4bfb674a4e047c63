package com.cruddur.ddb.cli.context;

/** Bounds of numeric options. */
public final class Limits {
  private Limits() {}

  /** Refuses a number below 1 or above the most; null passes. */
  public static void check(String option, Integer number, int most) {
    if (number != null && (number < 1 || number > most)) {
      throw CommandException.usage(
          option + " is " + number,
          most == Integer.MAX_VALUE ? "It is 1 or more." : "It is 1 to " + most + ".");
    }
  }
}
