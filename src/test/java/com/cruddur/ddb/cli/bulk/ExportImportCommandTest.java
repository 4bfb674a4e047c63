package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ExportImportCommandTest {
  private static final String ITEM =
      "{\"Item\":{\"pk\":{\"S\":\"MSG#a\"},\"sk\":{\"S\":\"t\"},\"message\":{\"S\":\"%s\"}}}\n";

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final MessageTable other = MessageTable.create();

  private void fill(int items) {
    for (int i = 0; i < items; i++) {
      table.put(
          Map.of(
              "pk", AttributeValue.fromS("MSG#a"),
              "sk", AttributeValue.fromS("t" + i),
              "n", AttributeValue.fromN("9007199254740993")));
    }
  }

  private static Map<String, String> counts(Result result) {
    return result.items().stream()
        .collect(Collectors.toMap(i -> i.get("kind").asText(), ExportImportCommandTest::numbers));
  }

  private static String numbers(JsonNode counts) {
    return Stream.of("read", "written", "unchanged", "rejected")
        .map(name -> counts.get(name).asText())
        .collect(Collectors.joining(" "));
  }

  @Test
  void aFolderIsExportedAndImportedAndTheSecondTimeChangesNothing() {
    fill(30);
    Result exported =
        Outcome.done(table.ddb("export", "--out", folder.resolve("x").toString(), "-o", "json"));
    JsonNode account = exported.items().get(0);
    assertThat(account.get("items").asLong()).isEqualTo(30);
    assertThat(account.get("path").asText()).contains("AWSDynamoDB");
    assertThat(exported.err())
        .contains("\n  aws s3 cp --recursive " + account.get("path").asText() + "/data/ s3://")
        .contains("\n  ddb import --prod --table NAME --from-s3 s3://BUCKET/PREFIX/data/\n");
    Result first = Outcome.done(other.ddb("import", folder.resolve("x").toString(), "-o", "json"));
    assertThat(counts(first)).containsEntry("message", "30 30 0 0");
    assertThat(other.items()).hasSameElementsAs(table.items());
    Result again = Outcome.done(other.ddb("import", account.get("path").asText(), "-o", "json"));
    assertThat(counts(again)).containsEntry("message", "30 0 30 0");
  }

  @Test
  void anExportIsItsOwnersAloneAndIsNotWrittenThroughALinkInItsWay() throws IOException {
    fill(3);
    Path file = folder.resolve("x.json");
    Path victim = Files.writeString(folder.resolve("victim"), "untouched");
    Files.createSymbolicLink(folder.resolve("x.json.part"), victim);
    Outcome.done(table.ddb("export", "--out", file.toString()));
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(modes(file)).isEqualTo("rw-------");
    assertThat(victim).hasContent("untouched");

    Result exported =
        Outcome.done(table.ddb("export", "--out", folder.resolve("y").toString(), "-o", "json"));
    assertThat(modes(Path.of(exported.items().get(0).get("path").asText()))).isEqualTo("rwx------");

    Path made = folder.resolve("made.ndjson");
    Files.createSymbolicLink(folder.resolve("made.ndjson.part"), victim);
    Outcome.done(
        table.ddb("seed", "--generate", "--messages", "200", "--out", made.toString(), "-q"));
    assertThat(made).isRegularFile();
    assertThat(victim).hasContent("untouched");
  }

  private static String modes(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void standardOutputGoesIntoStandardInput() {
    fill(5);
    Result exported = Outcome.done(table.ddb("export"));
    assertThat(exported.out().lines()).hasSize(5).allMatch(l -> l.startsWith("{\"Item\":{"));
    assertThat(exported.err()).isEqualTo("5 items exported\n");
    Outcome.done(other.runner().stdin(exported.out()).execute("import", "-"));
    assertThat(other.items()).hasSameElementsAs(table.items());
  }

  @Test
  void filesAreWrittenInEachFormatAndNeverOver() throws IOException {
    fill(2);
    for (String format : new String[] {"dynamodb-json", "ndjson", "csv"}) {
      Path file = folder.resolve("x-" + format + ".json");
      Outcome.done(table.ddb("export", "--format", format, "--out", file.toString()));
      assertThat(Files.readString(file)).contains("9007199254740993");
      assertThat(
              Outcome.failed(2, table.ddb("export", "--format", format, "--out", file.toString()))
                  .err())
          .contains(" exists");
    }
    Path zipped = folder.resolve("x.gz");
    Outcome.done(table.ddb("export", "--out", zipped.toString()));
    Outcome.done(other.ddb("import", zipped.toString()));
    assertThat(other.items()).hasSameElementsAs(table.items());
    Path spreadsheet = folder.resolve("x.csv");
    Outcome.done(table.ddb("export", "--out", spreadsheet.toString()));
    assertThat(Files.readString(spreadsheet)).startsWith("pk,sk,").contains("9007199254740993");
    Path smaller = folder.resolve("x.csv.gz");
    Outcome.done(table.ddb("export", "--out", smaller.toString()));
    try (InputStream unzipped = new GZIPInputStream(Files.newInputStream(smaller))) {
      assertThat(unzipped).hasSameContentAs(Files.newInputStream(spreadsheet));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(6);
    }
  }

  @Test
  void progressIsShownOnATerminalAndLeavesNeitherAMarkThereNorInTheOutput() {
    fill(3);
    Result exported = Outcome.done(onTerminal(table.runner(), "2").execute("export"));
    assertThat(exported.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"Item\":"));
    assertThat(exported.err())
        .contains("\r\u001b[K\u001b[?7lexport")
        .endsWith("\r\u001b[K3 items exported\n");
    Result imported =
        Outcome.done(onTerminal(other.runner(), "2").stdin(exported.out()).execute("import", "-"));
    assertThat(imported.err()).contains("\r\u001b[K\u001b[?7limport").endsWith("\r\u001b[K");
    Result scanned = Outcome.done(onTerminal(table.runner(), "2").execute("scan", "-o", "ndjson"));
    assertThat(scanned.out().lines()).hasSize(3);
    assertThat(scanned.err()).contains("\r\u001b[K\u001b[?7lscan").endsWith("\r\u001b[K");
    Result checked = onTerminal(table.runner(), "2").execute("check", "-o", "ndjson");
    assertThat(checked.err())
        .contains("\r\u001b[K\u001b[?7lcheck")
        .contains("\r\u001b[Kchecked 3 messages");
    for (String command : new String[] {"export", "scan"}) {
      assertThat(Outcome.done(onTerminal(table.runner(), "12:80").execute(command)).err())
          .doesNotContain("\u001b");
    }
    Result failed = onTerminal(DdbRunner.fresh(), "2").stdin("x").execute("import", "-");
    assertThat(failed.err()).doesNotContain("\r").contains("does not exist");
  }

  private static DdbRunner onTerminal(DdbRunner runner, String streams) {
    AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    return runner
        .env("TERM", "xterm")
        .terminal(streams)
        .clock(() -> Instant.ofEpochSecond(seconds.getAndIncrement()));
  }

  @Test
  void rejectedItemsEndWithExit5AndAreListed() throws IOException {
    DdbRunner runner = table.runner();
    Outcome.done(runner.stdin(ITEM.formatted("one")).execute("import", "-"));
    Path rejects = folder.resolve("rejects");
    Result result =
        runner
            .stdin(ITEM.formatted("two") + "broken\n" + ITEM.formatted("one"))
            .execute("import", "-", "--rejects", rejects.toString(), "-o", "json");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(counts(result))
        .containsEntry("message", "2 0 1 1")
        .containsEntry("unreadable", "1 0 0 1");
    assertThat(Files.readString(rejects))
        .contains("another item has its key; --overwrite replaces it")
        .contains("\"line\":2");
    Outcome.done(runner.stdin(ITEM.formatted("two")).execute("import", "-", "--overwrite"));
    assertThat(table.items().toString()).contains("two").doesNotContain("one");
  }

  @Test
  void badOptionsAreNamed() {
    Outcome.failed(2, table.ddb("export", "--format", "xml"));
    Outcome.failed(2, table.ddb("export", "--segments", "0"));
    Outcome.failed(2, table.ddb("export", "--format", "csv", "--out", folder.toString()));
    Outcome.failed(2, table.ddb("import"));
    Outcome.failed(2, table.ddb("import", folder.resolve("nothing").toString()));
    Outcome.failed(2, table.ddb("import", folder.toString()));
    Outcome.failed(3, DdbRunner.run("export"));
    Outcome.failed(3, DdbRunner.fresh().stdin(ITEM).execute("import", "-"));
    Result prod = table.runner().stdin(ITEM).execute("import", "-", "--prod", "--table", "x1y");
    assertThat(prod.exitCode()).as(prod.toString()).isIn(4, 6);
  }

  @Test
  void theStepsAreExplained() {
    assertThat(Outcome.done(table.ddb("export", "--explain")).out()).contains("Scan ");
    assertThat(Outcome.done(table.ddb("import", "-", "--explain")).out())
        .contains("BatchWriteItem");
  }
}
