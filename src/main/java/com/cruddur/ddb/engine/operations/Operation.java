package com.cruddur.ddb.engine.operations;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One operation of AWS's API, such as GetItem. */
@FunctionalInterface
public interface Operation {

  /**
   * Reads the request's body and writes the answer's: one JSON object each.
   *
   * @throws com.cruddur.ddb.engine.item.EngineException for every refusal; whatever was written to
   *     {@code out} is forgotten then
   */
  void answer(JsonParser body, Context context, JsonGenerator out) throws IOException;
}
