package com.cruddur.ddb.cli.table;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** check and stats tell of an export what they tell of the table that it was made from. */
final class FromExportTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T11:00:00.000000+00:00";

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();

  private String export() {
    String out = folder.resolve("export").toString();
    Outcome.done(table.ddb("export", "--out", out));
    return out;
  }

  private static Stream<String> findings(Result result) {
    return result.items().stream()
        .map(item -> ((ObjectNode) item).remove(List.of("outcome")).toString())
        .sorted();
  }

  /** The last line: a slow machine tells progress before it. */
  private static String summary(Result result) {
    return result.err().lines().reduce("", (before, line) -> line);
  }

  @Test
  void theDriftOfATableIsFoundInItsExport() {
    String stale = table.conversation(ANDREW, BAYKO, T0, "old");
    table.message(stale, T1, BAYKO, "new");
    String missing = MessageTable.uuid();
    table.message(missing, T0, ANDREW, "hi");
    table.row(ANDREW, missing, T0, LONDO, "hi");
    table.put("pk", "MSG#" + MessageTable.uuid(), "sk", "yesterday", "message", "hm");
    table.put("pk", "else", "sk", "1");
    String export = export();
    Result ofTable = table.ddb("check", "-o", "json");
    Result ofExport = table.ddb("check", "--from-export", export, "-o", "json");
    assertThat(ofExport.exitCode()).isEqualTo(5).isEqualTo(ofTable.exitCode());
    assertThat(findings(ofExport)).hasSizeGreaterThan(4);
    assertThat(findings(ofExport)).containsExactlyElementsOf(findings(ofTable).toList());
    assertThat(summary(ofExport)).isEqualTo(summary(ofTable)).contains("checked 4 messages");
  }

  @Test
  void aMessageUuidThatStandsTwiceIsToldOfAnExportToo() throws Exception {
    String group = table.conversation(ANDREW, BAYKO, T0, "one");
    Map<String, AttributeValue> twin =
        new HashMap<>(
            table.items().stream()
                .filter(item -> item.get("pk").s().startsWith("MSG#"))
                .findFirst()
                .orElseThrow());
    twin.put("sk", AttributeValue.fromS(T1));
    table.put(twin);
    Outcome.done(table.ddb("trigger", "run", "--once"));
    String export = export();
    Result ofExport = table.ddb("check", "--from-export", export, "-o", "json");
    assertThat(ofExport.items()).singleElement().asString().contains("doubled", group);
    assertThat(findings(ofExport))
        .containsExactlyElementsOf(findings(table.ddb("check", "-o", "json")).toList());
    Path file = folder.resolve("items.ndjson");
    Outcome.done(table.ddb("export", "--format", "ndjson", "--out", file.toString()));
    DdbRunner piped = table.runner().stdin(Files.readAllBytes(file));
    assertThat(piped.execute("check", "--from-export", "-").err()).contains("may be there twice");
  }

  @Test
  void aSoundExportHasNoFindingsAndTheStatisticsOfItsTable() throws Exception {
    Outcome.done(table.ddb("seed"));
    String export = export();
    assertThat(table.ddb("check", "--from-export", export).exitCode()).isZero();
    JsonNode ofTable = Outcome.done(table.ddb("stats", "-o", "json")).json();
    JsonNode ofExport =
        Outcome.done(table.ddb("stats", "--from-export", export, "-o", "json")).json();
    ((ObjectNode) ofTable).remove("of");
    ((ObjectNode) ofExport).remove("of");
    assertThat(ofExport).isEqualTo(ofTable);
    assertThat(ofExport.get("messages").asLong()).isPositive();
  }

  @Test
  void whatCannotBeReadIsToldAndWhatAnExportCannotDoIsRefused() throws Exception {
    Path broken = Files.writeString(folder.resolve("x.json"), "{\"Item\":\n");
    for (String command : List.of("check", "stats")) {
      Result result = table.ddb(command, "--from-export", broken.toString());
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
      assertThat(result.err()).contains("x.json:1: broken JSON");
      assertThat(table.ddb(command, "--from-export", "no/such").exitCode()).isEqualTo(2);
    }
    assertThat(table.ddb("check", "--repair", "--from-export", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void whatAnExportShowsIsRepairedInTheTable() throws Exception {
    String stale = table.conversation(ANDREW, BAYKO, T0, "old");
    table.message(stale, T1, BAYKO, "new");
    String other = table.conversation(ANDREW, LONDO, T0, "old");
    table.put("pk", "else", "sk", "1");
    String export = export();
    for (String format : List.of("ndjson", "json")) {
      Result found = table.ddb("check", "--from-export", export, "-o", format);
      Files.writeString(folder.resolve(format), found.out());
    }
    // After the export: whoever is not suspected is not looked at.
    table.message(other, T1, LONDO, "newer");
    String suspects = folder.resolve("ndjson").toString();
    Result looked = table.ddb("check", "--suspects", suspects, "-o", "json");
    assertThat(looked.exitCode()).as(looked.toString()).isEqualTo(5);
    assertThat(looked.items()).hasSize(2).allMatch(item -> item.toString().contains(stale));
    assertThat(looked.err()).contains("1 finding about items of no conversation: not looked at");
    Result dry = table.ddb("check", "--repair", "--suspects", suspects, "--dry-run");
    assertThat(dry.out()).as(dry.toString()).contains("would be repaired");
    Result repaired =
        table.ddb("check", "--repair", "--suspects", folder.resolve("json").toString());
    assertThat(repaired.exitCode()).as(repaired.toString()).isZero();
    assertThat(repaired.err()).contains("of 1 conversation: 2 findings (2 repaired)");
    assertThat(table.ddb("check", "--suspects", suspects).exitCode()).isZero();
    assertThat(table.ddb("check").out()).contains(other).doesNotContain(stale);
  }

  @Test
  void suspectsThatNoCheckHasFoundAreRefused() throws Exception {
    for (String text : List.of("{\"Item\":{}}", "nonsense", "{\"kind\":\"stale\"}")) {
      Path file = Files.writeString(folder.resolve("suspects"), text);
      Result result = table.ddb("check", "--suspects", file.toString());
      assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
      assertThat(result.err()).contains("suspects:1 is not a finding of a check");
    }
    for (String none : List.of("no/such", folder.toString())) {
      assertThat(table.ddb("check", "--suspects", none).exitCode()).isEqualTo(2);
    }
    for (String also : List.of("--from-export=x", MessageTable.uuid())) {
      assertThat(table.ddb("check", "--suspects", "-", also).exitCode()).isEqualTo(2);
    }
    Result empty = table.runner().stdin(new byte[0]).execute("check", "--suspects", "-");
    assertThat(empty.exitCode()).as(empty.toString()).isZero();
    assertThat(empty.err()).contains("of 0 conversations");
  }
}
