package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What UpdateTable answers otherwise than DescribeTable afterwards: on AWS the change is only
 * accepted by then. Units are those before, and a limit that is taken away is still there as -1.
 */
final class PendingUpdate {
  private static final String UNITS = "ProvisionedThroughput";
  private static final String LIMITS = "OnDemandThroughput";
  private static final List<String> KEPT =
      List.of("ReadCapacityUnits", "WriteCapacityUnits", "NumberOfDecreasesToday");

  private PendingUpdate() {}

  /** Makes the description of an updated table the answer to its update. */
  static void show(Request request, Table before, ObjectNode description) {
    JsonNode old = before.definition().json().get("Table");
    if (TableOptions.mode(request, null) != null) {
      TableText.forgetSwitch(description);
    }
    // the units of another billing mode are told at once
    boolean unitsWait = TableText.billingMode(old).equals(TableText.billingMode(description));
    show(request, old, description, unitsWait);
    List<Request> updates = request.structures("GlobalSecondaryIndexUpdates");
    for (Request update : updates == null ? List.<Request>of() : updates) {
      if (update.has("Update")) {
        Request change = update.structure("Update");
        String name = change.text("IndexName");
        show(
            change,
            TableText.globalIndex(old, name),
            TableText.globalIndex(description, name),
            unitsWait);
      }
    }
  }

  private static void show(Request request, JsonNode old, ObjectNode now, boolean unitsWait) {
    if (request.has(UNITS) && unitsWait) {
      KEPT.forEach(name -> ((ObjectNode) now.get(UNITS)).set(name, old.get(UNITS).get(name)));
    }
    Request limits = request.structure(LIMITS);
    if (now.has("IndexStatus") && (request.has(UNITS) || limits != null)) {
      now.put("IndexStatus", "UPDATING");
    }
    if (limits != null && !limits.names().isEmpty()) {
      ObjectNode shown = now.has(LIMITS) ? (ObjectNode) now.get(LIMITS) : now.putObject(LIMITS);
      limits.names().forEach(name -> shown.put(name, limits.integer(name)));
    }
  }
}
