package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Reply;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** One operation of AWS's API, such as GetItem. */
@FunctionalInterface
public interface Operation {

  /**
   * Answers a request, whose body is one JSON object.
   *
   * @throws com.cruddur.ddb.engine.item.EngineException for every refusal
   */
  Reply answer(JsonParser body, Context context) throws IOException;
}
