package com.cruddur.ddb.chat;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** What somebody may have meant who typed a name that there is not. */
public final class Spelling {
  private static final int MOST = 3;
  private static final int LEAST_PART = 3;

  /** Names are short; what is longer is no slip of the finger. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * The names nearest to what was typed, at most three: with the fewest letters missing, added,
   * changed or swapped, one for each three at most; else those that begin with it, or hold it.
   */
  public static List<String> near(String typed, Collection<String> names) {
    String word = plain(typed);
    if (word.isEmpty() || word.length() > LONGEST) {
      return List.of();
    }
    int most = Math.max(1, word.length() / 3);
    List<String> near = nearest(names, name -> distance(word, plain(name)), most);
    if (near.isEmpty() && word.length() >= LEAST_PART) {
      near = nearest(names, name -> place(plain(name), word), 1);
    }
    return near;
  }

  /** The same as a sentence and a blank, such as "Did you mean scan or stats? "; else empty. */
  public static String question(String typed, Collection<String> names) {
    List<String> near = near(typed, names);
    return near.isEmpty() ? "" : "Did you mean " + either(near) + "? ";
  }

  /** Such as "a, b or c". */
  public static String either(List<String> all) {
    int last = all.size() - 1;
    return last == 0
        ? all.get(0)
        : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  private static List<String> nearest(
      Collection<String> names, ToIntFunction<String> distance, int most) {
    Map<Integer, List<String>> byDistance =
        names.stream().distinct().sorted().collect(Collectors.groupingBy(distance::applyAsInt));
    for (int i = 0; i <= most; i++) {
      if (byDistance.containsKey(i)) {
        return byDistance.get(i).stream().limit(MOST).toList();
      }
    }
    return List.of();
  }

  private static int place(String name, String part) {
    return name.startsWith(part) ? 0 : name.contains(part) ? 1 : 2;
  }

  private static String plain(String name) {
    return name.replaceFirst("^[-@]+", "").toLowerCase(Locale.ROOT);
  }

  /** Optimal string alignment: Levenshtein's distance in which a swap of neighbours is one step. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int step = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        steps[i][j] = Math.min(step, steps[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[a.length()][b.length()];
  }
}
