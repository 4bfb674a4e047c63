package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.Interruptible;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Work of many writes that Ctrl-C ends, and with which the same command goes on. */
public final class Resumable {
  private Resumable() {}

  /**
   * Runs work that shows its progress.
   *
   * @param work takes what is told the items so far, by any thread; from Ctrl-C on it answers
   *     false, and the work is to end by throwing
   */
  public static <T> T run(CommandContext context, String task, Function<LongPredicate, T> work) {
    Stop stop = new Stop();
    return run(
        context,
        stop,
        () -> {
          try (BulkProgress progress = BulkProgress.ofSome(context, task, false)) {
            return work.apply(stop.telling(progress));
          }
        });
  }

  /** Runs work that ends after it was told to stop; on a second Ctrl-C it is left where it is. */
  public static <T> T run(CommandContext context, Runnable stop, Supplier<T> work) {
    context.ifItFails("What was done stays; run the same command again to go on.");
    T result;
    try (Interruptible.Leaving leaving = Failures.stopped().tellOnLeaving(context)) {
      result = context.interruptible().call(stop, work);
    }
    context.ifItFails(null);
    return result;
  }

  /** Whether the work was told to stop. */
  public static final class Stop implements Runnable {
    private volatile boolean told;

    @Override
    public void run() {
      told = true;
    }

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
