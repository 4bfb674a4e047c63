package com.cruddur.ddb.cli.bulk;

import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupCommandTest {
  private final MessageTable table = MessageTable.absent();

  @Test
  void makesTheTableLoadsTheSamplesAndListsAUsersConversations() {
    Result result = Outcome.done(table.ddb("setup", "-o", "json"));
    assertThat(result.items()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(result.items())
        .extracting(row -> row.get("last_message_at").asText())
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(result.err()).contains("created", "messages written", "next: ");
    List<JsonNode> list = table.ddb("list-conversations", "andrewbrown", "-o", "json").items();
    assertThat(result.items()).isEqualTo(list);
    // Each can be pasted.
    List<String> next =
        result.err().lines().filter(line -> line.startsWith("  ddb ")).map(String::strip).toList();
    assertThat(next).hasSize(4).allMatch(line -> !line.contains("UUID"));
    String script = String.join("\n", next.subList(0, 3)).replaceAll("(?m)^ddb ", "");
    Outcome.done(table.runner().stdin(script).execute("shell"));
    Result same = Outcome.done(table.ddb("schema-load"));
    assertThat(same.out()).contains("exists with the same schema");
  }

  @Test
  void changesNothingTheSecondTime() {
    Result first = Outcome.done(table.ddb("setup", "-o", "json"));
    var before = table.items();
    Result again = Outcome.done(table.ddb("setup", "-o", "json"));
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.err()).contains("there already", " 0 messages written");
    assertThat(table.items()).hasSameElementsAs(before).hasSameSizeAs(before);
  }

  @Test
  void tellsInTwoLinesThatAForgottenUserIsNotBroughtBack() {
    Outcome.done(table.ddb("setup"));
    table.ddb("forget-user", "londo");
    var before = table.items();
    Result again = Outcome.done(table.ddb("setup"));
    assertThat(again.err().lines().filter(line -> line.contains("left out")))
        .singleElement()
        .asString()
        .contains("records; the first: ");
    assertThat(again.err().lines()).hasSizeLessThan(12);
    assertThat(again.err()).contains("'ddb local reset' starts over");
    assertThat(table.items()).hasSameElementsAs(before).hasSameSizeAs(before);
  }

  @Test
  void printsOnlyTheListInEveryFormat() {
    for (String format : List.of("table", "csv", "ndjson")) {
      Result setup = Outcome.done(table.ddb("setup", "-o", format, "-q"));
      assertThat(setup.err()).isEmpty();
      assertThat(setup.out())
          .isEqualTo(table.ddb("list-conversations", "andrewbrown", "-o", format).out());
    }
  }

  @Test
  void makesNothingWhereThereIsNoSampleData(@TempDir Path elsewhere) throws Exception {
    Result result = Outcome.failed(2, setup(elsewhere));
    assertThat(result.err())
        .contains("there is no seed-data folder", "'ddb seed FILE ")
        .doesNotContain("created", "there already");
    Outcome.failed(3, table.ddb("describe"));
  }

  @Test
  void takesTheLockOfASeedThatRunsMeanwhileForNoSampleData(@TempDir Path checkout)
      throws Exception {
    Path samples = Files.createDirectory(checkout.resolve("seed-data"));
    for (String file : List.of("users.json", "conversations.json")) {
      Files.copy(Path.of("seed-data", file), samples.resolve(file));
    }
    Files.createFile(samples.resolve(".conversations.json.ddb-seed-805e85f8.ddb-lock"));
    Result result = Outcome.done(setup(checkout));
    assertThat(result.err()).contains(" messages written").doesNotContain("warning", "ddb-lock");
  }

  private Result setup(Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", "" + folder));
    command.addAll(DdbProcess.command("setup", "--table", table.name()));
    try (DdbProcess process = DdbProcess.startCommand(TestStack.environment(), command)) {
      return process.await();
    }
  }

  @Test
  void makesNothingWhereTheUsersFileLacksTheUserThatItLists(@TempDir Path folder) throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.csv"),
            "uuid,display_name,handle\n" + LONDO.uuid() + ",Londo,londo\n");
    Result result = Outcome.failed(3, table.ddb("setup", "--users", users.toString()));
    assertThat(result.err()).contains("'andrewbrown' is not in the users file");
    Path broken = Files.writeString(folder.resolve("users.json"), "{");
    Outcome.failed(2, table.ddb("setup", "--users", broken.toString()));
    Outcome.failed(3, table.ddb("describe"));
  }

  @Test
  void refusesProductionAndATableOfAnotherSchema() {
    Outcome.failed(2, table.ddb("setup", "--prod", "--region", "eu-west-1"));
    Outcome.done(table.ddb("schema-load", "--no-stream"));
    assertThat(Outcome.failed(1, table.ddb("setup")).err()).contains("stream: expected NEW_IMAGE");
    assertThat(table.items()).isEmpty();
  }
}
