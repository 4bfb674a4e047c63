package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.ServerDate;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Keeps messages with the time of a wrong clock out of production. The SDK corrects its signatures
 * by the service's time, so that nobody else would notice; a message of the future then stays the
 * newest of its conversation until that time has come.
 */
final class ClockGuard {
  private static final Duration NOTABLE = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMinutes(15);

  private final ServerDate date;

  /** A shell may go from one service to another. */
  private Target asked;

  ClockGuard(InstantSource clock) {
    this.date = new ServerDate(clock);
  }

  /** What must listen to the clients' answers. */
  ServerDate date() {
    return date;
  }

  /**
   * Returns when the clock is right enough to write.
   *
   * @param allowed whether a wrong one is only told
   * @throws CommandException when it is not
   */
  void require(Target target, TableAdmin tables, Notices notices, boolean allowed) {
    if (date.ahead().isEmpty() || !target.equals(asked)) {
      ask(target, tables);
      asked = target;
    }
    Duration ahead = date.ahead().orElse(Duration.ZERO);
    if (ahead.abs().compareTo(NOTABLE) <= 0) {
      return;
    }
    // this machine's clock is 2 h 0 min ahead of the service's
    String found =
        "this machine's clock is "
            + words(ahead.abs())
            + (ahead.isNegative() ? " behind" : " ahead of")
            + " the service's";
    if (allowed || ahead.abs().compareTo(MOST) < 0) {
      notices.warn(found + "; messages are stored with this machine's time");
      return;
    }
    throw new CommandException(
        ExitCode.FAILED,
        "clock",
        target.describe() + ": " + found,
        "Nothing was written. Set the clock ('timedatectl set-ntp true'), or add"
            + " --allow-clock-skew to store messages with that time.");
  }

  /** Every answer tells the time, a refusal as well. */
  private static void ask(Target target, TableAdmin tables) {
    try {
      tables.describe(target.table());
    } catch (SdkException e) {
      // The command will meet the same, if it matters to it.
    }
  }

  private static String words(Duration time) {
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min " + time.toSecondsPart() + " s";
  }
}
