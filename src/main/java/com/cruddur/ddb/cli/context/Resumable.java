package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.bulk.StoppedException;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Work of many writes that Ctrl-C ends, and with which the same command goes on. */
public final class Resumable {
  private Resumable() {}

  /**
   * Runs work that ends soon after it was told to stop; on a second Ctrl-C it is left where it is.
   */
  public static <T> T run(CommandContext context, Stop stop, Supplier<T> work) {
    context.clients().ifItFails("What was done stays; run the same command again to go on.");
    T result;
    try (Interruptible.Leaving leaving = Failures.stopped().tellOnLeaving(context)) {
      result = context.interruptible().call(() -> stop.told = true, work);
    }
    context.clients().ifItFails(null);
    return result;
  }

  /** Whether work was told to stop. */
  public static final class Stop {
    private volatile boolean told;

    /** Tells progress, and answers whether the work goes on. */
    public LongPredicate telling(LongConsumer progress) {
      return items -> {
        progress.accept(items);
        return !told;
      };
    }

    /** Tells progress, and ends the work where it is when it was told to stop. */
    public LongConsumer ending(LongConsumer progress) {
      return items -> {
        progress.accept(items);
        if (told) {
          throw new StoppedException();
        }
      };
    }
  }
}
