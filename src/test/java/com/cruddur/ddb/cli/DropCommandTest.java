package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropCommandTest {

  @Test
  void refusesWithoutATerminalAndShowsWhatItWouldHaveDeleted() {
    MessageTable table = MessageTable.create();
    table.conversation("2026-03-19T10:00:00.000000+00:00", "hello");
    Result result = table.ddb("drop");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            table.name(), "items    about 3", "account  000000000000", "ddb: refused to delete")
        .contains("--yes");
    assertThat(table.exists()).isTrue();
  }

  @Test
  void isNotTalkedIntoItByWordsInAPipe() {
    MessageTable table = MessageTable.create();
    assertThat(table.runner().stdin("y\n").execute("drop").exitCode()).isEqualTo(4);
    assertThat(table.runner().stdin("y\n").terminal("0").execute("drop").exitCode()).isEqualTo(4);
    assertThat(table.runner().stdin("y\n").terminal("12").execute("drop").exitCode()).isEqualTo(4);
    assertThat(table.exists()).isTrue();
  }

  @Test
  void deletesTheTableWithYes() {
    MessageTable table = MessageTable.create();
    Result result = Outcome.done(table.ddb("drop", "--yes", "-o", "json"));
    assertThat(result.json().get("table").asText()).isEqualTo(table.name());
    assertThat(result.json().get("result").asText()).isEqualTo("deleted");
    assertThat(result.err()).isEmpty();
    assertThat(table.exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "yes\n", "Y\n", " YES \n", "y"})
  void deletesTheTableWhenTheTerminalAgrees(String answer) {
    MessageTable table = MessageTable.create();
    Result result = Outcome.done(table.runner().stdin(answer).terminal("012").execute("drop"));
    assertThat(result.err()).endsWith("Go on? [y/N] ");
    assertThat(table.exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n\n", "\n", "", "no\n", "yess\n", "maybe y\n"})
  void leavesTheTableWhenTheTerminalDoesNotAgree(String answer) {
    MessageTable table = MessageTable.create();
    Result result = table.runner().stdin(answer).terminal("02").execute("drop");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("not confirmed", "Nothing was changed");
    assertThat(table.exists()).isTrue();
  }

  @Test
  void refusesWhenAnotherTableIsConfirmed() {
    MessageTable table = MessageTable.create();
    Result result = Outcome.failed(4, table.ddb("drop", "--yes", "--confirm-table", "another"));
    assertThat(result.err()).contains("--confirm-table names another");
    assertThat(table.exists()).isTrue();
  }

  @Test
  void saysThatTheTableIsMissingBeforeItAsks() {
    assertThat(Outcome.failed(3, MessageTable.absent().ddb("drop")).err()).doesNotContain("Go on");
    Outcome.failed(3, MessageTable.absent().ddb("drop", "--yes"));
  }

  @Test
  void printsTheRefusalAsJsonToo() {
    MessageTable table = MessageTable.create();
    Result result = table.ddb("drop", "-o", "json");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err().lines().reduce((a, b) -> b).orElseThrow())
        .startsWith("{\"error\":{\"code\":\"refused\"");
  }
}
