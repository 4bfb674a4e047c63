package com.cruddur.ddb.engine.http;

import java.util.Map;

/**
 * What goes back: a status, a body in JSON, and headers beside those that every answer has.
 *
 * @param last whether the connection ends with it
 */
record Answer(int status, byte[] body, Map<String, String> headers, boolean last) {
  private static final byte[] EMPTY = {};

  static Answer of(int status, byte[] body) {
    return new Answer(status, body, Map.of(), false);
  }

  /** An answer without a body, after which the connection ends. */
  static Answer last(int status) {
    return new Answer(status, EMPTY, Map.of(), true);
  }

  Answer with(String header, String value) {
    return new Answer(status, body, Map.of(header, value), last);
  }
}
