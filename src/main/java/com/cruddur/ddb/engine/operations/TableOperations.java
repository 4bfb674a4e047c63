package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.cruddur.ddb.engine.stream.History;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CreateTable, DescribeTable, DeleteTable, ListTables; UpdateTable is {@link UpdateTable}. */
public final class TableOperations {
  private static final Shape CREATE = TableShapes.createTable();
  private static final Shape NAMED = TableShapes.named();
  private static final Shape LIST = TableShapes.listTables();
  private static final int MOST_LISTED = 100;

  private final Streams streams;

  private TableOperations(Streams streams) {
    this.streams = streams;
  }

  /** The operations on tables by their names. */
  public static Map<String, Operation> all(Streams streams, IndexBuilder builder) {
    TableOperations tables = new TableOperations(streams);
    Map<String, Operation> all = new HashMap<>();
    all.put("CreateTable", tables::create);
    all.put("DescribeTable", TableOperations::describe);
    all.put("DeleteTable", tables::delete);
    all.put("ListTables", TableOperations::list);
    all.put("UpdateTable", new UpdateTable(streams, builder));
    return all;
  }

  private Reply create(JsonParser body, Context context) throws IOException {
    Request request = CREATE.request(body);
    Table table = create(request, context, streams, "ACTIVE");
    return TableText.made(table, request);
  }

  /** The shape of a request that makes a table, new, to be part of another one. */
  public static Shape createShape() {
    return TableShapes.createTable();
  }

  /** A part of a request as it was. */
  public static JsonNode tree(Request request) {
    return TableText.tree(request);
  }

  /** Makes a table as a request says; as long as it is not ACTIVE nobody reads or writes items. */
  public static Table create(Request request, Context context, Streams streams, String status) {
    TableSpec.checkCreate(request);
    String name = TableNames.of(request.text("TableName"));
    return context
        .database()
        .write(
            transaction -> {
              if (transaction.table(name) != null) {
                throw new EngineException(
                    "ResourceInUseException", "Table already exists: %s", name);
              }
              ObjectNode definition = TableText.create(request, context, transaction);
              ((ObjectNode) definition.get("Table")).put("TableStatus", status);
              Request stream = request.structure("StreamSpecification");
              if (stream != null && stream.flag("StreamEnabled")) {
                streams.enable(transaction, definition, stream.text("StreamViewType"));
              }
              transaction.define(TableDefinition.of(definition));
              return transaction.table(name);
            });
  }

  private static Reply describe(JsonParser body, Context context) throws IOException {
    Table table = table(NAMED.request(body), context);
    return Reply.of("Table", TableText.described(table, null, "ACTIVE"));
  }

  private Reply delete(JsonParser body, Context context) throws IOException {
    Request request = NAMED.request(body);
    Table table =
        context
            .database()
            .write(transaction -> delete(TableNames.of(request.text("TableName")), transaction));
    return TableText.dropped(table);
  }

  private Table delete(String name, Transaction transaction) {
    Table table = transaction.table(name);
    if (table == null) {
      throw notFound(name);
    }
    refuseCreating(table);
    if (!table.indexes().stream().allMatch(Index::isActive)) {
      throw new EngineException(
          "ResourceInUseException",
          "Attempt to change a resource which is still in use: Cannot delete table while indexes"
              + " are being created, updated, or deleted.");
    }
    if (table.definition().json().get("Table").path("DeletionProtectionEnabled").booleanValue()) {
      throw EngineException.validation(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
    drop(table, transaction);
    return table;
  }

  /** Refuses a change of a table that an import still fills. */
  static void refuseCreating(Table table) {
    refuse(table, "CREATING", "created");
  }

  /** Refuses a change of a table of which an index begins to be made, or is removed. */
  static void refuseUpdating(Table table) {
    refuse(table, "UPDATING", "updated");
  }

  private static void refuse(Table table, String status, String what) {
    JsonNode is = table.definition().json().get("Table").path("TableStatus");
    if (status.equals(is.textValue())) {
      throw new EngineException(
          "ResourceInUseException",
          "Attempt to change a resource which is still in use: Table is being %s: %s",
          what,
          table.name());
    }
  }

  private void drop(Table table, Transaction transaction) {
    streams.disable(transaction, table.definition());
    History.end(transaction, table.definition());
    transaction.drop(table.definition());
  }

  private static Reply list(JsonParser body, Context context) throws IOException {
    Request request = LIST.request(body);
    long limit = request.has("Limit") ? request.integer("Limit") : MOST_LISTED;
    String after = request.text("ExclusiveStartTableName", "");
    List<String> names =
        context.database().tables().stream()
            .map(Table::name)
            .filter(name -> name.compareTo(after) > 0)
            .limit(limit + 1)
            .toList();
    boolean more = names.size() > limit;
    List<String> shown = more ? names.subList(0, (int) limit) : names;
    return Reply.of("TableNames", shown)
        .with("LastEvaluatedTableName", more ? shown.get(shown.size() - 1) : null);
  }

  /** The table that a request's TableName names. */
  static Table table(Request request, Context context) {
    String name = TableNames.of(request.text("TableName"));
    return context.database().table(name).orElseThrow(() -> notFound(name));
  }

  static EngineException notFound(String name) {
    return new EngineException(
        "ResourceNotFoundException", "Requested resource not found: Table: %s not found", name);
  }
}
