package com.cruddur.ddb.cli;

import com.cruddur.ddb.chat.Timestamps;
import java.time.Instant;

/** Moments in options. */
final class Times {
  private Times() {}

  /** Reads a moment; null stays null. */
  static Instant parse(String option, String text) {
    if (text == null) {
      return null;
    }
    return Timestamps.parse(text.strip())
        .orElseThrow(
            () ->
                CommandException.usage(
                    option + " '" + text + "' is no time",
                    "Give one such as 2026-03-19 or 2026-03-19T23:59:59."));
  }
}
