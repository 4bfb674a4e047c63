package com.cruddur.ddb.cli.bulk;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ExportSelectionTest {
  private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();

  private Result ddb(MessageTable on, String... args) {
    return Outcome.done(
        on.runner().env("XDG_STATE_HOME", folder.resolve("state").toString()).execute(args));
  }

  private List<JsonNode> lines(String out) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void oneConversationIsExportedWithItsRowsAndNothingElse() throws Exception {
    String group = table.conversation(ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hi");
    table.conversation(ANDREW, LONDO, "2026-03-19T11:00:00.000000+00:00", "ho");
    List<JsonNode> items =
        lines(ddb(table, "export", "--conversation", group, "--format", "ndjson").out());
    assertThat(items)
        .extracting(item -> item.get("pk").asText())
        .containsExactlyInAnyOrder("MSG#" + group, "GRP#" + ANDREW.uuid(), "GRP#" + BAYKO.uuid());
    assertThat(items).allSatisfy(item -> assertThat(item.toString()).contains(group));
  }

  @Test
  void ofAUserAllConversationsAreExportedWithBothRowsOfEach() throws Exception {
    table.conversation(ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hi");
    table.conversation(ANDREW, LONDO, "2026-03-19T11:00:00.000000+00:00", "ho");
    table.conversation(BAYKO, LONDO, "2026-03-19T12:00:00.000000+00:00", "hm");
    for (String andrew : List.of(ANDREW.uuid(), ANDREW.handle(), "@" + ANDREW.handle())) {
      assertThat(lines(ddb(table, "export", "--user", andrew).out())).as(andrew).hasSize(6);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    table.conversation(ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hi");
    assertThat(table.ddb("export", "--conversation", MessageTable.uuid()).exitCode()).isEqualTo(3);
    assertThat(table.ddb("export", "--user", LONDO.uuid()).exitCode()).isEqualTo(3);
    assertThat(table.ddb("export", "--user", "nobody").exitCode()).isEqualTo(3);
    assertThat(table.ddb("export", "--conversation", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void noMaskedExportHoldsANameHandleUuidOrWordOfTheOriginal() throws Exception {
    Outcome.done(table.ddb("seed"));
    table.put(
        Map.of(
            "pk", AttributeValue.fromS("MSG#" + MessageTable.uuid()),
            "sk", AttributeValue.fromS("2026-03-19T10:00:00.000000+00:00"),
            "mood", AttributeValue.fromM(Map.of("word", AttributeValue.fromS("Begeisterung"))),
            "tags", AttributeValue.fromSs(List.of("Привет", "你好世界"))));
    Path plain = folder.resolve("plain.ndjson");
    Path masked = folder.resolve("masked.ndjson");
    ddb(table, "export", "--out", plain.toString());
    ddb(table, "export", "--mask", "--out", masked.toString());
    List<JsonNode> before = lines(Files.readString(plain));
    List<JsonNode> after = lines(Files.readString(masked));
    assertThat(after).hasSameSizeAs(before);

    Set<String> words = new TreeSet<>();
    Set<String> others = new LinkedHashSet<>();
    before.forEach(item -> collect(item, words, others));
    assertThat(words).contains("andrewbrown", "begeisterung", "привет");
    String values = String.join("\n", values(after)).toLowerCase(Locale.ROOT);
    assertThat(words).hasSizeGreaterThan(100).noneMatch(values::contains);
    assertThat(others).hasSizeGreaterThan(50).noneMatch(values::contains);
  }

  /**
   * Words of three letters or more, and uuids, of all values but the prefixes of keys and times.
   */
  private static void collect(JsonNode item, Set<String> words, Set<String> uuids) {
    for (String value : values(List.of(item))) {
      Matcher word = WORD.matcher(value.toLowerCase(Locale.ROOT));
      word.results().forEach(found -> words.add(found.group()));
      Pattern.compile("[0-9a-f-]{36}").matcher(value).results().forEach(m -> uuids.add(m.group()));
    }
  }

  private static List<String> values(List<JsonNode> items) {
    List<String> values = new ArrayList<>();
    for (JsonNode item : items) {
      item.properties()
          .forEach(
              field -> {
                JsonNode value = field.getValue();
                if (value.isContainerNode()) {
                  value.findValuesAsText("word").forEach(values::add);
                  value.forEach(one -> values.add(one.asText()));
                } else if (!field.getKey().equals("sk")) {
                  values.add(value.asText().replaceFirst("^(MSG|GRP)#", ""));
                }
              });
    }
    return values;
  }

  @Test
  void aMaskedCopyIsImportedLooksTheSameAndHasTheSameListsAndNoDrift() throws Exception {
    Outcome.done(table.ddb("seed"));
    Path out = folder.resolve("masked");
    ddb(table, "export", "--mask", "--out", out.toString());
    MessageTable copy = MessageTable.create();
    ddb(copy, "import", out.toString());
    assertThat(copy.items()).hasSameSizeAs(table.items());
    assertThat(Outcome.done(copy.ddb("check")).err()).contains("0 findings");
    Path again = folder.resolve("again");
    ddb(table, "export", "--mask", "--out", again.toString());
    assertThat(ddb(copy, "import", again.toString(), "-o", "json").items())
        .allSatisfy(kind -> assertThat(kind.get("written").asLong()).isZero());
  }

  @Test
  void onS3OnlyWholeTablesAreExportedAsTheyAre() {
    Result result = table.ddb("export", "--to-s3", "s3://b/p", "--mask");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("DynamoDB exports whole tables as they are");
  }

  @Test
  void theNameOfAFileDecidesItsFormat() throws Exception {
    table.conversation(ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hi");
    for (String name : List.of("a.ndjson", "a.csv", "a.json", "b.ndjson.gz", "b.csv.gz")) {
      ddb(table, "export", "--out", folder.resolve(name).toString());
    }
    assertThat(Files.readString(folder.resolve("a.ndjson"))).startsWith("{\"pk\":\"");
    assertThat(Files.readString(folder.resolve("a.csv"))).startsWith("pk,sk,");
    assertThat(Files.readString(folder.resolve("a.json"))).startsWith("{\"Item\":");
    MessageTable copy = MessageTable.create();
    ddb(copy, "import", folder.resolve("b.ndjson.gz").toString());
    assertThat(copy.items()).hasSize(3);
    assertThat(copy.ddb("import", folder.resolve("b.csv.gz").toString()).exitCode()).isEqualTo(5);
  }
}
