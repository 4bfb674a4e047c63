package com.cruddur.ddb.bulk.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedAccount.Counts;
import com.cruddur.ddb.bulk.export.Exporter;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.batch.ItemPages;
import com.cruddur.ddb.dynamo.batch.TablePages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Exports in all the forms that DynamoDB and ddb write them. */
final class ExportFormsTest {
  @TempDir private Path folder;
  private final MessageTable table = MessageTable.withoutStream();
  private final List<Reject> rejects = new ArrayList<>();

  private SeedAccount load(ImportSource source) {
    SeedAccount account =
        new Importer(
                new DynamoDbItemTable(MessageTable.ownClient(), table.name()),
                false,
                null,
                new BulkListener(rejects::add, progress -> {}, pk -> {}, note -> {}))
            .run(source);
    assertThat(account.balanced()).isTrue();
    return account;
  }

  private SeedAccount load(String content) throws IOException {
    return load(ImportSource.at(Files.writeString(folder.resolve("data"), content)));
  }

  private Map<String, AttributeValue> item(String sk) {
    return table
        .client()
        .getItem(
            r ->
                r.tableName(table.name())
                    .key(Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS(sk))))
        .item();
  }

  private List<String> sks() {
    return MessageTable.ownClient().scan(r -> r.tableName(table.name())).items().stream()
        .map(item -> item.get("sk").s())
        .sorted()
        .collect(Collectors.toList());
  }

  private static String change(String sk, long micros, String text) {
    String keys = "{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"" + sk + "\"}}";
    String image =
        text == null
            ? ""
            : ",\"NewImage\":" + keys.replaceFirst("}}$", "},\"t\":{\"S\":\"" + text + "\"}}");
    return "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"%d\"}},\"Keys\":%s%s}\n"
        .formatted(micros, keys, image);
  }

  @Test
  void ndjsonOfOurOwnIsRead() throws IOException {
    load(
        "{\"pk\":\"p\",\"sk\":\"1\",\"n\":123456789012345678901234567890.5,\"ok\":true,\"no\":null,"
            + "\"l\":[1,\"a\"],\"m\":{\"x\":{}}}\n");
    assertThat(rejects).isEmpty();
    assertThat(item("1"))
        .containsEntry("n", AttributeValue.fromN("123456789012345678901234567890.5"))
        .containsEntry("ok", AttributeValue.fromBool(true))
        .containsEntry("no", AttributeValue.fromNul(true))
        .containsEntry(
            "l",
            AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS("a"))))
        .containsEntry("m", AttributeValue.fromM(Map.of("x", AttributeValue.fromM(Map.of()))));
  }

  @Test
  void ofTheChangesOfAnItemTheLastByTimeIsAppliedWhateverTheirOrder() throws IOException {
    load("{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"gone\"}}}\n");
    String changes =
        change("a", 30, "newest")
            + change("gone", 10, "before it went")
            + change("b", 10, "b")
            + change("a", 10, "oldest")
            + change("a", 20, null)
            + change("gone", 20, null)
            + change("never", 5, null);
    SeedAccount account = load(changes);
    assertThat(rejects).isEmpty();
    assertThat(sks()).containsExactly("a", "b");
    assertThat(item("a")).containsEntry("t", AttributeValue.fromS("newest"));
    // Three are put or deleted; three were followed by another, and one had nothing to delete.
    assertThat(account.kinds().get("other")).isEqualTo(new Counts(7, 3, 4, 0));
    assertThat(load(changes).kinds().get("other")).isEqualTo(new Counts(7, 0, 7, 0));
  }

  @Test
  void aChangeOfAnotherShapeIsNamed() throws IOException {
    load(
        change("a", 1, "x").replace("WriteTimestampMicros", "Time")
            + change("a", 1, "x")
                .replace("\"Keys\":{\"pk\":{\"S\":\"p\"}", "\"Keys\":{\"pk\":{\"S\":\"q\"}")
            + change("a", 1, "x").replace("NewImage", "NextImage"));
    assertThat(rejects)
        .extracting(Reject::reason)
        .containsExactly(
            "the change has no Metadata with WriteTimestampMicros",
            "the Keys of the change are not those of its NewImage",
            "\"NextImage\" is not a field of a change");
    assertThat(sks()).isEmpty();
  }

  @Test
  void ionIsReadWithEveryType() throws IOException {
    load(
        "$ion_1_0 {Item:{pk:\"p\",sk:\"1\",n:12.50,big:12345678901234567890123456789012345678.,"
            + "b:{{aGk=}},ok:true,no:null,l:[1,\"a\"],m:{x:1.},ss:$dynamodb_SS::[\"a\",\"b\"],"
            + "ns:$dynamodb_NS::[1.,2.],bs:$dynamodb_BS::[{{aGk=}}]}}\n");
    assertThat(rejects).isEmpty();
    assertThat(item("1"))
        .containsEntry("n", AttributeValue.fromN("12.5"))
        .containsEntry("big", AttributeValue.fromN("12345678901234567890123456789012345678"))
        .containsEntry("b", AttributeValue.fromB(SdkBytes.fromUtf8String("hi")))
        .containsEntry("ok", AttributeValue.fromBool(true))
        .containsEntry("no", AttributeValue.fromNul(true))
        .containsEntry("m", AttributeValue.fromM(Map.of("x", AttributeValue.fromN("1"))));
    assertThat(item("1").get("ss").ss()).containsExactlyInAnyOrder("a", "b");
    assertThat(item("1").get("ns").ns()).containsExactlyInAnyOrder("1", "2");
    assertThat(item("1").get("bs").bs()).hasSize(1);
  }

  @Test
  void incrementalIonIsReadAndBrokenIonIsNamed() throws IOException {
    load(
        "$ion_1_0 {Record:{Keys:{pk:\"p\",sk:\"1\"},Metadata:{WriteTimestampMicros:17.},"
            + "NewImage:{pk:\"p\",sk:\"1\",t:\"x\"}}}\n"
            + "$ion_1_0 {Item:{pk:\"p\",sk:\n"
            + "$ion_1_0 [1]\n");
    assertThat(sks()).containsExactly("1");
    assertThat(rejects).hasSize(2);
    assertThat(rejects.get(0).reason()).startsWith("broken Ion");
    assertThat(rejects.get(1).reason()).isEqualTo("the line is not a struct of Ion");
  }

  private Path export(String id, String type, String time, String line) throws IOException {
    Path export = Files.createDirectories(folder.resolve("AWSDynamoDB").resolve(id));
    boolean incremental = type.startsWith("INCREMENTAL");
    Path data =
        Files.createDirectories((incremental ? export.getParent() : export).resolve("data"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(data.resolve(id + ".json.gz")))) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        export.resolve("manifest-files.json"),
        "{\"itemCount\":1,\"dataFileS3Key\":\"x/data/" + id + ".json.gz\"}\n");
    Files.writeString(
        export.resolve("manifest-summary.json"),
        ("{\"outputFormat\":\"DYNAMODB_JSON\",\"exportType\":\"%s\",\"exportTime\":\"%s\","
                + "\"exportToTime\":\"%s\",\"tableArn\":\"arn:aws:dynamodb:eu-west-1:1:table/t\","
                + "\"itemCount\":1}")
            .formatted(type, time, time));
    return export;
  }

  @Test
  void anIncrementalExportHasItsDataInAFolderThatItSharesWithOthers() throws IOException {
    Path export = export("02", "INCREMENTAL_EXPORT", "2026-03-20T00:00:00Z", change("a", 1, "x"));
    load(ImportSource.at(export));
    assertThat(rejects).isEmpty();
    // Those who look for items say so once, not for each change.
    for (String[] line :
        List.of(
            new String[] {"check", "--from-export"},
            new String[] {"stats", "--from-export"},
            new String[] {"diff"})) {
      List<String> command = new ArrayList<>(List.of(line));
      command.add(export.toString());
      DdbRunner.Result result = table.ddb(command.toArray(String[]::new));
      assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
      assertThat(result.err().lines()).hasSize(2);
      assertThat(result.err()).contains(export + " is an incremental export", "Name a full one");
    }
    assertThat(sks()).containsExactly("a");
  }

  @Test
  void anExportThatBrokeOffAtOnceLeavesNoFolderBesideTheOneThatGoesOn() throws IOException {
    table.put(Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS("1")));
    ItemPages broken =
        (segment, after) -> {
          throw new IllegalStateException("broken off");
        };
    Path out = folder.resolve("out");
    Path place = folder.resolve("checkpoint");
    assertThatThrownBy(() -> export(broken, out, place)).hasMessage("broken off");
    export(new TablePages(MessageTable.ownClient(), table.name()), out, place);
    try (Stream<Path> exports = Files.list(out.resolve("AWSDynamoDB"))) {
      assertThat(exports).hasSize(1);
    }
    assertThat(place).doesNotExist();
  }

  private void export(ItemPages pages, Path out, Path place) {
    new Exporter(
            () -> new TableAdmin(MessageTable.ownClient()).describe(table.name()),
            pages,
            InstantSource.system(),
            items -> {})
        .toDirectory(out, 3, Checkpoint.in(place, List.of("this"), false));
  }

  @Test
  void exportsInOneFolderAreToldApartByTimeAndTable() throws IOException {
    Path full =
        export(
            "01",
            "FULL_EXPORT",
            "2026-03-19T00:00:00Z",
            "{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"1\"}}}\n");
    Path changes = export("02", "INCREMENTAL_EXPORT", "2026-03-20T00:00:00Z", change("a", 1, "x"));
    assertThatThrownBy(() -> ImportSource.at(folder))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              assertThat(e).hasMessage(folder + " holds 2 exports");
              assertThat(e.hint())
                  .isEqualTo(
                      "Name one of them: "
                          + full
                          + " (2026-03-19T00:00:00Z, table t, 1 item), "
                          + changes
                          + " (2026-03-20T00:00:00Z, table t, 1 change).");
            });
  }
}
