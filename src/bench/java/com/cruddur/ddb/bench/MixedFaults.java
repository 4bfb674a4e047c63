package com.cruddur.ddb.bench;

import com.cruddur.ddb.cli.FaultyDay;
import java.nio.file.Files;

/**
 * Mixed commands of whose requests three in ten meet a fault, each held against the table. It ends
 * with an error at the first that said something else than it did. Every 200 commands have a table
 * of their own: DynamoDB Local takes minutes for an import of a large one.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 -Dhttp.KeepAlive.remainingData=0 \
 *   -cp "target/test-classes:target/classes:$(find ~/.m2 -name 'assertj-core-3*.jar' | tail -1):target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*" \
 *   com.cruddur.ddb.bench.MixedFaults [COMMANDS] [RANDOM SEED]
 * }</pre>
 */
public final class MixedFaults {
  private static final int OF_A_DAY = 200;

  private MixedFaults() {}

  public static void main(String[] args) throws Exception {
    int commands = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    for (int begun = 0; begun < commands; begun += OF_A_DAY) {
      try (FaultyDay day = new FaultyDay(Files.createTempDirectory("mixed-faults"), seed + begun)) {
        for (int i = begun; i < Math.min(commands, begun + OF_A_DAY); i++) {
          day.next();
        }
        System.out.println(Math.min(commands, begun + OF_A_DAY) + ": " + day.told());
      }
    }
    System.exit(0);
  }
}
