package com.cruddur.ddb.cli.table;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  private static final String T2 = "2026-03-19T10:00:02.000000+00:00";

  private final MessageTable table = MessageTable.withoutStream();
  private final DdbRunner ddb = DdbRunner.on(table.name());

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aSoundTableExitsZeroAndPrintsNothing() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");

    Result result = Outcome.done(ddb.execute("check", "-o", "json"));

    assertThat(result.items()).isEmpty();
    assertThat(result.err())
        .isEqualTo("checked 1 message and 2 rows of 1 conversation: 0 findings, 0 notes\n");
  }

  @Test
  void findingsArePlannedWithExitFiveMendedByRepairAndGoneAfterIt() {
    damage();

    Result plan = ddb.execute("check", "-o", "json");
    assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(ExitCode.FINDINGS);
    assertThat(plan.items())
        .extracting(item -> item.get("kind").asText())
        .containsExactlyInAnyOrder("stale", "stale", "missing");
    assertThat(plan.items()).allMatch(item -> item.get("outcome").isNull());
    assertThat(plan.items()).allMatch(item -> !item.get("action").isNull());
    // Nothing was changed.
    assertThat(ddb.execute("check").exitCode()).isEqualTo(ExitCode.FINDINGS);

    Result repair = Outcome.done(ddb.execute("check", "--repair", "-o", "json"));
    assertThat(repair.items())
        .extracting(item -> item.get("outcome").asText())
        .containsOnly("repaired");
    assertThat(repair.err()).contains("3 findings (3 repaired)");
    Outcome.done(ddb.execute("check"));
  }

  @Test
  void aPageHasWhatIsWrongWhereAndHowItWasRepaired(@TempDir Path folder) throws IOException {
    damage();
    Path page = folder.resolve("check.html");

    Result plan = ddb.execute("check", "--html", page.toString());
    assertThat(plan.exitCode()).isEqualTo(ExitCode.FINDINGS);
    assertThat(Files.readString(page))
        .contains(
            "Check of table " + table.name(), "account 000000000000", "3 findings", "; read at ")
        .contains("finding: stale</th>", "<b>" + GROUP + "</b>", "<b>" + LONDO.uuid() + "</b>")
        .doesNotContain(">repaired<", "secret");

    Outcome.done(ddb.execute("check", "--repair", "--html", page.toString()));
    assertThat(Files.readString(page)).contains("(3 repaired)", ">repaired<");
    Outcome.done(ddb.execute("check", "--html", page.toString()));
    assertThat(Files.readString(page)).contains("0 findings").doesNotContain("<table");
    Files.writeString(page, "mine");
    Outcome.failed(ExitCode.USAGE, ddb.execute("check", "--html", page.toString()));
    assertThat(page).hasContent("mine");
  }

  @Test
  void everyFormatHasThePlan() {
    damage();

    for (String format : List.of("table", "json", "ndjson", "csv")) {
      Result result = ddb.execute("check", "-o", format);
      assertThat(result.exitCode()).isEqualTo(ExitCode.FINDINGS);
      assertThat(result.out()).contains("stale", "missing", LONDO.uuid(), GROUP);
      assertThat(result.out()).doesNotContain("secret");
    }
  }

  @Test
  void oneConversationAloneIsCheckedAndRepaired() {
    damage();

    Result result = Outcome.done(ddb.execute("check", GROUP, "--repair", "-o", "json"));

    assertThat(result.items())
        .extracting(item -> item.get("message_group_uuid").asText())
        .containsOnly(GROUP);
    assertThat(ddb.execute("check").exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void whatCannotBeMendedIsSaidWithExitFive() {
    table.putItem("USER#1", "profile", Map.of());

    Result result = ddb.execute("check", "--repair", "-o", "json");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.FINDINGS);
    JsonNode item = result.items().get(0);
    assertThat(item.get("kind").asText()).isEqualTo("unknown_item");
    assertThat(item.get("detail").asText()).contains("USER#1");
  }

  @Test
  void aRowAheadIsANoteAndExitsZero() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(new ConversationRow(LONDO.uuid(), GROUP, T2, "ahead", ANDREW, Map.of()));

    Result result = Outcome.done(ddb.execute("check", "-o", "json"));

    assertThat(result.items().get(0).get("severity").asText()).isEqualTo("note");
  }

  @Test
  void aTableNamesTheKeyOfAnItemThatNothingElseTellsFromOthers() {
    table.start(GROUP, ANDREW, BAYKO, T1, "hello");
    String group = GROUP.toUpperCase(Locale.ROOT);
    List<String> keys =
        List.of("no time", "2026-03-18T09:00:00Z", "2026-03-18T08:00:00.000000+00:00", T0);
    table.putItem("MSG#" + GROUP, keys.get(0), Map.of("message", "odd"));
    table.putItem("MSG#" + GROUP, keys.get(1), Map.of("message", "odd"));
    table.putItem("MSG#" + group, keys.get(2), Map.of("message", "odd"));
    table.row(BAYKO, GROUP, T0, ANDREW, "second");
    table.putItem("OTHER#1", "its key", Map.of());

    Result shown = ddb.terminal("012:80").execute("check");
    assertThat(shown.out()).contains(keys).contains("its key");
    Result json = DdbRunner.on(table.name()).execute("check", "-o", "json");
    assertThat(json.items()).noneMatch(finding -> finding.get("detail").asText().contains("; sk "));
  }

  @Test
  void aConversationThatDoesNotExistIsNotFound() {
    Outcome.failed(ExitCode.NOT_FOUND, ddb.execute("check", GROUP));
  }

  @Test
  void wrongArgumentsAreUsageErrors() {
    Outcome.failed(ExitCode.USAGE, ddb.execute("check", "andrewbrown"));
    Outcome.failed(ExitCode.USAGE, ddb.execute("check", "--segments", "0"));
  }

  @Test
  void explainNamesTheStepsAndChangesNothing() {
    damage();

    Result result = Outcome.done(ddb.execute("check", "--repair", "--explain", "-o", "json"));

    assertThat(result.json().get("steps").toString()).contains("Scan", "Put", "Delete");
    assertThat(ddb.execute("check").exitCode()).isEqualTo(ExitCode.FINDINGS);
  }

  /** Stale rows in one conversation, a missing one in another. */
  private void damage() {
    table.start(GROUP, ANDREW, BAYKO, T0, "secret");
    table.put(GROUP, BAYKO, T1, "secret");
    table.start(OTHER_GROUP, ANDREW, LONDO, T2, "secret");
    ConversationRow gone = table.list(LONDO).get(0);
    table.store().deleteRow(gone);
  }
}
