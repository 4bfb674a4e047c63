package com.cruddur.ddb.bulk;

/** Where a record begins. */
record Place(String file, long line) {
  Reject reject(String reason) {
    return new Reject(file, line, reason);
  }
}
