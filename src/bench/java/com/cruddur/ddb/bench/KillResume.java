package com.cruddur.ddb.bench;

import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.KilledRuns;
import com.cruddur.ddb.bulk.KilledRuns.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Bulk commands that are killed by {@code kill -9} at random moments, once or twice, and run again
 * to their end: what came of them is held beside one whole run, item by item, with accounts and
 * rejects. It ends with an error at the first difference.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp "target/test-classes:target/classes:$(find ~/.m2 -name 'assertj-core-3*.jar' | tail -1):target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*" \
 *   com.cruddur.ddb.bench.KillResume [RUNS OF EACH] [MESSAGES] [RANDOM SEED] [seed|import|incremental|export|pull|diff]
 * }</pre>
 */
public final class KillResume {
  /** A process is not at work before. */
  private static final int EARLIEST = 700;

  private KillResume() {}

  private interface Kind {
    Done run(long... kills) throws IOException;
  }

  public static void main(String[] args) throws IOException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 8_000;
    Random random = new Random(args.length > 2 ? Long.parseLong(args[2]) : 1);
    TestStack.endpoint();
    KilledRuns killed = new KilledRuns(Files.createTempDirectory("kill-resume"), messages);
    String only = args.length > 3 ? args[3] : "";
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("seed", killed::seed);
    kinds.put("import", killed::importing);
    kinds.put("incremental", killed::incremental);
    kinds.put("export", kills -> killed.export(messages / 25, kills));
    kinds.put("pull", kills -> killed.pull(messages / 25, kills));
    kinds.put("diff", kills -> killed.diff(messages / 25, kills));
    for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
      if (only.isEmpty() || only.equals(kind.getKey())) {
        run(kind.getKey(), runs, random, kind.getValue());
      }
    }
    System.exit(0);
  }

  private static void run(String name, int runs, Random random, Kind kind) throws IOException {
    long start = System.nanoTime();
    kind.run();
    int length = (int) ((System.nanoTime() - start) / 1_000_000) + EARLIEST;
    int resumed = 0;
    int kills = 0;
    for (int run = 1; run <= runs; run++) {
      long[] moments =
          random.longs(1 + run % 2, EARLIEST, Math.max(EARLIEST + 1, length)).toArray();
      Done done = kind.run(moments);
      resumed += done.resumed();
      kills += done.kills();
    }
    System.out.printf(
        "%s: %d runs with %d kills end as one run does; %d went on from a checkpoint%n",
        name, runs, kills, resumed);
  }
}
