package com.cruddur.ddb.output;

/** A number of things, in words. */
public final class Count {
  private Count() {}

  /** Samples: 1 message, 2 messages. */
  public static String of(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
