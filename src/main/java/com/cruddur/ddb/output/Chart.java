package com.cruddur.ddb.output;

import java.util.List;

/**
 * A bar chart.
 *
 * @param note a line below the bars; null for none
 */
public record Chart(String title, List<Bar> bars, String note) {
  /**
   * One bar.
   *
   * @param value its length and number, 0 or more
   * @param detail words behind the number
   */
  public record Bar(String label, long value, String detail) {}

  /** The largest value, at least 1. */
  long largest() {
    return Math.max(1, bars.stream().mapToLong(Bar::value).max().orElse(1));
  }
}
