package com.cruddur.ddb.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.operations.Context;
import com.cruddur.ddb.engine.operations.TableOperations;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.stream.Streams;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import that the end of its process interrupted, as the next process finds it. */
class InterruptedImportTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-28T10:00:00Z"));
  private static final String CREATE =
      "{\"TableName\":\"copy\",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":"
          + "[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":"
          + "[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"}]}";

  @TempDir private Path folder;
  private final Database database = Database.inMemory();
  private final Streams streams = new Streams(database, CLOCK);

  private Table create(String status) throws Exception {
    Context context = new Context(database, "eu-west-1", CLOCK, "localhost");
    try (JsonParser body = Jobs.JSON.getFactory().createParser(CREATE)) {
      return TableOperations.create(
          TableOperations.createShape().request(body), context, streams, status);
    }
  }

  /** What is noted of an import of the table that runs. */
  private String noteRunning(Table table) {
    String arn = table.arn() + "/import/1";
    ObjectNode job = Jobs.JSON.createObjectNode();
    job.put("ImportArn", arn).put("ImportStatus", "IN_PROGRESS").put("TableArn", table.arn());
    job.set("TableId", table.definition().json().get("Table").get("TableId"));
    database.<Void>write(
        transaction -> {
          transaction.note("import/" + arn, Jobs.bytes(job));
          return null;
        });
    return arn;
  }

  private ObjectNode foundAfterRestart(String arn) {
    new Transfer(database, streams, CLOCK, folder).close();
    try (Jobs imports = new Jobs(database, CLOCK, "Import", left -> {})) {
      return imports.find(arn);
    }
  }

  @Test
  void itHasFailedAndItsHalfFilledTableIsGone() throws Exception {
    ObjectNode job = foundAfterRestart(noteRunning(create("CREATING")));
    assertThat(job.get("ImportStatus").textValue()).isEqualTo("FAILED");
    assertThat(job.get("FailureMessage").textValue()).contains("was stopped while this ran");
    assertThat(database.table("copy")).isEmpty();
  }

  @Test
  void aTableThatIsReadyStays() throws Exception {
    ObjectNode job = foundAfterRestart(noteRunning(create("ACTIVE")));
    assertThat(job.get("ImportStatus").textValue()).isEqualTo("FAILED");
    assertThat(database.table("copy")).isPresent();
  }
}
