package com.cruddur.ddb.engine.operations;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The same capacity for each table: so many units a second, and what was not used of one second. A
 * request that finds anything left gets all it needs, as on AWS, and the next ones wait for it.
 */
public final class CapacityPerSecond implements Throttle {
  private static final double MILLIS = 1000;

  private record Pool(String table, boolean write) {}

  private static final class Level {
    private double units;
    private long filledAt;
  }

  private final int read;
  private final int write;
  private final InstantSource clock;
  private final Map<Pool, Level> levels = new HashMap<>();

  /** Units a second; 0 for no end. */
  public CapacityPerSecond(int read, int write, InstantSource clock) {
    this.read = read;
    this.write = write;
    this.clock = clock;
  }

  @Override
  public synchronized boolean take(String table, boolean isWrite, double units) {
    int rate = isWrite ? write : read;
    if (rate == 0) {
      return true;
    }
    Level level = levels.get(new Pool(table, isWrite));
    long now = clock.millis();
    if (level == null) {
      level = new Level();
      level.units = rate;
      level.filledAt = now;
      levels.put(new Pool(table, isWrite), level);
    }
    level.units = Math.min(rate, level.units + (now - level.filledAt) / MILLIS * rate);
    level.filledAt = now;
    if (level.units <= 0) {
      return false;
    }
    level.units -= units;
    return true;
  }
}
