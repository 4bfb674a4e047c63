package com.cruddur.ddb.bulk.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.ExportFormat;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.bulk.export.ExportAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.bulk.seed.SeedFixture;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs that are stopped in the middle, as by Ctrl-C, and go on. */
final class ResumeTest {
  private static final int ITEMS = 2_000;
  private static final List<String> OF = List.of("test");

  @TempDir private Path folder;
  private final SeedFixture from = new SeedFixture();
  private final SeedFixture to = new SeedFixture();

  @AfterEach
  void close() {
    from.close();
    to.close();
  }

  private void fill() {
    List<Map<String, AttributeValue>> items =
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "pk", AttributeValue.fromS("MSG#g" + i),
                        "sk", AttributeValue.fromS("t"),
                        "message", AttributeValue.fromS("x".repeat(2_000))))
            .toList();
    try (BatchWriter writer = new BatchWriter(from.client, from.table, attempt -> {})) {
      writer.putAll(items);
    }
  }

  private Checkpoint checkpoint() {
    return Checkpoint.in(folder.resolve("checkpoint"), OF, false);
  }

  private Exporter exporter(Checkpoint stopped) {
    return new Exporter(
        () -> new TableAdmin(from.client).describe(from.table),
        new DynamoDbItemTable(from.client, from.table).pages(),
        InstantSource.system(),
        items -> {
          if (stopped != null) {
            stopped.stop();
          }
        });
  }

  @Test
  void anExportToAFolderGoesOnBehindItsLastFile() throws IOException {
    fill();
    Checkpoint first = checkpoint();
    Path out = folder.resolve("out");
    assertThatThrownBy(() -> exporter(first).toDirectory(out, 2, first))
        .isInstanceOf(StoppedException.class);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
        .isEqualTo("rw-------");
    Checkpoint second = checkpoint();
    assertThat(second.resumed()).isTrue();
    assertThat(second.done()).isBetween(1L, ITEMS - 1L);
    ExportAccount account = exporter(null).toDirectory(out, 4, second);
    assertThat(account.items()).isEqualTo(ITEMS);
    assertThat(second.file()).doesNotExist();
    importAll(ImportSource.at(out));
  }

  @Test
  void anExportToAGzippedFileGoesOnBehindItsLastMember() throws IOException {
    fill();
    Checkpoint first = checkpoint();
    Path out = folder.resolve("out.json.gz");
    assertThatThrownBy(() -> exporter(first).toFile(out, ExportFormat.DYNAMODB_JSON, 2, first))
        .isInstanceOf(StoppedException.class);
    assertThat(out).doesNotExist();
    Checkpoint second = checkpoint();
    assertThat(second.done()).isBetween(1L, ITEMS - 1L);
    ExportAccount account = exporter(null).toFile(out, ExportFormat.DYNAMODB_JSON, 2, second);
    assertThat(account.items()).isEqualTo(ITEMS);
    importAll(ImportSource.at(out));
  }

  private void importAll(ImportSource source) {
    BulkListener listener = new BulkListener(to.rejects::add, progress -> {}, pk -> {}, note -> {});
    SeedAccount account =
        new Importer(new DynamoDbItemTable(to.client, to.table), false, null, listener).run(source);
    assertThat(account.kinds().get("message"))
        .isEqualTo(new SeedAccount.Counts(ITEMS, ITEMS, 0, 0));
    assertThat(to.everything()).isEqualTo(from.everything());
  }

  @Test
  void aFileThatIsNoCheckpointIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "{\"type\":\"user\"}\n");
    assertThatThrownBy(() -> Checkpoint.in(file, OF, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not a checkpoint");
    assertThat(file).hasContent("{\"type\":\"user\"}\n");
  }
}
