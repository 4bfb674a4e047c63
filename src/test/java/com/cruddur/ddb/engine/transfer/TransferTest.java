package com.cruddur.ddb.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.TestEngine;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportConflictException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Exports and imports, what AWS was seen to answer included. */
class TransferTest {
  private static final String TABLE = "chat";

  @TempDir private Path folder;
  private TestEngine engine;
  private Path bucket;

  @BeforeEach
  void start() {
    engine = new TestEngine(folder.resolve("s3"), Faults.NONE);
    bucket = engine.bucket("bucket");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private DdbRunner ddb(String table) {
    return DdbRunner.on(table).env("DDB_LOCAL_PORT", Integer.toString(engine.port()));
  }

  private void create() {
    Outcome.done(ddb(TABLE).execute("schema-load"));
    engine.pointInTimeRecovery(TABLE);
  }

  private ExportDescription export(ExportTableToPointInTimeRequest.Builder request) {
    ExportDescription done = ended(request);
    assertThat(done.exportStatusAsString()).as(done.toString()).isEqualTo("COMPLETED");
    return done;
  }

  private ExportDescription ended(ExportTableToPointInTimeRequest.Builder request) {
    String arn = engine.client().describeTable(r -> r.tableName(TABLE)).table().tableArn();
    ExportDescription begun =
        engine
            .client()
            .exportTableToPointInTime(request.tableArn(arn).s3Bucket("bucket").build())
            .exportDescription();
    for (; ; pause()) {
      ExportDescription now =
          engine.client().describeExport(r -> r.exportArn(begun.exportArn())).exportDescription();
      if (!now.exportStatusAsString().equals("IN_PROGRESS")) {
        return now;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ExportTableToPointInTimeRequest.Builder full() {
    return ExportTableToPointInTimeRequest.builder();
  }

  private static ExportTableToPointInTimeRequest.Builder changes(Instant from, Instant to) {
    return full()
        .exportType(ExportType.INCREMENTAL_EXPORT)
        .incrementalExportSpecification(s -> s.exportFromTime(from).exportToTime(to));
  }

  /** The lines of all data files, sorted. */
  private List<String> lines(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(bucket)) {
      return all.filter(file -> file.toString().endsWith(ending))
          .flatMap(TransferTest::unzipped)
          .sorted()
          .toList();
    }
  }

  private static Stream<String> unzipped(Path file) {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ImportTableDescription imported(String format, String compression) {
    return imported(r -> r.inputFormat(format).inputCompressionType(compression));
  }

  private ImportTableDescription imported(
      java.util.function.Consumer<ImportTableRequest.Builder> more) {
    ImportTableRequest.Builder request =
        ImportTableRequest.builder()
            .s3BucketSource(s -> s.s3Bucket("bucket").s3KeyPrefix("in"))
            .inputFormat("DYNAMODB_JSON")
            .tableCreationParameters(
                t ->
                    t.tableName("copy")
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            a -> a.attributeName("pk").attributeType(ScalarAttributeType.S),
                            a -> a.attributeName("n").attributeType(ScalarAttributeType.N))
                        .keySchema(
                            k -> k.attributeName("pk").keyType(KeyType.HASH),
                            k -> k.attributeName("n").keyType(KeyType.RANGE)));
    more.accept(request);
    String arn = engine.client().importTable(request.build()).importTableDescription().importArn();
    for (; ; pause()) {
      ImportTableDescription now =
          engine.client().describeImport(r -> r.importArn(arn)).importTableDescription();
      if (now.importStatus() != ImportStatus.IN_PROGRESS) {
        return now;
      }
    }
  }

  private List<Map<String, AttributeValue>> copied() {
    return engine.client().scan(r -> r.tableName("copy")).items();
  }

  private void in(String name, String text, String compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case "GZIP" -> new GZIPOutputStream(bytes);
          case "ZSTD" -> new ZstdOutputStream(bytes);
          default -> bytes;
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(bucket.resolve(name), bytes.toByteArray());
  }

  @Test
  void aFullExportHasTheTableAsItWasAtItsTime() throws IOException {
    create();
    engine.put(TABLE, "p", "kept", "old");
    engine.put(TABLE, "p", "changed", "old");
    engine.put(TABLE, "p", "gone", "old");
    Instant then = engine.now();
    engine.pass(Duration.ofMinutes(1));
    engine.put(TABLE, "p", "changed", "new");
    engine.put(TABLE, "p", "made", "new");
    engine
        .client()
        .deleteItem(
            r ->
                r.tableName(TABLE)
                    .key(
                        Map.of(
                            "pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS("gone"))));
    assertThat(export(full().exportTime(then)).itemCount()).isEqualTo(3);
    assertThat(lines(".json.gz"))
        .hasSize(3)
        .allMatch(line -> line.contains("\"text\":{\"S\":\"old\"}"));
    assertThat(export(full().s3Prefix("now")).itemCount()).isEqualTo(3);
    assertThat(lines(".json.gz")).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "/out", "in/../../out", "with\0nul"})
  void whatIsNoFileOfTheBucketIsRefusedInOneLine(String prefix) {
    create();
    ExportDescription failed = ended(full().s3Prefix(prefix));
    assertThat(failed.exportStatusAsString()).isEqualTo("FAILED");
    assertThat(failed.failureMessage())
        .startsWith("The key " + prefix)
        .endsWith(" does not name a file of a bucket");
    assertThat(bucket).isEmptyDirectory();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anExportBesideWritersHoldsOneMomentOfAnItemThatMoves() throws Exception {
    create();
    for (int i = 0; i < 300; i++) {
      engine.put(TABLE, "p" + i, "still", "text");
    }
    engine.put(TABLE, "p", "0", "moving");
    AtomicBoolean over = new AtomicBoolean();
    Thread mover = new Thread(() -> move(over));
    mover.start();
    try {
      for (int i = 0; i < 5; i++) {
        assertThat(export(full().s3Prefix("run" + i)).itemCount()).isEqualTo(301);
      }
    } finally {
      over.set(true);
      mover.join();
    }
  }

  /** Moves the item to a partition that stands elsewhere in the table, by transactions. */
  private void move(AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      Map<String, AttributeValue> from = key(i == 0 ? "p" : "m" + (i - 1), "0");
      Map<String, AttributeValue> to = key("m" + i, "0");
      engine
          .client()
          .transactWriteItems(
              r ->
                  r.transactItems(
                      t -> t.delete(d -> d.tableName(TABLE).key(from)),
                      t -> t.put(p -> p.tableName(TABLE).item(to))));
    }
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
  }

  @Test
  void anIncrementalExportHasWhatBecameOfEachItem() throws IOException {
    create();
    engine.put(TABLE, "p", "before", "old");
    engine.pass(Duration.ofSeconds(1));
    final Instant from = engine.now();
    engine.put(TABLE, "p", "before", "between");
    engine.put(TABLE, "p", "before", "new");
    engine.put(TABLE, "p", "made", "new");
    engine.put(TABLE, "p", "short", "lived");
    engine.client().deleteItem(r -> r.tableName(TABLE).key(key("p", "short")));
    engine.pass(Duration.ofMinutes(15));
    final Instant to = engine.now();
    engine.put(TABLE, "p", "made", "too late");
    export(changes(from, to).s3Prefix("p"));
    String before = "{'pk':{'S':'p'},'sk':{'S':'before'}";
    String made = "{'pk':{'S':'p'},'sk':{'S':'made'}";
    String head =
        "{'Metadata':{'WriteTimestampMicros':{'N':'" + from.toEpochMilli() + "000'}},'Keys':";
    assertThat(lines(".json.gz"))
        .extracting(TransferTest::tree)
        .containsExactly(
            tree(
                head
                    + before
                    + "},'OldImage':"
                    + before
                    + ",'text':{'S':'old'}},'NewImage':"
                    + before
                    + ",'text':{'S':'new'}}}"),
            tree(head + made + "},'NewImage':" + made + ",'text':{'S':'new'}}}"));
    Outcome.done(ddb("copy").execute("schema-load"));
    Outcome.done(ddb("copy").execute("import", bucket.resolve("p").toString()));
    assertThat(copied()).extracting(item -> item.get("text").s()).containsOnly("new").hasSize(2);
  }

  @Test
  void anIncrementalExportOfNewImagesInIonIsReadByImportToo() throws IOException {
    create();
    final Instant from = engine.now();
    engine.put(TABLE, "p", "made", "new");
    engine.pass(Duration.ofMinutes(20));
    export(
        full()
            .s3Prefix("p")
            .exportFormat("ION")
            .exportType(ExportType.INCREMENTAL_EXPORT)
            .incrementalExportSpecification(
                s -> s.exportFromTime(from).exportViewType(ExportViewType.NEW_IMAGE)));
    Outcome.done(ddb("copy").execute("schema-load"));
    Outcome.done(ddb("copy").execute("import", bucket.resolve("p").toString()));
    Outcome.done(ddb("copy").execute("diff", TABLE, "copy"));
  }

  @Test
  void timesOutsideOfTheHistoryAndOtherWindowsAreRefused() {
    create();
    Instant now = engine.now();
    engine.pass(Duration.ofHours(30));
    Instant later = engine.now();
    for (Instant time : List.of(now, later.plusSeconds(1), later.minus(Duration.ofHours(25)))) {
      assertThatThrownBy(() -> export(full().exportTime(time)))
          .isInstanceOf(InvalidExportTimeException.class);
    }
    assertThatThrownBy(() -> export(changes(later.minusSeconds(600), later)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("is less than 15 minutes");
    assertThatThrownBy(() -> export(full().exportType(ExportType.INCREMENTAL_EXPORT)))
        .hasMessageContaining("Incremental Export Specification expected");
  }

  @Test
  void aTokenFindsItsJobAndIsRefusedWithAnotherRequest() {
    create();
    String arn = export(full().clientToken("token")).exportArn();
    assertThat(export(full().clientToken("token")).exportArn()).isEqualTo(arn);
    assertThatThrownBy(() -> export(full().clientToken("token").s3Prefix("other")))
        .isInstanceOf(ExportConflictException.class);
    engine.pass(Duration.ofHours(9));
    assertThat(export(full().clientToken("token")).exportArn()).isNotEqualTo(arn);
  }

  @Test
  void withoutPointInTimeRecoveryThereIsNoExportAndNoHistoryIsKept() {
    Outcome.done(ddb(TABLE).execute("schema-load"));
    assertThatThrownBy(() -> export(full()))
        .isInstanceOf(PointInTimeRecoveryUnavailableException.class);
  }

  @ParameterizedTest
  @CsvSource({"DYNAMODB_JSON, json", "ION, ion"})
  void everyTypeComesBackAsItWas(String format, String ending) throws IOException {
    create();
    Map<String, AttributeValue> item = new HashMap<>(key("p", "line\nquote\" ' \\ 👋 \u0001"));
    item.put("null", AttributeValue.fromNul(true));
    item.put("a b", AttributeValue.fromBool(false));
    item.put("n", AttributeValue.fromN("-0.00000000000000000000000000000000000012345"));
    item.put("big", AttributeValue.fromN("12345678901234567890123456789012345678"));
    item.put("b", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 7})));
    item.put("ss", AttributeValue.fromSs(List.of("a", "b")));
    item.put("ns", AttributeValue.fromNs(List.of("1", "2.5")));
    item.put("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))));
    item.put(
        "l",
        AttributeValue.fromL(
            List.of(AttributeValue.fromM(Map.of()), AttributeValue.fromL(List.of()))));
    item.put("m", AttributeValue.fromM(Map.of("true", AttributeValue.fromS("$1"))));
    engine.client().putItem(r -> r.tableName(TABLE).item(item));
    export(full().exportFormat(format));
    assertThat(lines("." + ending + ".gz")).hasSize(1);
    String summary = "AWSDynamoDB";
    ImportTableDescription done =
        imported(
            r ->
                r.inputFormat(format)
                    .inputCompressionType("GZIP")
                    .s3BucketSource(s -> s.s3Bucket("bucket").s3KeyPrefix(data(summary)))
                    .tableCreationParameters(
                        t ->
                            t.tableName("copy")
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                    a -> a.attributeName("pk").attributeType("S"),
                                    a -> a.attributeName("sk").attributeType("S"))
                                .keySchema(
                                    k -> k.attributeName("pk").keyType(KeyType.HASH),
                                    k -> k.attributeName("sk").keyType(KeyType.RANGE))));
    assertThat(done.importStatus()).as(done.toString()).isEqualTo(ImportStatus.COMPLETED);
    Outcome.done(ddb("copy").execute("diff", TABLE, "copy"));
  }

  private static JsonNode tree(String json) {
    try {
      return new ObjectMapper().readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String data(String below) {
    try (Stream<Path> all = Files.walk(bucket.resolve(below))) {
      Path data = all.filter(file -> file.endsWith("data")).findFirst().orElseThrow();
      return bucket.relativize(data) + "/";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "GZIP", "ZSTD"})
  void dynamoDbJsonIsReadOnLinesOrWithoutThem(String compression) throws IOException {
    String item = "{\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"%d\"}}}";
    in("in1", item.formatted(1) + "\n" + item.formatted(2) + item.formatted(3) + "\n", compression);
    in("other", item.formatted(9), compression);
    ImportTableDescription done = imported("DYNAMODB_JSON", compression);
    assertThat(done.importStatus()).as(done.toString()).isEqualTo(ImportStatus.COMPLETED);
    assertThat(done.processedItemCount()).isEqualTo(3);
    assertThat(done.importedItemCount()).isEqualTo(3);
    assertThat(done.errorCount()).isZero();
    assertThat(done.processedSizeBytes()).isPositive();
    assertThat(copied()).extracting(each -> each.get("n").n()).containsExactly("1", "2", "3");
  }

  @Test
  void csvHasTheTypesOfTheKeysAndStringsElse() throws IOException {
    in("in.csv", "pk,n,text,none\na,1.50,\"two\nlines, \"\"quoted\"\"\",\nb,2,x,y\n", "NONE");
    assertThat(imported("CSV", "NONE").importStatus()).isEqualTo(ImportStatus.COMPLETED);
    assertThat(copied())
        .containsExactlyInAnyOrder(
            Map.of(
                "pk", AttributeValue.fromS("a"),
                "n", AttributeValue.fromN("1.5"),
                "text", AttributeValue.fromS("two\nlines, \"quoted\"")),
            Map.of(
                "pk", AttributeValue.fromS("b"),
                "n", AttributeValue.fromN("2"),
                "text", AttributeValue.fromS("x"),
                "none", AttributeValue.fromS("y")));
  }

  @Test
  void csvMayHaveAnotherDelimiterAndAHeaderOfTheRequest() throws IOException {
    in("in.csv", "a;1\nb;2\n", "GZIP");
    ImportTableDescription done =
        imported(
            r ->
                r.inputFormat("CSV")
                    .inputCompressionType("GZIP")
                    .inputFormatOptions(
                        o -> o.csv(c -> c.delimiter(";").headerList(List.of("pk", "n")))));
    assertThat(done.importedItemCount()).as(done.toString()).isEqualTo(2);
    assertThat(done.inputFormatOptions().csv().delimiter()).isEqualTo(";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DYNAMODB_JSON", "ION", "CSV"})
  void whatIsCompressedAndNotSaidToBeIsNamedInOneLine(String format) throws IOException {
    in("in", "{\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}\n", "GZIP");

    ImportTableDescription done = imported(format, "NONE");

    assertThat(done.importStatus()).isEqualTo(ImportStatus.FAILED);
    assertThat(done.failureMessage())
        .contains("item 1: it is compressed by gzip, and InputCompressionType is NONE")
        .doesNotContain("\n");
  }

  /** As AWS was seen to do: the import has failed, and what it could read is in the table. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Item\":{\"pk\":{\"S\":\"a\"}}} | 3 | Missing the key n",
        "{\"Item\":{\"pk\":{\"N\":\"1\"},\"n\":{\"N\":\"1\"}}} | 3 | Type mismatch for key pk",
        "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}} | 1 | there is no Item",
        "{\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"X\":\"1\"}}} | 1 | what follows was not read",
        "{\"Item\":{\"pk\": | 1 | what follows was not read",
      })
  void aBadItemIsAnErrorAndWhatIsNoItemEndsItsFile(String bad, int imported, String why)
      throws IOException {
    String item = "{\"Item\":{\"pk\":{\"S\":\"good\"},\"n\":{\"N\":\"%d\"}}}\n";
    in("in1", item.formatted(1) + bad + "\n" + item.formatted(2) + item.formatted(3), "NONE");
    ImportTableDescription done = imported("DYNAMODB_JSON", "NONE");
    assertThat(done.importStatus()).isEqualTo(ImportStatus.FAILED);
    assertThat(done.failureCode()).isEqualTo("ItemValidationError");
    assertThat(done.failureMessage()).contains("in1, item 2: ").contains(why);
    assertThat(done.errorCount()).isEqualTo(1);
    assertThat(done.importedItemCount()).isEqualTo(imported);
    assertThat(done.processedItemCount()).isEqualTo(imported + 1);
    assertThat(copied()).hasSize(imported);
  }

  @Test
  void anItemNestedBeyondReasonFailsItsImportAndNothingElse() throws IOException {
    in("in.ion", "{Item:{pk:\"a\",n:1,l:" + "[".repeat(100_000), "NONE");
    ImportTableDescription done = imported("ION", "NONE");
    assertThat(done.importStatus()).isEqualTo(ImportStatus.FAILED);
    in("in.ion", "{Item:{pk:\"a\",n:1}}", "NONE");
    if (engine.client().listTables().tableNames().contains("copy")) {
      engine.client().deleteTable(r -> r.tableName("copy"));
    }
    assertThat(imported("ION", "NONE").importStatus()).isEqualTo(ImportStatus.COMPLETED);
  }

  @Test
  void anEmptyBucketMakesAnEmptyTableAndOneThatIsNotThereNone() {
    ImportTableDescription done = imported("DYNAMODB_JSON", "NONE");
    assertThat(done.importStatus()).isEqualTo(ImportStatus.COMPLETED);
    assertThat(done.processedItemCount()).isZero();
    assertThat(done.processedSizeBytes()).isZero();
    engine.client().deleteTable(r -> r.tableName("copy"));
    ImportTableDescription failed = imported(r -> r.s3BucketSource(s -> s.s3Bucket("nowhere")));
    assertThat(failed.importStatus()).isEqualTo(ImportStatus.FAILED);
    assertThat(failed.failureCode()).isEqualTo("S3NoSuchBucket");
    assertThat(failed.tableArn()).endsWith(":table/copy");
    assertThatThrownBy(() -> engine.client().describeTable(r -> r.tableName("copy")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void anImportIsRefusedLikeAnyCreateTable() {
    assertThatThrownBy(
            () ->
                imported(
                    r ->
                        r.inputFormat("DYNAMODB_JSON")
                            .inputFormatOptions(o -> o.csv(c -> c.delimiter(",")))))
        .hasMessageContaining(
            "Unsupported InputFormatOptions for the given input format: DYNAMODB_JSON.");
    assertThat(engine.client().listTables().tableNames()).isEmpty();
  }

  @Test
  void jobsAreListedPageByPage() {
    create();
    for (int i = 0; i < 3; i++) {
      export(full().s3Prefix("run" + i));
      engine.pass(Duration.ofSeconds(1));
    }
    assertThat(
            engine.client().listExportsPaginator(r -> r.maxResults(2)).stream()
                .flatMap(page -> page.exportSummaries().stream()))
        .hasSize(3);
    assertThat(engine.client().listExports(r -> r.maxResults(2)).exportSummaries()).hasSize(2);
    assertThat(engine.client().listExports(r -> r.tableArn("arn:other")).exportSummaries())
        .isEmpty();
  }
}
