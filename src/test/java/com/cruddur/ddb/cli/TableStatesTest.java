package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.FaultyProxy.Plan;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.context.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table, or its index, that is on its way: the engine is too quick to show it, the proxy
 * describes it so.
 */
class TableStatesTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00.000000+00:00";

  private final MessageTable table = MessageTable.create();
  private FaultyProxy proxy;

  private Result run(Plan plan, String... line) {
    try (FaultyProxy made = new FaultyProxy(TestStack.endpoint(), plan)) {
      proxy = made;
      return table.runner().env("AWS_ENDPOINT_URL", made.endpoint()).execute(line);
    }
  }

  @Test
  void schemaLoadWaitsForATableThatIsBeingMadeAndForItsIndex() {
    Plan plan =
        FaultyProxy.first(
            "DescribeTable",
            // The first one asks for the table's account.
            Fault.NONE,
            Fault.TABLE_CREATING,
            Fault.NO_TABLE,
            Fault.INDEX_CREATING);

    Outcome.done(run(plan, "schema-load"));

    assertThat(proxy.requests("DescribeTable")).isEqualTo(5);
    assertThat(proxy.requests("CreateTable")).isZero();
  }

  @Test
  void schemaLoadWaitsForTheEndOfATableThatIsBeingDeletedAndMakesItAnew() {
    table.conversation(LONG_AGO, "the first");
    Plan plan =
        (operation, number) -> {
          if (operation.equals("DescribeTable") && number == 3) {
            MessageTable.client().deleteTable(request -> request.tableName(table.name()));
          }
          return operation.equals("DescribeTable") && number < 3
              ? Fault.TABLE_DELETING
              : Fault.NONE;
        };

    Outcome.done(run(plan, "schema-load"));

    assertThat(proxy.requests("CreateTable")).isEqualTo(1);
    assertThat(table.items()).isEmpty();
  }

  @Test
  void describeTellsTheStateOfTableAndIndex() {
    Result result =
        Outcome.done(
            run(FaultyProxy.from("DescribeTable", 1, Fault.TABLE_CREATING), "describe", "-ojson"));

    assertThat(result.out()).contains("\"CREATING\"").doesNotContain("\"ACTIVE\"");
  }

  @Test
  void dropOfATableThatIsBeingMadeIsRefusedInOneLine() {
    Plan plan = FaultyProxy.from("DeleteTable", 1, Fault.IN_USE);

    Result result = Outcome.failed(ExitCode.FAILED, run(plan, "drop", "--yes"));

    assertThat(result.err())
        .contains("ResourceInUse", "'ddb schema-load --endpoint-url ", "waits until it is ACTIVE");
    assertThat(table.exists()).isTrue();
  }

  @Test
  void dropOfATableThatIsBeingDeletedWaitsForItsEnd() {
    Plan plan =
        (operation, number) ->
            switch (operation) {
              case "DeleteTable" -> Fault.IN_USE;
              case "DescribeTable" -> number < 5 ? Fault.TABLE_DELETING : Fault.NO_TABLE;
              default -> Fault.NONE;
            };

    Outcome.done(run(plan, "drop", "--yes"));

    assertThat(proxy.requests("DescribeTable")).isEqualTo(5);
  }

  @Test
  void whileTheTableIsBeingMadeNoDataIsThereAndTheCureIsNamed() {
    Plan plan = (operation, number) -> Fault.NO_TABLE;

    for (String[] line :
        new String[][] {
          {"list-conversations", "bayko"}, {"scan"}, {"check"}, {"export", "--out", "-"}
        }) {
      assertThat(Outcome.failed(ExitCode.NOT_FOUND, run(plan, line)).err())
          .contains("'ddb schema-load --endpoint-url ", "which waits if it is being made");
    }
  }

  @Test
  void whileTheIndexIsBeingFilledWhatNeedsItSaysSoAndNothingIsLost(@TempDir Path folder)
      throws Exception {
    String group = table.conversation(LONG_AGO, "the first");
    Plan plan = (operation, number) -> Fault.BACKFILLING;

    assertThat(Outcome.done(run(plan, "list-conversations", "bayko")).out()).contains(group);
    assertThat(Outcome.done(run(plan, "get-conversation", group)).out()).contains("the first");
    Outcome.done(run(plan, "scan"));
    assertThat(Outcome.failed(ExitCode.FAILED, run(plan, "check", group)).err())
        .contains(
            "Cannot read from backfilling global secondary index", "waits until it is ACTIVE");

    String[] send = {"send-message", group, "hello", "--from", "bayko"};
    assertThat(Outcome.failed(ExitCode.FAILED, run(plan, send)).err()).contains("backfilling");
    assertThat(table.messages(group)).hasSize(1);

    Result sent = run(FaultyProxy.from("TransactWriteItems", 1, Fault.IN_USE), send);
    assertThat(sent.exitCode()).as(sent.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(sent.out()).as("what is stored").contains("hello");
    assertThat(sent.err())
        .contains("the message is stored, but not every row was moved to it", "ResourceInUse")
        .contains("Do not send it again");
    assertThat(table.messages(group)).hasSize(2);
    Outcome.done(table.ddb("check", group, "--repair"));
    table.assertTrue(group, ANDREW, BAYKO);

    Path input =
        Files.writeString(
            folder.resolve("in.ndjson"),
            "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"m\",\"created_at\":\"2026-03-19T10:00:00Z\"}"
                .formatted(group));
    Result seeded = run(plan, "seed", input.toString());
    assertThat(seeded.exitCode()).as("%s", seeded).isEqualTo(ExitCode.FAILED);
    assertThat(seeded.err()).contains("backfilling", "run the same command again to go on");
    Outcome.done(table.ddb("seed", input.toString()));
    assertThat(table.messages(group)).hasSize(3);
    table.assertTrue(group, ANDREW, BAYKO);
  }
}
