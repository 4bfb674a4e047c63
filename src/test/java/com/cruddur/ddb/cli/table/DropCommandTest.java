package com.cruddur.ddb.cli.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Outcome;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
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
            table.name(),
            "items        about 3",
            "account      000000000000",
            "ddb: refused to delete")
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
    // Enter ends the line on a terminal; Ctrl-D does not.
    assertThat(result.err()).endsWith("Go on? [y/N] " + (answer.endsWith("\n") ? "" : "\n"));
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

  @Test
  void namesWhereEachSettingCameFrom() {
    MessageTable table = MessageTable.create();
    assertThat(table.ddb("drop").err())
        .contains("(the local stack, DDB_LOCAL_PORT)")
        .contains("credentials  local (made up for a local endpoint)")
        .contains("region       us-east-1 (default of a local endpoint)")
        .contains("table        " + table.name() + " (DDB_MESSAGE_TABLE)");
    String err =
        DdbRunner.run(
                "drop",
                "--table",
                table.name(),
                "--region",
                "eu-west-1",
                "--endpoint-url",
                TestStack.endpoint())
            .err();
    assertThat(err)
        .contains("endpoint     " + TestStack.endpoint() + " (--endpoint-url)")
        .contains("region       eu-west-1 (--region)")
        .contains("table        " + table.name() + " (--table)");
    Result environment =
        table
            .runner()
            .env("AWS_ENDPOINT_URL", TestStack.endpoint())
            .env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_DEFAULT_REGION", "eu-west-3")
            .execute("drop", "-v", "--endpoint-url", TestStack.endpoint());
    assertThat(environment.err())
        .contains("setting credentials: AKIAEXAMPLE (AWS_ACCESS_KEY_ID)")
        .contains("setting region: eu-west-3 (AWS_DEFAULT_REGION)");
    assertThat(table.exists()).isTrue();
  }

  @Test
  void readsOnlyTheAnswersLineFromTheTerminal() {
    MessageTable table = MessageTable.create();
    ByteArrayInputStream in = new ByteArrayInputStream("n\nnext".getBytes(UTF_8));
    table.runner().terminal("012").execute(in, OutputStream.nullOutputStream(), "drop");
    assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("next");
  }
}
