package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.stream.History;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * UpdateContinuousBackups and DescribeContinuousBackups: what an export asks for. Changes are kept
 * for a day, not for 35; nothing can be restored but by an export.
 */
final class ContinuousBackups {
  /** Member of a table's definition: since when they are on, epoch seconds. */
  private static final String SINCE = "PointInTimeRecoverySince";

  private static final String PERIOD = "RecoveryPeriodInDays";
  private static final Shape DESCRIBE = Shape.structure().member("TableName", Shape.tableName());
  private static final Shape UPDATE =
      Shape.structure()
          .member("TableName", Shape.tableName())
          .member(
              "PointInTimeRecoverySpecification",
              Shape.structure()
                  .member("PointInTimeRecoveryEnabled", Shape.bool().required())
                  .member(PERIOD, Shape.integer().range(1, 35))
                  .required());
  private static final int DAYS = 35;
  private static final double MILLIS = 1000.0;

  private ContinuousBackups() {}

  static Map<String, Operation> all() {
    return Map.of(
        "UpdateContinuousBackups", ContinuousBackups::update,
        "DescribeContinuousBackups", ContinuousBackups::describe);
  }

  private static Reply update(JsonParser body, Context context) throws IOException {
    Request request = UPDATE.request(body);
    Request wanted = request.structure("PointInTimeRecoverySpecification");
    boolean on = wanted.flag("PointInTimeRecoveryEnabled");
    if (!on && wanted.has(PERIOD)) {
      throw EngineException.validation(
          "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time"
              + " recovery.");
    }
    String name = TableNames.of(request.text("TableName"));
    Table changed =
        context
            .database()
            .write(
                transaction -> {
                  Table table = transaction.table(name);
                  if (table == null) {
                    throw notFound(name);
                  }
                  ObjectNode definition = table.definition().copy();
                  if (!on) {
                    History.end(transaction, table.definition());
                    definition.remove(SINCE);
                    definition.remove(TableDefinition.HISTORY);
                  } else if (!definition.has(TableDefinition.HISTORY)) {
                    definition.put(SINCE, context.clock().millis() / MILLIS);
                    History.begin(transaction, definition);
                  }
                  if (wanted.has(PERIOD)) {
                    definition.put(PERIOD, wanted.integer(PERIOD));
                  }
                  transaction.define(TableDefinition.of(definition));
                  return transaction.table(name);
                });
    return shown(changed, context);
  }

  private static Reply describe(JsonParser body, Context context) throws IOException {
    String name = TableNames.of(DESCRIBE.request(body).text("TableName"));
    return shown(context.database().table(name).orElseThrow(() -> notFound(name)), context);
  }

  private static Reply shown(Table table, Context context) {
    JsonNode definition = table.definition().json();
    boolean on = table.definition().history() >= 0;
    long now = context.clock().millis();
    ObjectNode description = Jobs.JSON.createObjectNode();
    description.put("ContinuousBackupsStatus", "ENABLED");
    ObjectNode recovery = description.putObject("PointInTimeRecoveryDescription");
    recovery.put("PointInTimeRecoveryStatus", on ? "ENABLED" : "DISABLED");
    if (on) {
      recovery.put("EarliestRestorableDateTime", earliest(table, now) / MILLIS);
      recovery.put("LatestRestorableDateTime", now / MILLIS);
      recovery.put(PERIOD, definition.path(PERIOD).asInt(DAYS));
    }
    return Reply.of("ContinuousBackupsDescription", description);
  }

  /** The first moment that a table's history reaches back to, epoch milliseconds. */
  static long earliest(Table table, long now) {
    long since = Math.round(table.definition().json().path(SINCE).doubleValue() * MILLIS);
    return Math.max(since, now - Streams.KEPT.toMillis());
  }

  private static EngineException notFound(String name) {
    return new EngineException("TableNotFoundException", "Table not found: %s", name);
  }
}
