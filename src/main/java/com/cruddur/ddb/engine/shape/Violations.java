package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.List;

/** Constraints that a request does not meet, ten at most, told in one error. */
final class Violations {

  private static final int MOST = 10;

  private final List<String> found = new ArrayList<>();
  private boolean closed;

  /** Notes a violation; after one that stands alone, none. */
  void add(Object value, String path, String constraint, boolean alone) {
    if (alone && !closed) {
      found.clear();
    }
    String shown = value == null ? "null" : "'" + value + "'";
    note("Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint);
    closed |= alone;
  }

  /** Notes a violation of a number's range, which AWS words without the number. */
  void add(String path, String constraint) {
    note("Value at '" + path + "' failed to satisfy constraint: " + constraint);
  }

  private void note(String text) {
    if (!closed && found.size() < MOST) {
      found.add(text);
    }
  }

  void complain() {
    if (!found.isEmpty()) {
      throw EngineException.validation(
          found.size()
              + (found.size() == 1
                  ? " validation error detected: "
                  : " validation errors detected: ")
              + String.join("; ", found));
    }
  }
}
