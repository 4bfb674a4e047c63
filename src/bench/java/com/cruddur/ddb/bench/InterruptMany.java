package com.cruddur.ddb.bench;

import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.InterruptedRuns;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Interrupts commands at random moments, by SIGINT and SIGTERM, and looks at what each has said and
 * left. It ends with an error at the first that said or left more than it may.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp "target/test-classes:target/classes:$(find ~/.m2 -name 'assertj-core-3*.jar' | tail -1):target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*:target/ddb/ddb/lib/generate/*" \
 *   com.cruddur.ddb.bench.InterruptMany [RUNS OF EACH] [MESSAGES] [LONGEST WAIT IN MS] [RANDOM SEED] [NAME]
 * }</pre>
 */
public final class InterruptMany {
  private static final int TERM = 15;

  private InterruptMany() {}

  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 6;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int longest = args.length > 2 ? Integer.parseInt(args[2]) : 4_000;
    Random random = new Random(args.length > 3 ? Long.parseLong(args[3]) : 1);
    TestStack.endpoint();
    InterruptedRuns commands =
        new InterruptedRuns(Files.createTempDirectory("interrupt-many"), messages);
    for (String name : commands.commands().keySet()) {
      if (args.length > 4 && !args[4].equals(name)) {
        continue;
      }
      Map<Integer, Integer> codes = new TreeMap<>();
      for (int run = 0; run < runs; run++) {
        boolean term = run % 3 == 2;
        long wait = random.nextInt(longest);
        int code = commands.run(name, term ? "TERM" : "INT", term ? TERM : 2, wait);
        codes.merge(code, 1, Integer::sum);
      }
      System.out.println(name + ": exit codes " + codes);
    }
    System.exit(0);
  }
}
