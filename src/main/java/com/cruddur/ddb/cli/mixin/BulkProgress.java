package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.SeedProgress;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Failure;
import com.cruddur.ddb.cli.context.Failures;
import com.cruddur.ddb.cli.context.Interruptible;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.output.StallWatch;
import com.cruddur.ddb.text.Count;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** What bulk commands tell of their progress, put into words. For several threads; close it. */
public final class BulkProgress implements Consumer<SeedProgress>, LongConsumer, AutoCloseable {
  private final Progress progress;
  private final StallWatch stalls;
  private final List<Interruptible.Leaving> leaving;
  private final boolean bytes;
  private volatile long position;

  /**
   * Progress towards a goal.
   *
   * @param goal null to tell nothing
   */
  public BulkProgress(CommandContext context, String task, Progress.Goal goal) {
    this(context, task, goal, null);
  }

  /** The same of a command that says something when Ctrl-C ends it; null for nothing. */
  private BulkProgress(
      CommandContext context, String task, Progress.Goal goal, Failure interrupted) {
    this.progress =
        goal == null
            ? null
            : new Progress(
                context.notices(),
                columns(context),
                context.cliEnvironment().clock(),
                task,
                goal,
                context.clients().throttles());
    this.stalls = new StallWatch(context.notices(), () -> waitsFor(context));
    Interruptible.Leaving end = context.interruptible().onLeaving(this::end);
    this.leaving =
        interrupted == null ? List.of(end) : List.of(end, interrupted.tellOnLeaving(context));
    this.bytes = goal != null && goal.bytes();
  }

  /** When nothing is asked of the table, it is the input or whoever reads the output. */
  private static String waitsFor(CommandContext context) {
    String cause = context.clients().waitsFor();
    return cause == null ? "waiting for more input, or for the reader of the output" : cause;
  }

  /** The width of the terminal that stderr is; 0 when it is none, or one that can do nothing. */
  private static int columns(CommandContext context) {
    String term = context.environment().getOrDefault("TERM", "dumb");
    int columns = context.terminal().columns();
    return !context.terminal().err() || term.equals("dumb") ? 0 : columns > 0 ? columns : 80;
  }

  /**
   * Progress of a command that reads the whole table.
   *
   * @param hidden whether what it prints goes to the terminal: it shows by itself how far it is
   */
  public static BulkProgress ofTable(CommandContext context, String task, boolean hidden) {
    return new BulkProgress(
        context,
        task,
        hidden ? null : new Progress.Goal(context.tables().roughItems(context.table()), false),
        Failures.interrupted());
  }

  /** Progress of a command that reads nobody knows how many items; hidden as {@link #ofTable}. */
  public static BulkProgress ofSome(CommandContext context, String task, boolean hidden) {
    return new BulkProgress(
        context, task, hidden ? null : Progress.Goal.UNKNOWN, Failures.interrupted());
  }

  /** So many records were done by an earlier run. */
  public void resumedAfter(long records) {
    if (progress != null) {
      progress.resumedAfter(records);
    }
  }

  @Override
  public void accept(SeedProgress p) {
    stalls.at(p.read() + p.written() + p.unchanged() + p.rejected() + p.settled());
    if (progress == null) {
      return;
    }
    // conversations.json: 12000 read, 11000 written, 1000 unchanged, 0 rejected
    progress.at(
        bytes ? position : p.read(),
        p.read(),
        "%s: %d read, %d written, %d unchanged, %d rejected%s"
            .formatted(p.file(), p.read(), p.written(), p.unchanged(), p.rejected(), settling(p)));
  }

  private static String settling(SeedProgress p) {
    return p.settling() == 0
        ? ""
        : ", rows of %d of %s settled"
            .formatted(p.settled(), Count.of(p.settling(), "conversation"));
  }

  @Override
  public void accept(long items) {
    stalls.at(items);
    // 12000 items read
    if (progress != null) {
      progress.at(items, items, Count.of(items, "item") + " read");
    }
  }

  /**
   * The same input, whose bytes are those of the goal from one on; opened again it begins again.
   */
  public SeedInput counted(SeedInput input, long from) {
    return new SeedInput(
        input.name(), () -> new Counting(input.opener().open(), from), input.reopenable());
  }

  private final class Counting extends FilterInputStream {
    private long at;

    Counting(InputStream in, long from) {
      super(in);
      at = from;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      at += Math.max(0, n);
      position = at;
      return n;
    }
  }

  @Override
  public void close() {
    leaving.forEach(Interruptible.Leaving::close);
    end();
  }

  private void end() {
    stalls.close();
    if (progress != null) {
      progress.close();
    }
  }
}
