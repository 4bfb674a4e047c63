package com.cruddur.ddb.bench;

import com.cruddur.ddb.trigger.TableHammer;
import com.cruddur.ddb.trigger.TableHammer.Settings;
import java.util.Locale;

/**
 * Whole processes against a table whose index lags 500 ms and which throttles: writers of seven
 * time zones, edits, deletes, ddb's own sends, a repair beside, two workers that are killed. For
 * each of 20 seeds every row has to be true after one {@code trigger run --once}, and readers must
 * never have missed a conversation, seen it twice or seen it go back. Exit code 1 else.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp 'target/test-classes:target/classes:target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*' \
 *   com.cruddur.ddb.bench.TruthHammer [SEEDS] [MESSAGES OF EACH WRITER] [FIRST SEED]
 * }</pre>
 */
public final class TruthHammer {
  private TruthHammer() {}

  public static void main(String[] args) {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    int first = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    boolean right = true;
    // seed messages kills reads wrong reader-faults troubles ms
    System.out.println("seed messages kills reads wrong reader-faults troubles    ms");
    for (int seed = first; seed < first + seeds; seed++) {
      // Every third table has units to spare.
      int units = seed % 3 == 0 ? 0 : 300;
      TableHammer.Result r =
          TableHammer.run(new Settings(seed, 7, messages, 6, seed % 2 == 0, 500, units));
      System.out.printf(
          Locale.ROOT,
          "%4d %8d %5d %5d %5d %13d %8d %5d%n",
          seed,
          r.messages(),
          r.kills(),
          r.reads(),
          r.wrong().size(),
          r.readerFaults().size(),
          r.troubles().size(),
          r.millis());
      r.wrong().forEach(line -> System.out.println("  wrong: " + line));
      r.readerFaults().forEach(line -> System.out.println("  reader: " + line));
      r.troubles().forEach(line -> System.out.println("  trouble: " + line));
      right &= r.wrong().isEmpty() && r.readerFaults().isEmpty() && r.troubles().isEmpty();
    }
    System.exit(right ? 0 : 1);
  }
}
