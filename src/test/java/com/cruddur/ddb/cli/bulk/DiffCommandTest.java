package com.cruddur.ddb.cli.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DiffCommandTest {
  @TempDir private Path folder;
  private final MessageTable left = MessageTable.create();
  private final MessageTable right = MessageTable.create();

  private static void put(MessageTable table, String sk, AttributeValue value) {
    table.put(
        Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS(sk), "value", value));
  }

  @BeforeEach
  void fill() {
    for (MessageTable table : List.of(left, right)) {
      for (int i = 10; i < 60; i++) {
        put(table, "same" + i, AttributeValue.fromS("x"));
      }
    }
    put(left, "set", AttributeValue.fromSs(List.of("a", "b")));
    put(right, "set", AttributeValue.fromSs(List.of("b", "a")));
    put(left, "number", AttributeValue.fromN("1.0"));
    put(right, "number", AttributeValue.fromN("1"));
  }

  private void differ() {
    put(left, "a-removed", AttributeValue.fromS("x"));
    put(right, "b-added", AttributeValue.fromS("x"));
    put(left, "c-changed", AttributeValue.fromS("before"));
    put(right, "c-changed", AttributeValue.fromN("7"));
  }

  private Path export(String name) {
    Path out = folder.resolve(name);
    Outcome.done(left.ddb("export", "--out", out.toString()));
    return out;
  }

  private static void assertDiffers(Result result) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(5);
    assertThat(result.err()).contains(": 1 added, 1 removed, 1 changed");
    List<JsonNode> items = result.items();
    assertThat(items)
        .extracting(item -> item.get("change").asText() + " " + item.get("sk").asText())
        .containsExactly("removed a-removed", "added b-added", "changed c-changed");
    JsonNode value = items.get(2).get("attributes").get("value");
    assertThat(value.get("left").asText()).isEqualTo("before");
    assertThat(value.get("right").asInt()).isEqualTo(7);
  }

  @Test
  void tablesOfTheSameItemsAreEqualHoweverSetsAndNumbersAreWritten() {
    Result result = Outcome.done(right.ddb("diff", left.name(), "-o", "json"));
    assertThat(result.items()).isEmpty();
    assertThat(result.err()).contains("compared 52 items with 52: 0 added, 0 removed, 0 changed");
  }

  @Test
  void whatDiffersIsToldInOrderOfTheKeysWithAttributes() {
    differ();
    assertDiffers(right.ddb("diff", left.name(), "-o", "json"));
    assertDiffers(right.ddb("diff", left.name(), right.name(), "-o", "json", "--segments", "3"));
    assertDiffers(MessageTable.absent().ddb("diff", left.name(), right.name(), "-o", "json"));
  }

  @Test
  void exportsOfEveryFormAreComparedWithTablesAndWithEachOther() {
    differ();
    Path old = export("left");
    assertDiffers(right.ddb("diff", old.toString(), "-o", "json"));
    assertDiffers(right.ddb("diff", export("left.json.gz").toString(), "-o", "json"));
    Result same = left.ddb("diff", old.toString(), export("again").toString());
    assertThat(same.exitCode()).as(same.toString()).isZero();
  }

  @Test
  void aTableInPlainTextNamesTheAttributesAlone() {
    differ();
    Result result = right.ddb("diff", left.name(), "-o", "csv");
    assertThat(result.out()).contains("changed,p,c-changed,value");
  }

  @Test
  void whatIsNotThereIsToldBeforeAnythingIsRead() {
    Result missing = right.ddb("diff", left.name(), "no-such-table");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err())
        .contains("table no-such-table does not exist")
        .contains("'ddb schema-load --table no-such-table'");
    assertThat(right.ddb("diff", "no-such-table").err()).contains("table no-such-table does not");
    assertThat(right.ddb("diff", "t3").err()).contains("'t3' is not one that DynamoDB allows");
    Result absent = MessageTable.absent().ddb("diff", left.name());
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(right.ddb("diff", "no/such/export").exitCode()).isEqualTo(2);
    assertThat(right.ddb("diff").exitCode()).isEqualTo(2);
  }

  @Test
  void aFileThatIsNoExportIsNotComparedWithATable() throws Exception {
    Path csv = Files.writeString(folder.resolve("x.csv"), "pk,sk\na,b\n");
    Result result = right.ddb("diff", csv.toString());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("csv").contains("so nothing was compared");
    Result twice = right.ddb("diff", "-", "-");
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("- is named twice");
  }

  @Test
  void aKeyThatStandsTwiceInAnExportIsTold() throws Exception {
    String item = "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}}}\n";
    Path once = Files.writeString(folder.resolve("once.json"), item);
    Path twice = Files.writeString(folder.resolve("twice.json"), item + item + item);
    Result result = Outcome.done(right.ddb("diff", once.toString(), twice.toString()));
    assertThat(result.err()).contains("1 key stands in " + twice + " more than once");
  }

  @Test
  void anExportOfWhichALineCannotBeReadIsNotEqualToAnything() throws Exception {
    Path broken = Files.writeString(folder.resolve("x.json"), "{\"Item\":{}}\n{\n");
    Result result = MessageTable.create().ddb("diff", broken.toString());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("x.json:1: key pk is missing");
  }
}
