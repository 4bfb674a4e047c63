package com.cruddur.ddb.bulk.seed;

import static com.cruddur.ddb.bulk.seed.SeedFixture.conversation;
import static com.cruddur.ddb.bulk.seed.SeedFixture.document;
import static com.cruddur.ddb.bulk.seed.SeedFixture.file;
import static com.cruddur.ddb.bulk.seed.SeedFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedAccount.Counts;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.bulk.imports.Importer;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Bulk work through a {@link FaultyProxy} ends with the same table and a true account. */
final class BadDayTest {
  @TempDir private Path folder;
  private final SeedFixture fixture = new SeedFixture();
  private final SeedFixture plain = new SeedFixture();
  private FaultyProxy proxy;
  private DynamoDbClient faulty;

  @BeforeEach
  void open() {
    proxy = new FaultyProxy(TestStack.endpoint());
    faulty =
        TestStack.clients(proxy.endpoint(), new CapacityMeter(false)).bulk(new ThrottleCounter());
  }

  @AfterEach
  void close() {
    faulty.close();
    proxy.close();
    fixture.close();
    plain.close();
  }

  private static String conversations() {
    return document(
        IntStream.range(0, 4)
            .mapToObj(
                c ->
                    conversation(
                        Uuids.derived("c" + c),
                        "andrewbrown",
                        c % 2 == 0 ? "bayko" : "worf",
                        IntStream.range(0, 60)
                            .mapToObj(i -> message("andrewbrown", "m" + i, at(c, i)))
                            .toArray(String[]::new)))
            .toArray(String[]::new));
  }

  private static String at(int conversation, int message) {
    return Timestamps.format(
        Instant.parse("2024-01-01T00:00:00Z").plusSeconds(conversation * 7L + message * 60L));
  }

  @Test
  void aSeed() {
    String input = conversations();
    SeedAccount account =
        fixture.seed(
            faulty, new DynamoDbConversationStore(faulty, fixture.table), file("a.json", input));
    plain.seed("a.json", input);
    assertThat(proxy.faults.get()).isGreaterThan(10);
    assertThat(fixture.everything()).isEqualTo(plain.everything());
    assertThat(account.balanced()).isTrue();
    Counts messages = account.kinds().get("message");
    assertThat(messages.read()).isEqualTo(240);
    assertThat(messages.rejected()).isZero();
  }

  @Test
  void anExportAndAnImport() {
    plain.seed("a.json", conversations());
    Exporter exporter =
        new Exporter(
            () -> new TableAdmin(faulty).describe(plain.table),
            new DynamoDbItemTable(faulty, plain.table).pages(),
            InstantSource.system(),
            items -> {});
    exporter.toDirectory(folder, 8);
    Importer importer =
        new Importer(
            new DynamoDbItemTable(faulty, fixture.table),
            false,
            null,
            new BulkListener(fixture.rejects::add, progress -> {}, pk -> {}, note -> {}));
    SeedAccount account = importer.run(ImportSource.at(folder));
    assertThat(fixture.everything()).isEqualTo(plain.everything());
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(240, 240, 0, 0));
    assertThat(account.kinds().get("row")).isEqualTo(new Counts(8, 8, 0, 0));
    account = importer.run(ImportSource.at(folder));
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(240, 0, 240, 0));
  }
}
