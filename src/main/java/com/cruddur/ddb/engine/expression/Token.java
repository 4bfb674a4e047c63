package com.cruddur.ddb.engine.expression;

/** A word, placeholder, number or sign of an expression, and where it stands. */
record Token(Kind kind, String text, int start, int end) {

  enum Kind {
    /** A bare name, keyword or function. */
    WORD,
    /** {@code #name}. */
    NAME,
    /** {@code :value}. */
    VALUE,
    /** Digits, which only stand in list indexes. */
    NUMBER,
    SIGN,
    /** A character that no expression holds. */
    UNKNOWN,
    END
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isKeyword(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }
}
