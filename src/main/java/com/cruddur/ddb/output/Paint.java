package com.cruddur.ddb.output;

/** The few colours there are. They never mean anything by themselves: the words say it too. */
enum Paint {
  HEADER("1"),
  /** What one looks for seldom: times and uuids. */
  DIM("2"),
  ERROR("1;31"),
  WARNING("33");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  String on(String text) {
    return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[m";
  }
}
