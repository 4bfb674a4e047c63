package com.cruddur.ddb.bench;

import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.KilledRuns;
import com.cruddur.ddb.bulk.KilledRuns.Done;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Bulk commands that are killed by {@code kill -9} at random moments of a whole run's time, once or
 * twice, and run again to their end; then once by Ctrl-C. What came of them is held beside one
 * whole run, item by item, with accounts and rejects. It ends with an error at the first
 * difference. Runs are held to SECONDS (20) by {@code --max-rcu} and {@code --max-wcu}: it should
 * be many times what a process takes to its first checkpoint.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp "target/test-classes:target/classes:$(find ~/.m2 -name 'assertj-core-3*.jar' | tail -1):target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*" \
 *   com.cruddur.ddb.bench.KillResume [RUNS OF EACH] [MESSAGES] [RANDOM SEED] [seed|import|incremental|export|pull|diff|all] [SECONDS]
 * }</pre>
 */
public final class KillResume {
  /** Of a run's time: before, a process is hardly at work. */
  private static final double EARLIEST = 0.1;

  /** Messages of 1.1 KB. */
  private static final int WRITE_UNITS = 2;

  private static final double READ_UNITS = 0.15;

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
    String only = args.length > 3 ? args[3] : "all";
    int seconds = args.length > 4 ? Integer.parseInt(args[4]) : 20;
    Map<String, Kind> kinds = new LinkedHashMap<>();
    int writes = messages * WRITE_UNITS / seconds;
    int reads = (int) Math.ceil(messages * READ_UNITS / seconds);
    kinds.put("seed", kills -> killed.seed(writes, kills));
    kinds.put("import", kills -> killed.importing(writes, kills));
    kinds.put("incremental", kills -> killed.incremental(writes, kills));
    kinds.put("export", kills -> killed.export(reads, kills));
    kinds.put("pull", kills -> killed.pull(reads, kills));
    kinds.put("diff", kills -> killed.diff(reads, kills));
    kinds.keySet().removeIf(name -> !only.equals("all") && !only.equals(name));
    for (Map.Entry<String, Kind> kind : kinds.entrySet()) {
      killed.endBy("KILL");
      long length = kind.getValue().run().millis();
      run(kind.getKey() + ", kill -9", runs, length, random, kind.getValue());
      killed.endBy("INT");
      run(kind.getKey() + ", Ctrl-C", 1, length, random, kind.getValue());
    }
    System.exit(0);
  }

  private static void run(String name, int runs, long length, Random random, Kind kind)
      throws IOException {
    int kills = 0;
    int resumed = 0;
    int resumedRuns = 0;
    for (int run = 1; run <= runs; run++) {
      long[] moments = new long[1 + run % 2];
      for (int i = 0; i < moments.length; i++) {
        moments[i] = (long) (length * random.nextDouble(EARLIEST, 1) / moments.length);
      }
      Done done = kind.run(moments);
      System.out.printf(
          "%s: after %s of %d ms: %d ended, %d of them gone on from%n",
          name, Arrays.toString(moments), length, done.kills(), done.resumed());
      kills += done.kills();
      resumed += done.resumed();
      resumedRuns += done.resumed() > 0 ? 1 : 0;
    }
    System.out.printf(
        "%s: %d runs, ended %d times, end as one run of %d ms does; %d went on from a checkpoint,"
            + " after %d of the ends%n",
        name, runs, kills, length, resumedRuns, resumed);
  }
}
