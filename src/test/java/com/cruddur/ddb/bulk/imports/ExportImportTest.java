package com.cruddur.ddb.bulk.imports;

import static com.cruddur.ddb.bulk.seed.SeedFixture.gzip;
import static com.cruddur.ddb.bulk.seed.SeedFixture.stdin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.ExportFormat;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedAccount.Counts;
import com.cruddur.ddb.bulk.export.ExportAccount;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.bulk.seed.SeedFixture;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.batch.BatchWriter;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ExportImportTest {
  private static final Instant NOW = Instant.parse("2024-03-01T12:00:00.123Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final SeedFixture from = new SeedFixture();
  private final SeedFixture to = new SeedFixture();

  @AfterEach
  void close() {
    from.close();
    to.close();
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static Map<String, AttributeValue> message(int number) {
    return Map.of("pk", s("MSG#g" + number % 7), "sk", s("t" + number), "message", s("m" + number));
  }

  private static Map<String, AttributeValue> everyType() {
    return Map.ofEntries(
        Map.entry("pk", s("X#1")),
        Map.entry("sk", s("\u0000 \"\\ \uD83D\uDE00 \u2028 מ")),
        Map.entry("n", AttributeValue.fromN("12345678901234567890123456789012345678")),
        Map.entry("small", AttributeValue.fromN("0.000000000000000000000000000000000000000123")),
        Map.entry("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127}))),
        Map.entry("empty", s("")),
        Map.entry("yes", AttributeValue.fromBool(true)),
        Map.entry("no", AttributeValue.fromBool(false)),
        Map.entry("nul", AttributeValue.fromNul(true)),
        Map.entry("ss", AttributeValue.fromSs(List.of("b", "a"))),
        Map.entry("ns", AttributeValue.fromNs(List.of("9007199254740993", "1.5"))),
        Map.entry("bs", AttributeValue.fromBs(List.of(SdkBytes.fromByteArray(new byte[] {1})))),
        Map.entry(
            "m",
            AttributeValue.fromM(
                Map.of("l", AttributeValue.fromL(List.of(s("x"), AttributeValue.fromN("1")))))));
  }

  private void fill(SeedFixture fixture, int messages) {
    List<Map<String, AttributeValue>> items =
        new ArrayList<>(IntStream.range(0, messages).mapToObj(ExportImportTest::message).toList());
    items.add(everyType());
    try (BatchWriter writer = new BatchWriter(fixture.client, fixture.table, attempt -> {})) {
      writer.putAll(items);
    }
  }

  private Exporter exporter() {
    return new Exporter(
        () -> new TableAdmin(from.client).describe(from.table),
        new DynamoDbItemTable(from.client, from.table).pages(),
        InstantSource.fixed(NOW),
        items -> {});
  }

  private SeedAccount load(ImportSource source, boolean overwrite) {
    to.rejects.clear();
    SeedAccount account =
        new Importer(
                new DynamoDbItemTable(to.client, to.table),
                overwrite,
                null,
                new BulkListener(to.rejects::add, progress -> {}, to.changed::add, to.notes::add))
            .run(source);
    assertThat(account.balanced()).isTrue();
    assertThat(account.rejected()).isEqualTo(to.rejects.size());
    return account;
  }

  private SeedAccount load(String... lines) {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return load(ImportSource.of(stdin(bytes)), false);
  }

  private static String item(String pk, String sk, String rest) {
    return "{\"Item\":{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"}%s}}".formatted(pk, sk, rest);
  }

  @Test
  void everyItemComesBackFromAnExportFolderWithEveryDigit() {
    fill(from, 1000);
    ExportAccount exported = exporter().toDirectory(folder, 4);
    assertThat(exported.items()).isEqualTo(1001);
    ImportSource source = ImportSource.at(folder);
    assertThat(source.items()).isEqualTo(1001);
    SeedAccount account = load(source, false);
    assertThat(to.everything()).isEqualTo(from.everything());
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(1000, 1000, 0, 0));
    assertThat(account.kinds().get("other")).isEqualTo(new Counts(1, 1, 0, 0));
    assertThat(to.changed).hasSize(8).contains("MSG#g0", "X#1");
    to.changed.clear();
    SeedAccount again = load(ImportSource.at(exported.folder()), false);
    assertThat(to.changed).isEmpty();
    assertThat(again.kinds().get("message")).isEqualTo(new Counts(1000, 0, 1000, 0));
    assertThat(again.kinds().get("other")).isEqualTo(new Counts(1, 0, 1, 0));
  }

  @Test
  void theFolderHasTheLayoutOfDynamoDbsOwnExport() throws IOException {
    fill(from, 50);
    Path export = exporter().toDirectory(folder, 2).folder();
    assertThat(folder.relativize(export).toString())
        .matches("AWSDynamoDB/01709294400123-[0-9a-f]{8}");
    JsonNode summary = JSON.readTree(export.resolve("manifest-summary.json").toFile());
    assertThat(summary.path("version").asText()).isEqualTo("2020-06-30");
    assertThat(summary.path("outputFormat").asText()).isEqualTo("DYNAMODB_JSON");
    assertThat(summary.path("exportType").asText()).isEqualTo("FULL_EXPORT");
    assertThat(summary.path("itemCount").asLong()).isEqualTo(51);
    assertThat(summary.path("exportTime").asText()).isEqualTo("2024-03-01T12:00:00.123Z");
    List<String> lines = Files.readAllLines(export.resolve("manifest-files.json"));
    long items = 0;
    for (String line : lines) {
      JsonNode file = JSON.readTree(line);
      items += file.path("itemCount").asLong();
      assertThat(file.path("etag").asText()).matches("[0-9a-f]{32}-1");
      String key = file.path("dataFileS3Key").asText();
      assertThat(key).matches("AWSDynamoDB/[^/]+/data/[a-z2-7]{26}\\.json\\.gz");
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(key)))) {
        String first =
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        assertThat(JSON.readTree(first).at("/Item/pk/S").isTextual()).isTrue();
      }
    }
    assertThat(items).isEqualTo(51);
    try (Stream<Path> data = Files.list(export.resolve("data"))) {
      assertThat(data).hasSize(lines.size());
    }
  }

  @Test
  void anEmptyTableIsExportedAndImported() {
    exporter().toDirectory(folder, 3);
    assertThat(load(ImportSource.at(folder), false).rejected()).isZero();
    assertThat(to.everything()).isEmpty();
  }

  @Test
  void aStreamOfItemsComesBackZippedOrNot() {
    fill(from, 30);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportAccount account = exporter().toStream(out, ExportFormat.DYNAMODB_JSON, 2);
    assertThat(account.bytes()).isEqualTo(out.size());
    load(ImportSource.of(stdin(gzip(out.toString(StandardCharsets.UTF_8)))), false);
    assertThat(to.everything()).isEqualTo(from.everything());
    load(ImportSource.of(stdin(out.toByteArray())), false);
    assertThat(to.rejects).isEmpty();
  }

  @Test
  void plainLinesAndCsvAreWrittenForOtherPrograms() throws IOException {
    from.client.putItem(r -> r.tableName(from.table).item(everyType()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    exporter().toStream(out, ExportFormat.NDJSON, 1);
    String line = out.toString(StandardCharsets.UTF_8);
    assertThat(line.strip().lines()).hasSize(1);
    assertThat(line)
        .contains("\"n\":12345678901234567890123456789012345678")
        .contains("\"b\":\"AP9/\"");
    out.reset();
    from.client.putItem(
        r ->
            r.tableName(from.table)
                .item(
                    Map.of(
                        "pk",
                        s("MSG#a"),
                        "sk",
                        s("t"),
                        "message",
                        s("a,\"b\"\nc"),
                        "mood",
                        s("fine"))));
    from.client.deleteItem(
        r ->
            r.tableName(from.table)
                .key(Map.of("pk", everyType().get("pk"), "sk", everyType().get("sk"))));
    exporter().toStream(out, ExportFormat.CSV, 1);
    assertThat(out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"))
        .isEqualTo(
            """
            pk,sk,message_group_uuid,message_uuid,message,user_uuid,user_display_name,user_handle,other
            MSG#a,t,,,"a,""b""
            c",,,,"{""mood"":""fine""}"
            """);
  }

  @Test
  void anotherItemOnTheKeyIsRejectedUnlessOverwritingIsAskedFor() {
    fill(from, 20);
    fill(to, 5);
    to.client.putItem(
        r ->
            r.tableName(to.table)
                .item(Map.of("pk", s("MSG#g3"), "sk", s("t3"), "message", s("mine"))));
    exporter().toDirectory(folder, 1);
    SeedAccount account = load(ImportSource.at(folder), false);
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(20, 15, 4, 1));
    assertThat(to.rejects.get(0).reason())
        .isEqualTo("another item has its key; --overwrite replaces it");
    assertThat(to.everything().get("MSG#g3 t3").get("message").s()).isEqualTo("mine");
    account = load(ImportSource.at(folder), true);
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(20, 1, 19, 0));
    assertThat(to.everything()).isEqualTo(from.everything());
  }

  @Test
  void itemsWithOneKeyInOneInputAreToldApart() {
    SeedAccount account =
        load(
            item("MSG#a", "t", ",\"message\":{\"S\":\"x\"}"),
            item("MSG#a", "t", ",\"message\":{\"S\":\"x\"}"),
            item("MSG#a", "t", ",\"message\":{\"S\":\"y\"}"),
            item("MSG#a", "t", ",\"message\":{\"S\":\"x\"}"));
    assertThat(account.kinds().get("message")).isEqualTo(new Counts(4, 1, 2, 1));
    assertThat(to.rejects).singleElement().satisfies(r -> assertThat(r.line()).isEqualTo(3));
    assertThat(to.everything().get("MSG#a t").get("message").s()).isEqualTo("x");
  }

  @Test
  void whatIsNoItemOfThisTableIsRejectedByNameAndTheRestGoesOn() {
    String large = "x".repeat(400 * 1024);
    load(
        item("MSG#a", "1", ""),
        "{\"Item\":{\"id\":{\"S\":\"foreign\"}}}",
        "{\"Item\":{\"pk\":{\"N\":\"1\"},\"sk\":{\"S\":\"a\"}}}",
        item("", "a", ""),
        item("a", "a", ",\"message_group_uuid\":{\"S\":\"\"}"),
        item("a", "a", ",\"message\":{\"S\":\"" + large + "\"}"),
        item("a", "a", ",\"n\":{\"N\":\"1e200\"}"),
        item("a", "a", ",\"n\":{\"N\":1}"),
        item("a", "a", ",\"n\":{\"SS\":[]}"),
        item("a", "a", ",\"n\":{\"SS\":[\"a\",\"a\"]}"),
        item("a", "a", ",\"b\":{\"B\":\"%%\"}"),
        item("a", "a", ",\"q\":{\"Q\":\"1\"}"),
        item("a", "a", ",\"s\":\"plain\""),
        "{\"Metadata\":{}}",
        "{\"pk\":\"plain\"}",
        "{\"Item\":{\"pk\"",
        "[]",
        "",
        item("MSG#a", "2", ""));
    assertThat(to.rejects)
        .extracting(Reject::reason)
        .containsExactly(
            "key pk is missing; it is not an item of this table",
            "key pk is of type N, not S",
            "key pk is empty",
            "key message_group_uuid is empty",
            "the item has 409613 bytes, the limit is 409600",
            "attribute n is not a number that DynamoDB can hold: 1e200",
            "attribute n has no value of type N",
            "set n is empty",
            "set n holds a value twice",
            "attribute b is not base64",
            "attribute q has no type Q",
            "attribute s names no type, such as {\"S\":\"text\"}",
            "the change has no Metadata with WriteTimestampMicros",
            "key sk is missing; it is not an item of this table",
            to.rejects.get(14).reason(),
            "the line is not {\"Item\":{…}}");
    assertThat(to.rejects.get(14).reason()).startsWith("broken JSON at column ");
    assertThat(to.rejects.get(15).line()).isEqualTo(17);
    assertThat(to.everything().keySet()).containsExactly("MSG#a 1", "MSG#a 2");
  }

  @Test
  void whatDynamoDbAloneFindsInvalidDoesNotFailItsBatch() {
    String deep = "{\"S\":\"x\"}";
    for (int i = 0; i < 33; i++) {
      deep = "{\"L\":[" + deep + "]}";
    }
    SeedAccount account =
        load(
            item("MSG#a", "1", ""),
            item("MSG#a", "2", ",\"deep\":" + deep),
            item("MSG#a", "3", ""));
    assertThat(account.kinds().get("message").written()).isEqualTo(2);
    assertThat(account.rejected()).isEqualTo(1);
    assertThat(to.everything()).hasSize(2);
  }

  @Test
  void aDamagedOrIncompleteExportIsTold() throws IOException {
    fill(from, 100);
    Path export = exporter().toDirectory(folder, 1).folder();
    Path data;
    try (Stream<Path> files = Files.list(export.resolve("data"))) {
      data = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length - 5));
    load(ImportSource.at(folder), false);
    assertThat(to.rejects)
        .extracting(Reject::reason)
        .first()
        .isEqualTo("the gzip file is broken from here");
    assertThat(to.rejects.get(1).reason()).startsWith("the file's MD5 is ");
    Files.delete(data);
    assertThatThrownBy(() -> ImportSource.at(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is missing");
    Files.delete(export.resolve("manifest-summary.json"));
    assertThatThrownBy(() -> ImportSource.at(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no complete export");
  }

  @Test
  void oneOfSeveralExportsMustBeNamed() {
    exporter().toDirectory(folder, 1);
    exporter().toDirectory(folder, 1);
    assertThatThrownBy(() -> ImportSource.at(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds 2 exports");
  }

  @Test
  void aSecondImportIntoATableOfManyChangesNothing() {
    fill(from, 6000);
    exporter().toDirectory(folder, 4);
    assertThat(load(ImportSource.at(folder), false).kinds().get("message").written())
        .isEqualTo(6000);
    assertThat(load(ImportSource.at(folder), false).kinds().get("message").unchanged())
        .isEqualTo(6000);
    assertThat(to.everything()).isEqualTo(from.everything());
  }
}
