package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The provisioned throughput of a table or an index, as AWS describes it. */
final class ProvisionedUnits {
  private static final List<String> UNITS = List.of("ReadCapacityUnits", "WriteCapacityUnits");
  private static final String DECREASES = "NumberOfDecreasesToday";
  private static final String DECREASED = "LastDecreaseDateTime";
  private static final String INCREASED = "LastIncreaseDateTime";

  private ProvisionedUnits() {}

  /**
   * The throughput of something new.
   *
   * @param request null where capacity is on demand: then there are no units
   */
  static ObjectNode of(Request request) {
    ObjectNode units = JsonNodeFactory.instance.objectNode();
    units.put(DECREASES, 0);
    UNITS.forEach(name -> units.put(name, request == null ? 0 : request.integer(name)));
    return units;
  }

  /** The throughput where capacity is on demand from now on: that is no decrease. */
  static ObjectNode none(JsonNode before) {
    ObjectNode units = before.deepCopy();
    UNITS.forEach(name -> units.put(name, 0));
    return units;
  }

  /** The throughput after a change, which tells when it last grew and shrank. */
  static ObjectNode changed(JsonNode before, Request request, Instant now) {
    ObjectNode units = of(request);
    for (String kept : List.of(INCREASED, DECREASED)) {
      if (before.has(kept)) {
        units.set(kept, before.get(kept));
      }
    }
    if (UNITS.stream().anyMatch(name -> units.get(name).asLong() > before.get(name).asLong())) {
      units.put(INCREASED, TableText.seconds(now));
    }
    double today = TableText.seconds(now.truncatedTo(ChronoUnit.DAYS));
    int decreases = before.path(DECREASED).asDouble() < today ? 0 : before.get(DECREASES).asInt();
    if (UNITS.stream().anyMatch(name -> units.get(name).asLong() < before.get(name).asLong())) {
      decreases++;
      units.put(DECREASED, TableText.seconds(now));
    }
    return units.put(DECREASES, decreases);
  }
}
