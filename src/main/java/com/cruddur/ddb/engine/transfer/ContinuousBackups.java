package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * UpdateContinuousBackups and DescribeContinuousBackups: what an export asks for. Nothing can be
 * restored.
 */
final class ContinuousBackups {
  /** Member of a table's definition: since when they are on, epoch seconds. */
  static final String SINCE = "PointInTimeRecoverySince";

  private static final Shape DESCRIBE = Shape.structure().member("TableName", Shape.tableName());
  private static final Shape UPDATE =
      Shape.structure()
          .member("TableName", Shape.tableName())
          .member(
              "PointInTimeRecoverySpecification",
              Shape.structure()
                  .member("PointInTimeRecoveryEnabled", Shape.bool().required())
                  .member("RecoveryPeriodInDays", Shape.integer().range(1, 35))
                  .required());
  private static final int DAYS = 35;
  private static final double MILLIS = 1000.0;

  private ContinuousBackups() {}

  static Map<String, Operation> all() {
    return Map.of(
        "UpdateContinuousBackups", ContinuousBackups::update,
        "DescribeContinuousBackups", ContinuousBackups::describe);
  }

  private static void update(JsonParser body, Context context, JsonGenerator out)
      throws IOException {
    Request request = UPDATE.request(body);
    boolean on =
        request.structure("PointInTimeRecoverySpecification").flag("PointInTimeRecoveryEnabled");
    String name = request.text("TableName");
    context
        .database()
        .<Void>write(
            transaction -> {
              Table table = transaction.table(name);
              if (table == null) {
                throw notFound(name);
              }
              ObjectNode definition = table.definition().copy();
              if (!on) {
                definition.remove(SINCE);
              } else if (!definition.has(SINCE)) {
                definition.put(SINCE, context.clock().millis() / MILLIS);
              }
              transaction.define(TableDefinition.of(definition));
              return null;
            });
    write(out, name, context);
  }

  private static void describe(JsonParser body, Context context, JsonGenerator out)
      throws IOException {
    write(out, DESCRIBE.request(body).text("TableName"), context);
  }

  private static void write(JsonGenerator out, String name, Context context) throws IOException {
    JsonNode since =
        context
            .database()
            .table(name)
            .orElseThrow(() -> notFound(name))
            .definition()
            .json()
            .path(SINCE);
    ObjectNode description = Jobs.JSON.createObjectNode();
    description.put("ContinuousBackupsStatus", "ENABLED");
    ObjectNode recovery = description.putObject("PointInTimeRecoveryDescription");
    recovery.put("PointInTimeRecoveryStatus", since.isNumber() ? "ENABLED" : "DISABLED");
    if (since.isNumber()) {
      recovery.put("EarliestRestorableDateTime", since.doubleValue());
      recovery.put("LatestRestorableDateTime", context.clock().millis() / MILLIS);
      recovery.put("RecoveryPeriodInDays", DAYS);
    }
    Jobs.write(out, "ContinuousBackupsDescription", description);
  }

  private static EngineException notFound(String name) {
    return new EngineException("TableNotFoundException", "Table not found: " + name);
  }
}
