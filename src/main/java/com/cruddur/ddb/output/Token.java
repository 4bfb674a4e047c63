package com.cruddur.ddb.output;

/** Where a list goes on: set at most once, null when the list is complete. */
final class Token {
  private String value;
  private boolean set;

  void set(String token) {
    if (set) {
      throw new IllegalStateException("a list has one next token");
    }
    set = true;
    value = token;
  }

  String value() {
    return value;
  }
}
