package com.cruddur.ddb.engine.storage;

import java.util.List;

/**
 * Which runs of a map are merged next. Few runs make reads fast, few merges make writes fast; and
 * what was overwritten or removed takes room until the oldest run is merged, so that run is merged
 * when the younger ones have half its size together.
 */
final class MergePolicy {
  private static final int MOST_YOUNGER = 8;

  private MergePolicy() {}

  /**
   * Chooses neighbours.
   *
   * @param runs the newest first
   * @return nothing, if all is well
   */
  static List<Run> choose(List<Run> runs) {
    if (runs.size() < 2) {
      return List.of();
    }
    List<Run> younger = runs.subList(0, runs.size() - 1);
    long size = younger.stream().mapToLong(Run::size).sum();
    if (size >= runs.get(runs.size() - 1).size() / 2) {
      return runs;
    }
    return younger.size() > MOST_YOUNGER ? List.copyOf(younger) : List.of();
  }
}
