package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.shape.Request;

/** Segments of a parallel scan: each is a range of the hashes of partition keys. */
final class Segments {

  private Segments() {}

  /** Checks that a segment and their number are given together and fit each other. */
  static void check(Request request) {
    Long segment = request.integer("Segment");
    Long total = request.integer("TotalSegments");
    if (segment != null && total == null) {
      throw EngineException.validation(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (segment == null && total != null) {
      throw EngineException.validation(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment != null && segment >= total) {
      throw EngineException.validation(
          "The Segment parameter is zero-based and must be less than parameter"
              + " TotalSegments: Segment: %s is not less than TotalSegments: %s",
          segment, total);
    }
  }

  /** The keys of the segment that a scan asks for; all keys if it asks for none. */
  static KeyRange range(Request request) {
    Long segment = request.integer("Segment");
    if (segment == null) {
      return new KeyRange(null, null);
    }
    int total = request.integer("TotalSegments").intValue();
    int mine = segment.intValue();
    return new KeyRange(
        KeySchema.segmentFrom(mine, total),
        mine == total - 1 ? null : KeySchema.segmentFrom(mine + 1, total));
  }
}
