package com.cruddur.ddb.doctor;

/**
 * An exception as ddb tells it everywhere.
 *
 * @param code a stable name, such as {@code unreachable}
 * @param hint the cure; null for none
 */
public record ErrorSummary(String code, String message, String hint) {
  Diagnosis problem(String check, String why) {
    return Diagnosis.problem(check, message, why, hint);
  }
}
