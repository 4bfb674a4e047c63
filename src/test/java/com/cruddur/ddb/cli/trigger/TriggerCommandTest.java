package com.cruddur.ddb.cli.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.trigger.TriggerTemplate;
import org.junit.jupiter.api.Test;

class TriggerCommandTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  private static final String T2 = "2026-03-19T10:00:02.000000+00:00";

  @Test
  void onceMovesTheRowsToWhatOtherProgramsWroteAndGoesOnThereTheNextTime() {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "hello");
      table.put(GROUP, BAYKO, T1, "hi");
      DdbRunner ddb = DdbRunner.on(table.name());

      Result first = Outcome.done(ddb.execute("trigger", "run", "--once", "-o", "json"));

      assertThat(first.json().get("messages").asInt()).isEqualTo(2);
      assertThat(first.json().get("rows_written").asInt()).isEqualTo(2);
      assertThat(first.err()).contains("from trim-horizon", "lag");
      assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hi");
      table.put(GROUP, BAYKO, T2, "again");
      Result second = Outcome.done(ddb.execute("trigger", "run", "--once", "-o", "json"));
      assertThat(second.json().get("messages").asInt()).isEqualTo(1);
      assertThat(second.err()).contains("from where the last run ended");
      assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("again");
    }
  }

  @Test
  void ctrlCEndsItWithItsAccountAndTheNextRunGoesOnThere() {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "hello");
      table.put(GROUP, BAYKO, T1, "hi");
      DdbRunner ddb = DdbRunner.on(table.name());
      try (DdbProcess process =
          DdbProcess.start(ddb.environment(), "trigger", "run", "-o", "json")) {
        process.awaitErr("written, lag ");
        process.interrupt();

        Result result = process.await();
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(result.json().get("messages").asInt()).isEqualTo(2);
        assertThat(result.json().get("rows_written").asInt()).isEqualTo(2);
        assertThat(result.err().lines())
            .satisfiesExactly(
                first -> assertThat(first).startsWith("following the stream of table "),
                last -> assertThat(last).startsWith("2 messages, 2 rows written, lag "));
      }
      Result next = Outcome.done(ddb.execute("trigger", "run", "--once", "-o", "json"));
      assertThat(next.err()).contains("from where the last run ended");
      assertThat(next.json().get("messages").asInt()).isZero();
    }
  }

  @Test
  void latestLeavesOutWhatWasThereBefore() {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "hello");
      table.put(GROUP, BAYKO, T1, "hi");

      Result result =
          Outcome.done(
              DdbRunner.on(table.name())
                  .execute("trigger", "run", "--once", "--from=latest", "-o", "json"));

      assertThat(result.json().get("messages").asInt()).isZero();
      assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hello");
    }
  }

  @Test
  void aTableWithoutAStreamIsNamedWithTheCure() {
    try (MessageTable table = MessageTable.withoutStream()) {
      Result result =
          Outcome.failed(
              ExitCode.FAILED, DdbRunner.on(table.name()).execute("trigger", "run", "--once"));

      assertThat(result.err()).contains("has no stream", "aws dynamodb update-table");
    }
  }

  @Test
  void aTableThatDoesNotExistIsNotFound() {
    Outcome.failed(
        ExitCode.NOT_FOUND,
        DdbRunner.on(TestStack.newTableName()).execute("trigger", "run", "--once"));
  }

  @Test
  void anUnknownPlaceToBeginIsAUsageError() {
    Result result =
        Outcome.failed(ExitCode.USAGE, DdbRunner.run("trigger", "run", "--from", "noon"));

    assertThat(result.err()).contains("It is trim-horizon or latest.");
  }

  @Test
  void theTemplateIsPrintedAsItIs() {
    Result result = Outcome.done(DdbRunner.run("trigger", "template"));

    assertThat(result.out()).isEqualTo(TriggerTemplate.yaml());
    assertThat(result.err()).isEmpty();
  }
}
