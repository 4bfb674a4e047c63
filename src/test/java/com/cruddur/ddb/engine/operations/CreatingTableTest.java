package com.cruddur.ddb.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A table that an import still fills. */
class CreatingTableTest {
  private static final JsonFactory JSON = new JsonFactory();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-28T10:00:00Z"));

  private final Database database = Database.inMemory();
  private final Streams streams = new Streams(database, CLOCK);
  private final Context context = new Context(database, "eu-west-1", CLOCK, "localhost");
  private final Map<String, Operation> operations = new HashMap<>(ItemOperations.all());

  @BeforeEach
  void create() throws IOException {
    operations.putAll(TableOperations.all(streams, new IndexBuilder()));
    try (JsonParser body =
        parser(
            "{'TableName':'chat','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'pk',"
                + "'KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'pk',"
                + "'AttributeType':'S'}]}")) {
      TableOperations.create(
          TableOperations.createShape().request(body), context, streams, "CREATING");
    }
  }

  private static JsonParser parser(String json) throws IOException {
    return JSON.createParser(json.replace('\'', '"'));
  }

  private String call(String operation, String request) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser body = parser(request);
        JsonGenerator out = JSON.createGenerator(text)) {
      operations.get(operation).answer(body, context).write(out);
    }
    return text.toString();
  }

  @Test
  void itsModeHasTwoNames() throws IOException {
    assertThat(call("DescribeTable", "{'TableName':'chat'}"))
        .contains(
            "\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\"",
            "\"TableThroughputMode\":\"PAY_PER_REQUEST\"");
    String create =
        "{'TableName':'mode',%s'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}]}";
    assertThatThrownBy(
            () ->
                call(
                    "CreateTable",
                    create.formatted(
                        "'BillingMode':'PROVISIONED','TableThroughputMode':'PAY_PER_REQUEST',")))
        .hasMessageContaining("when BillingMode is PROVISIONED");
    assertThatThrownBy(
            () -> call("CreateTable", create.formatted("'TableThroughputMode':'ON_DEMAND',")))
        .hasMessageContaining("'tableThroughputMode'");
    assertThat(call("CreateTable", create.formatted("'TableThroughputMode':'PAY_PER_REQUEST',")))
        .contains("\"BillingMode\":\"PAY_PER_REQUEST\"");
  }

  @Test
  void itIsShownAndNobodyReadsWritesOrChangesIt() throws IOException {
    assertThat(call("DescribeTable", "{'TableName':'chat'}"))
        .contains("\"TableStatus\":\"CREATING\"");
    assertThatThrownBy(() -> call("GetItem", "{'TableName':'chat','Key':{'pk':{'S':'a'}}}"))
        .hasMessage("Requested resource not found");
    assertThatThrownBy(() -> call("PutItem", "{'TableName':'chat','Item':{'pk':{'S':'a'}}}"))
        .hasMessage("Requested resource not found");
    for (String request :
        new String[] {"{'TableName':'chat'}", "{'TableName':'chat','TableClass':'STANDARD'}"}) {
      String operation = request.contains("TableClass") ? "UpdateTable" : "DeleteTable";
      assertThatThrownBy(() -> call(operation, request))
          .hasMessage(
              "Attempt to change a resource which is still in use: Table is being created: chat");
    }
  }

  @Test
  void aTableWithAnIndexThatIsMadeStays() throws IOException {
    call(
        "CreateTable",
        "{'TableName':'busy','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':'pk',"
            + "'KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'pk',"
            + "'AttributeType':'S'}],'GlobalSecondaryIndexes':[{'IndexName':'index','KeySchema':"
            + "[{'AttributeName':'pk','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}]}");
    database.<Void>write(
        transaction -> {
          ObjectNode definition = transaction.table("busy").definition().copy();
          ((ObjectNode) definition.at("/Table/GlobalSecondaryIndexes/0"))
              .put("IndexStatus", "CREATING");
          transaction.define(TableDefinition.of(definition));
          return null;
        });
    assertThatThrownBy(() -> call("DeleteTable", "{'TableName':'busy'}"))
        .hasMessage(
            "Attempt to change a resource which is still in use: Cannot delete table while indexes"
                + " are being created, updated, or deleted.");
  }
}
