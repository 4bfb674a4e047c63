package com.cruddur.ddb.doctor;

/**
 * What one check found.
 *
 * @param check its stable name, such as {@code stream}
 * @param found what is so, one line
 * @param why why it matters; null when all is well
 * @param cure the command or step that cures it; null when nothing is wrong
 */
public record Diagnosis(String check, Status status, String found, String why, String cure) {
  /** How it stands; only a problem makes doctor exit with 5. */
  public enum Status {
    OK,
    /** Worth knowing, right as it is. */
    NOTE,
    PROBLEM,
    /** It could not be looked at; why says what is in the way. */
    SKIPPED
  }

  static Diagnosis ok(String check, String found) {
    return new Diagnosis(check, Status.OK, found, null, null);
  }

  static Diagnosis note(String check, String found, String why, String cure) {
    return new Diagnosis(check, Status.NOTE, found, why, cure);
  }

  static Diagnosis problem(String check, String found, String why, String cure) {
    return new Diagnosis(check, Status.PROBLEM, found, why, cure);
  }

  static Diagnosis skipped(String check, String found, String why) {
    return new Diagnosis(check, Status.SKIPPED, found, why, null);
  }
}
