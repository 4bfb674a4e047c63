package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The traffic that a table or an index is ready for at once. It is never below what its billing
 * mode promises, and it only grows.
 */
final class WarmThroughput {
  private static final String MEMBER = "WarmThroughput";
  private static final List<Unit> UNITS =
      List.of(
          new Unit("ReadUnitsPerSecond", "ReadCapacityUnits", 12_000),
          new Unit("WriteUnitsPerSecond", "WriteCapacityUnits", 4000));

  private record Unit(String name, String capacity, long onDemand) {}

  private WarmThroughput() {}

  /** Whether a table or an index is to be made ready for more; an empty structure asks nothing. */
  static boolean isAsked(Request of) {
    return of.has(MEMBER) && !of.structure(MEMBER).names().isEmpty();
  }

  /**
   * Refuses less than what a new table or index is ready for anyway.
   *
   * @param of the table or index, as it was asked for
   * @param name what AWS calls it
   */
  static void checkNew(Request of, String mode, String name) {
    if (!isAsked(of)) {
      return;
    }
    for (Unit unit : UNITS) {
      Long wanted = of.structure(MEMBER).integer(unit.name);
      if (wanted != null && mode.equals("PAY_PER_REQUEST") && wanted < unit.onDemand) {
        throw lower(
            unit,
            name,
            "initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/"
                + "latest/developerguide/on-demand-capacity-mode.html"
                + "#on-demand-capacity-mode-initial");
      }
      if (wanted != null
          && mode.equals("PROVISIONED")
          && wanted < of.structure("ProvisionedThroughput").integer(unit.capacity)) {
        throw lower(unit, name, unit.capacity + " of ProvisionedThroughput");
      }
    }
  }

  /** Refuses the readiness of an index of which no unit is given. */
  static void checkUpdate(Request index) {
    if (index.has(MEMBER) && !isAsked(index)) {
      throw EngineException.invalid(
          "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond"
              + " specified for index: %s",
          index.text("IndexName"));
    }
  }

  /** Refuses less than what a table or an index is ready for, and makes it ready for more. */
  static void raise(ObjectNode described, String mode, Request of, String name) {
    for (Unit unit : UNITS) {
      Long wanted = isAsked(of) ? of.structure(MEMBER).integer(unit.name) : null;
      if (wanted != null && wanted < now(described, mode, unit)) {
        throw lower(
            unit, name, "current WarmThroughput, decreasing WarmThroughput is not supported");
      }
    }
    set(described, mode, of);
  }

  private static EngineException lower(Unit unit, String name, String than) {
    return EngineException.invalid(
        "Requested %s for WarmThroughput for %s is lower than %s", unit.name, name, than);
  }

  /**
   * Keeps what a table or an index is ready for.
   *
   * @param of what was asked for it, or null
   */
  static void set(ObjectNode described, String mode, Request of) {
    Request warm = of != null && isAsked(of) ? of.structure(MEMBER) : null;
    ObjectNode units = described.objectNode();
    for (Unit unit : UNITS) {
      Long wanted = warm == null ? null : warm.integer(unit.name);
      long now = now(described, mode, unit);
      units.put(unit.name, wanted == null ? now : Math.max(now, wanted));
    }
    described.set(MEMBER, units);
  }

  /** Completes a description. */
  static void show(ObjectNode described, String mode, String status) {
    set(described, mode, null);
    ((ObjectNode) described.get(MEMBER)).put("Status", status);
  }

  private static long now(JsonNode described, String mode, Unit unit) {
    long least =
        mode.equals("PAY_PER_REQUEST")
            ? unit.onDemand
            : described.path("ProvisionedThroughput").path(unit.capacity).longValue();
    return Math.max(least, described.path(MEMBER).path(unit.name).longValue());
  }
}
