package com.cruddur.ddb.cli;

import java.util.Map;
import java.util.StringTokenizer;

/** Sums and products of numbers and names, with parentheses, as {@code --explain} prints costs. */
final class Formula {
  private final StringTokenizer tokens;
  private final Map<String, Double> values;
  private String next;

  private Formula(String text, Map<String, Double> values) {
    this.tokens = new StringTokenizer(text, " +*()", true);
    this.values = values;
    step();
  }

  /** The value of a formula; a name without a value fails. */
  static double value(String text, Map<String, Double> values) {
    Formula formula = new Formula(text, values);
    double value = formula.sum();
    if (formula.next != null) {
      throw new IllegalArgumentException(text + " ends at " + formula.next);
    }
    return value;
  }

  private void step() {
    do {
      next = tokens.hasMoreTokens() ? tokens.nextToken() : null;
    } while (" ".equals(next));
  }

  private double sum() {
    double sum = product();
    while ("+".equals(next)) {
      step();
      sum += product();
    }
    return sum;
  }

  private double product() {
    double product = factor();
    while ("*".equals(next)) {
      step();
      product *= factor();
    }
    return product;
  }

  private double factor() {
    String token = next;
    step();
    if ("(".equals(token)) {
      double value = sum();
      step();
      return value;
    } else if (Character.isDigit(token.charAt(0))) {
      return Double.parseDouble(token);
    }
    Double value = values.get(token);
    if (value == null) {
      throw new IllegalArgumentException("no value is given for " + token);
    }
    return value;
  }
}
