package com.cruddur.ddb.engine.http;

import com.cruddur.ddb.engine.item.ByteSink;
import java.util.Map;

/**
 * What goes back: a status, a body in JSON, and headers beside those that every answer has.
 *
 * @param body begins with the body
 * @param length of the body
 * @param last whether the connection ends with it
 */
record Answer(int status, byte[] body, int length, Map<String, String> headers, boolean last) {
  private static final byte[] EMPTY = {};

  static Answer of(int status, byte[] body) {
    return new Answer(status, body, body.length, Map.of(), false);
  }

  /** One whose body is what was written, until something else is. */
  static Answer of(int status, ByteSink body) {
    return new Answer(status, body.array(), body.size(), Map.of(), false);
  }

  /** An answer without a body, after which the connection ends. */
  static Answer last(int status) {
    return new Answer(status, EMPTY, 0, Map.of(), true);
  }

  Answer with(String header, String value) {
    return new Answer(status, body, length, Map.of(header, value), last);
  }
}
