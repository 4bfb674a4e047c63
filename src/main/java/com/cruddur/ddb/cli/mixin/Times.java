package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.cli.context.CommandException;
import java.time.Instant;

/** Moments in options. */
public final class Times {
  private Times() {}

  /** From one moment to another, both included; null where it is open. */
  public record Range(Instant from, Instant to) {}

  /** Reads what {@code --since} and {@code --until} say. */
  public static Range range(String since, String until) {
    Instant from = parse("--since", since);
    Instant to = parse("--until", until);
    if (from != null && to != null && from.isAfter(to)) {
      throw CommandException.usage(
          "--since " + since + " is after --until " + until, "Give the earlier one as --since.");
    }
    return new Range(from, to);
  }

  /** Reads a moment; null stays null. */
  public static Instant parse(String option, String text) {
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
