package com.cruddur.ddb.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * How the engine behaves as AWS does and one machine does not by itself; 0 is "not at all".
 *
 * @param indexLagMillis a global index shows a write that much later
 * @param throttleRcu read units that each table gives a second
 * @param throttleWcu write units that each table gives a second
 * @param latencyMillis each answer comes that much later
 */
public record Faults(int indexLagMillis, int throttleRcu, int throttleWcu, int latencyMillis) {
  public static final Faults NONE = new Faults(0, 0, 0, 0);

  private static final int PARTS = 4;

  /**
   * In words, such as {@code index lag 200 ms, 5 write units a second}; empty if there are none.
   */
  public String words() {
    List<String> words = new ArrayList<>();
    add(words, indexLagMillis, "index lag %d ms");
    add(words, throttleRcu, "%d read units a second");
    add(words, throttleWcu, "%d write units a second");
    add(words, latencyMillis, "latency %d ms");
    return String.join(", ", words);
  }

  private static void add(List<String> words, int value, String form) {
    if (value > 0) {
      words.add(String.format(form, value));
    }
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return indexLagMillis + "," + throttleRcu + "," + throttleWcu + "," + latencyMillis;
  }

  /** Reads what {@link #toString} wrote. */
  public static Faults of(String text) {
    String[] parts = text.split(",", PARTS);
    return new Faults(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }
}
