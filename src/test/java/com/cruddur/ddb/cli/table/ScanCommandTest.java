package com.cruddur.ddb.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ScanCommandTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";

  @Test
  void printsEveryItemInEveryFormat() {
    MessageTable table = MessageTable.create();
    String group = table.conversation(AT, "hello");
    List<JsonNode> items = Outcome.done(table.ddb("scan", "-o", "json")).items();
    assertThat(items).hasSize(3);
    assertThat(items)
        .extracting(item -> item.get("pk").asText())
        .containsExactlyInAnyOrder(
            "MSG#" + group,
            "GRP#" + MessageTable.ANDREW.uuid(),
            "GRP#" + MessageTable.BAYKO.uuid());
    assertThat(items).allMatch(item -> item.get("sk").asText().equals(AT));

    Result ndjson = Outcome.done(table.ddb("scan", "-o", "ndjson"));
    assertThat(ndjson.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"pk\":"));
    Result csv = Outcome.done(table.ddb("scan", "-o", "csv"));
    assertThat(csv.out().lines())
        .hasSize(4)
        .startsWith(
            "pk,sk,message_group_uuid,message_uuid,message,user_uuid,user_display_name,user_handle");
    Result text = Outcome.done(table.ddb("scan"));
    assertThat(text.out().lines()).hasSize(5);
    assertThat(text.out()).contains("andrewbrown", "bayko", "hello");
  }

  @Test
  void keepsEveryTypeAndEveryDigitOfNumbers() {
    MessageTable table = MessageTable.create();
    String large = "12345678901234567890123456789012345678";
    String small = "-1.2345678901234567890123456789012345678";
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("ODD#1"));
    item.put("sk", AttributeValue.fromS("x"));
    item.put("large", AttributeValue.fromN(large));
    item.put("small", AttributeValue.fromN(small));
    item.put("beyond_double", AttributeValue.fromN("9007199254740993"));
    item.put("yes", AttributeValue.fromBool(true));
    item.put("nothing", AttributeValue.fromNul(true));
    item.put("bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("hi")));
    item.put("strings", AttributeValue.fromSs(List.of("a", "b")));
    item.put("numbers", AttributeValue.fromNs(List.of(large)));
    item.put("list", AttributeValue.fromL(List.of(AttributeValue.fromN("1"), s("two"))));
    item.put("map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromN(large))));
    item.put("message", AttributeValue.fromN("7"));
    table.put(item);

    for (String format : List.of("json", "ndjson", "csv", "table")) {
      Outcome.done(table.ddb("scan", "-o", format));
    }
    Result result = table.ddb("scan", "-o", "ndjson");
    assertThat(result.out())
        .contains(
            "\"large\":" + large,
            "\"small\":" + small,
            "\"beyond_double\":9007199254740993",
            "\"numbers\":[" + large + "]",
            "\"inner\":" + large);
    JsonNode shown = result.json();
    assertThat(shown.get("yes").asBoolean()).isTrue();
    assertThat(shown.get("nothing").isNull()).isTrue();
    assertThat(shown.get("bytes").asText()).isEqualTo("aGk=");
    assertThat(shown.get("strings").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(shown.get("list").toString()).isEqualTo("[1,\"two\"]");
  }

  @Test
  void readsEveryPageOnceWithAnyNumberOfSegments() {
    MessageTable table = MessageTable.create();
    String filler = "x".repeat(300_000);
    for (int i = 0; i < 12; i++) {
      table.put("pk", "MSG#" + i, "sk", AT, "message", "m" + i, "filler", filler);
    }
    for (String segments : List.of("1", "2", "7", "100")) {
      Result result = Outcome.done(table.ddb("scan", "-o", "ndjson", "--segments", segments));
      assertThat(result.out().lines()).hasSize(12);
      assertThat(result.out().lines().map(l -> l.substring(0, 20)).distinct()).hasSize(12);
    }
  }

  @Test
  void columnsAreAlignedAlsoWhenPartsAreReadAtOnce() {
    MessageTable table = MessageTable.create();
    for (int i = 0; i < 40; i++) {
      table.put("pk", "MSG#" + "x".repeat(i), "sk", AT, "message", "m" + i);
    }
    List<String> lines =
        Outcome.done(table.runner().terminal("1:200").execute("scan")).out().lines().toList();
    assertThat(lines).hasSize(42);
    assertThat(lines.subList(2, 42))
        .allSatisfy(line -> assertThat(line.indexOf(AT)).isEqualTo(lines.get(0).indexOf("sk")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 10, 11})
  void stopsAtTheLimit(int limit) {
    MessageTable table = MessageTable.create();
    for (int i = 0; i < 10; i++) {
      table.put("pk", "MSG#" + i, "sk", AT, "message", "m" + i);
    }
    for (String segments : List.of("1", "3")) {
      Result result =
          Outcome.done(
              table.ddb("scan", "-o", "json", "--limit", "" + limit, "--segments", segments));
      assertThat(new TreeSet<>(result.items().stream().map(i -> i.get("pk").asText()).toList()))
          .hasSize(Math.min(limit, 10));
    }
  }

  @Test
  void ofAnEmptyTableIsAnEmptyList() {
    MessageTable table = MessageTable.create();
    assertThat(Outcome.done(table.ddb("scan", "-o", "json")).items()).isEmpty();
    assertThat(Outcome.done(table.ddb("scan", "-o", "ndjson")).out()).isEmpty();
    assertThat(Outcome.done(table.ddb("scan", "-o", "csv")).out().lines()).hasSize(1);
    assertThat(Outcome.done(table.ddb("scan")).out().lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "ndjson", "csv"})
  void endsQuietlyWhenTheReaderGoesAway(String format) {
    MessageTable table = MessageTable.create();
    for (int i = 0; i < 40; i++) {
      table.put("pk", "MSG#" + i, "sk", AT, "message", "x".repeat(1000));
    }
    ClosingPipe pipe = new ClosingPipe();
    Result result = table.runner().execute(pipe, "scan", "-o", format);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--limit 0",
        "--limit -1",
        "--limit many",
        "--limit 99999999999",
        "--segments 0",
        "--segments 1000001",
        "--segments",
        "extra"
      })
  void refusesBadOptions(String options) {
    Outcome.failed(2, DdbRunner.run(("scan " + options).split(" ")));
  }

  @Test
  void saysThatTheTableIsMissingWithoutStartingADocument() {
    for (String format : List.of("table", "csv")) {
      Outcome.failed(3, DdbRunner.run("scan", "-o", format));
      Outcome.failed(3, DdbRunner.run("scan", "-o", format, "--segments", "3"));
    }
    for (String format : List.of("json", "ndjson")) {
      Result result = DdbRunner.run("scan", "-o", format);
      assertThat(result.exitCode()).isEqualTo(3);
      assertThat(result.out()).as(result.toString()).isEmpty();
      assertThat(result.error().get("code").asText()).isEqualTo("table_not_found");
    }
  }

  @Test
  void showsControlCharactersOnATerminalInsteadOfObeyingThem() {
    MessageTable table = MessageTable.create();
    table.put("pk", "MSG#1", "sk", AT, "message", "\u001b[2Jgone");
    Result result = table.runner().terminal("012:200").execute("scan");
    assertThat(result.out()).contains("\\u001b[2Jgone").doesNotContain("\u001b");
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  /** Breaks as a pipe does whose reader has seen enough. */
  private static final class ClosingPipe extends OutputStream {
    private int left = 100;

    @Override
    public void write(int b) throws IOException {
      if (left-- <= 0) {
        throw new IOException("Broken pipe");
      }
    }
  }
}
