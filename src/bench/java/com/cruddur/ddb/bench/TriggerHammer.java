package com.cruddur.ddb.bench;

import com.cruddur.ddb.trigger.Hammer;
import com.cruddur.ddb.trigger.Hammer.Delivery;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that the trigger loses nothing: 1,600 messages of 8 writers on 5 conversations, for each
 * of 20 seeds, with faults, crashes and an index that lags 300 ms. Exit code 1 when a row is wrong.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.TriggerHammer [SEEDS]
 * }</pre>
 */
public final class TriggerHammer {
  private static final int MESSAGES = 1600;

  private TriggerHammer() {}

  public static void main(String[] args) {
    int seeds = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    boolean right = true;
    List<Hammer.Result> results = new ArrayList<>();
    // seed delivery    faults index   lost doubled stale | reads wrong | batches moves/msg WCU/msg
    // ms
    say(
        "seed delivery    faults index   lost doubled stale | reads wrong | batches moves/msg"
            + " WCU/msg   ms");
    for (int seed = 1; seed <= seeds; seed++) {
      Delivery delivery = Delivery.values()[seed % 3];
      boolean torn = seed % 2 == 0;
      // Every fifth run without faults, to show the cost of the usual case.
      boolean faults = seed % 5 != 0;
      Hammer.Result r =
          Hammer.run(new Hammer.Settings(seed, 8, MESSAGES, delivery, faults, 300, torn));
      say(
          "%4d %-11s %-6s %-6s %5d %7d %5d | %5d %5d | %7d %9.2f %7.1f %4d",
          seed,
          delivery,
          faults ? "yes" : "no",
          torn ? "torn" : "late",
          r.lost(),
          r.doubled(),
          r.stale(),
          r.reads(),
          r.readerFaults(),
          r.handled(),
          r.movesPerMessage(),
          r.writeUnitsPerMessage(),
          r.millis());
      results.add(r);
      right &= r.right();
    }
    say(
        "all: %d lost, %d doubled, %d stale of %d rows; %d of %d reads wrong; %.2f row moves and"
            + " %.1f write units a message",
        results.stream().mapToInt(Hammer.Result::lost).sum(),
        results.stream().mapToInt(Hammer.Result::doubled).sum(),
        results.stream().mapToInt(Hammer.Result::stale).sum(),
        11 * seeds,
        results.stream().mapToInt(Hammer.Result::readerFaults).sum(),
        results.stream().mapToInt(Hammer.Result::reads).sum(),
        results.stream().mapToDouble(Hammer.Result::movesPerMessage).average().orElse(0),
        results.stream().mapToDouble(Hammer.Result::writeUnitsPerMessage).average().orElse(0));
    say(
        "the original: 2 row moves and 9 write units a message (1 for the message, 8 for the"
            + " rows)");
    System.exit(right ? 0 : 1);
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
