package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.TimeRange;
import java.time.Instant;
import picocli.CommandLine.Option;

/** {@code --since} and {@code --until}: only the messages of a time are read. */
public final class PeriodOptions {
  @Option(names = "--since", paramLabel = "TIME", description = "No messages before this moment.")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "No messages after this moment.")
  private String until;

  /** Whether neither was given. */
  public boolean isOpen() {
    return since == null && until == null;
  }

  /** Reads a moment that an option gives; null stays null. */
  public static Instant moment(CommandContext context, String option, String text) {
    try {
      return TimeRange.moment(option, text, context.cliEnvironment().clock().instant());
    } catch (InvalidInputException e) {
      throw CommandException.usage(e);
    }
  }

  /**
   * The time that is meant; an end that was not given is null.
   *
   * @throws CommandException when one is no time, or they are swapped
   */
  public TimeRange range(CommandContext context) {
    try {
      return TimeRange.of(since, until, context.cliEnvironment().clock().instant());
    } catch (InvalidInputException e) {
      throw CommandException.usage(e);
    }
  }

  /** As it was given, for a title: empty, or such as {@code " since 7d until 2d"}. */
  @Override
  public String toString() {
    return (since == null ? "" : " since " + since) + (until == null ? "" : " until " + until);
  }
}
