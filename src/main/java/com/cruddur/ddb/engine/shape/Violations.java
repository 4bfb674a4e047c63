package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.List;

/** Constraints that a request does not meet, ten at most, told in one error. */
final class Violations {

  private static final int MOST = 10;

  private final boolean modern;
  private final List<String> found = new ArrayList<>();
  private String alone;
  private String bare;
  private boolean together;

  Violations(boolean modern) {
    this.modern = modern;
  }

  /** Whether bounds are told in AWS's newer words. */
  boolean isModern() {
    return modern;
  }

  /** Notes a violation; {@code path} spells members as the model does. */
  void add(String shown, String path, String constraint, boolean alone) {
    note("Value " + shown + " at '" + lowered(path) + "'", constraint, alone);
  }

  /** Notes a violation in AWS's newer words. */
  void addModern(String path, String constraint, boolean alone) {
    note("Value at '" + path + "'", constraint, alone);
  }

  private void note(String where, String constraint, boolean standsAlone) {
    String violation = where + " failed to satisfy constraint: " + constraint;
    if (standsAlone && alone == null) {
      alone = violation;
    }
    if (found.size() < MOST) {
      found.add(violation);
    }
  }

  /** Notes a violation that is told before all others, and without saying where. */
  void addBare(String message) {
    bare = bare == null ? message : bare;
  }

  /** None stands alone in this request. */
  void tellTogether() {
    together = true;
  }

  /** The path with a small letter at the beginning of each member, as AWS's older words have it. */
  private static String lowered(String path) {
    StringBuilder text = new StringBuilder(path);
    for (int i = 0; i < text.length(); i++) {
      if (i == 0 || text.charAt(i - 1) == '.') {
        text.setCharAt(i, Character.toLowerCase(text.charAt(i)));
      }
    }
    return text.toString();
  }

  void complain() {
    if (bare != null) {
      throw EngineException.validation(bare);
    }
    List<String> told = alone == null || together ? found : List.of(alone);
    if (!told.isEmpty()) {
      throw EngineException.validation(
          told.size()
              + (told.size() == 1
                  ? " validation error detected: "
                  : " validation errors detected: ")
              + String.join("; ", told));
    }
  }
}
