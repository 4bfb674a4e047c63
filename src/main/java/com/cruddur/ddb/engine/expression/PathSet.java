package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Problems.Rank;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Paths of one expression, none of which may lead through or to another. */
public final class PathSet {

  private static final String REWRITE = "; must remove or rewrite one of these paths; path one: ";

  private final Problems problems;
  private final Map<String, List<Path>> byHead = new HashMap<>();

  /** An empty set, which notes what it is not to hold. */
  public PathSet(Problems problems) {
    this.problems = problems;
  }

  /** Adds a path, and notes the paths of the set that it is at odds with. */
  public void add(Path path) {
    List<Path> others = byHead.computeIfAbsent(path.head(), head -> new ArrayList<>());
    others.forEach(other -> compare(other, path));
    others.add(path);
  }

  private void compare(Path one, Path two) {
    int length = Math.min(one.steps().size(), two.steps().size());
    for (int i = 0; i < length; i++) {
      Object left = one.steps().get(i);
      Object right = two.steps().get(i);
      if (left.getClass() != right.getClass()) {
        note(Rank.CONFLICT, "conflict", one, two);
        return;
      }
      if (!left.equals(right)) {
        return;
      }
    }
    note(Rank.OVERLAP, "overlap", one, two);
  }

  private void note(Rank rank, String verb, Path one, Path two) {
    problems.note(
        rank,
        "Two document paths " + verb + " with each other" + REWRITE + one + ", path two: " + two);
  }
}
