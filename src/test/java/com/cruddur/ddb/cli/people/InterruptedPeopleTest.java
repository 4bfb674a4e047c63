package com.cruddur.ddb.cli.people;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.Interruptible;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C at a request of a kind: what is said, and that the same command then goes on. */
class InterruptedPeopleTest {
  private static final int CONVERSATIONS = 20;

  private final MessageTable table = MessageTable.create();
  private final List<String> groups = new ArrayList<>();

  @BeforeEach
  void manyConversations() {
    for (int i = 0; i < CONVERSATIONS; i++) {
      String at = "2026-03-19T10:%02d:00.000000+00:00".formatted(i);
      groups.add(table.conversation(LONDO, ANDREW, at, "message " + i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rename-user londo --handle mollari", "forget-user londo"})
  void whatIsDoneToAllConversationsOfAUserGoesOn(String line) {
    Result stopped = run("UpdateItem", this::stop, line.split(" "));
    assertThat(Outcome.failed(130, stopped).err())
        .matches(
            "(?s).*ddb: interrupted; \\d+ of 20 conversations are done;"
                + " run the same command again to go on\n");
    assertThat(table.rows(ANDREW).toString()).contains("londo");

    Outcome.done(table.ddb(line.split(" ")));

    assertThat(table.rows(ANDREW).toString()).doesNotContain("londo");
    assertThat(table.messages(groups.get(0)).toString()).doesNotContain("londo");
    Outcome.done(table.ddb("check"));
  }

  @Test
  void theProofOfAnErasureIsMadeByTheSameCommand() {
    Result stopped = run("Scan", this::stop, "forget-user", "londo");
    assertThat(Outcome.failed(130, stopped).err())
        .endsWith("ddb: interrupted; run the same command again to go on\n");
    Result again = Outcome.done(table.ddb("forget-user", LONDO.uuid(), "-o", "json"));
    assertThat(again.json().get("items_that_name_the_user").asInt()).isZero();
    assertThat(again.json().get("items_searched").asInt()).isEqualTo(2 * CONVERSATIONS);
  }

  @Test
  void anErasureWithoutRowsIsMadeByTheSameCommand() {
    table.storedRows(LONDO.uuid()).forEach(table::delete);
    table.message(groups.get(0), "2026-03-18T10:00:00.000000+00:00", LONDO, "of londo");
    Result stopped = run("UpdateItem", this::stop, "forget-user", LONDO.uuid());
    assertThat(Outcome.failed(130, stopped).err())
        .endsWith("ddb: interrupted; run the same command again to go on\n");
    Outcome.done(table.ddb("forget-user", LONDO.uuid()));
    assertThat(table.messages(groups.get(0)).toString()).doesNotContain("of londo");
  }

  @Test
  void aConversationIsDeletedByTheSameCommand() {
    for (int i = 0; i < 120; i++) {
      String at = "2026-03-18T10:00:00.%06d+00:00".formatted(i);
      table.message(groups.get(0), at, ANDREW, "message " + i);
    }
    Result stopped = run("BatchWriteItem", this::stop, "delete-conversation", groups.get(0));
    assertThat(Outcome.failed(130, stopped).err())
        .contains("interrupted; the conversation is in no list any more, 100 of its messages");
    assertThat(table.messages(groups.get(0))).hasSize(21);
    Outcome.done(table.ddb("delete-conversation", groups.get(0)));
    assertThat(table.messages(groups.get(0))).isEmpty();
  }

  @Test
  void aRepairGoesOn() {
    table.message(groups.get(0), "2026-03-20T10:00:00.000000+00:00", ANDREW, "newest");
    Result stopped = run("Scan", this::stop, "check", "--repair");
    assertThat(Outcome.failed(130, stopped).err())
        .contains("ddb: interrupted; run the same command again to go on");
    Outcome.done(table.ddb("check", "--repair"));
    Outcome.done(table.ddb("check"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "find hello", "list-users", "stats", "scan"})
  void aReadIsLeftWhereItIs(String line) {
    Result left = run("Scan", Interruptible::end, line.split(" "));
    assertThat(left.err()).isEqualTo("ddb: interrupted\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"export-user londo", "find hello --from londo"})
  void aReadOfOneUserIsLeftWhereItIs(String line) {
    Result left = run("Query", Interruptible::end, line.split(" "));
    assertThat(left.err()).isEqualTo("ddb: interrupted\n");
  }

  /** Ctrl-C where the process lives on: the work is asked to end. */
  private void stop(Interruptible command) {
    command.stop(Thread.currentThread());
    // Without work to ask, the thread would have been interrupted.
    assertThat(Thread.interrupted()).isFalse();
  }

  private Result run(String operation, Consumer<Interruptible> signal, String... line) {
    Interruptible interruptible = new Interruptible();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(),
            (asked, number) -> {
              if (asked.equals(operation) && number == 1) {
                signal.accept(interruptible);
              }
              return Fault.NONE;
            })) {
      List<String> args = new ArrayList<>(List.of(line));
      // Progress is told when a run takes long.
      args.addAll(List.of("-q", "--endpoint-url", proxy.endpoint()));
      CliEnvironment environment =
          new CliEnvironment(
              new ByteArrayInputStream(new byte[0]),
              out,
              err,
              table.runner().environment(),
              table.runner().home(),
              table.runner().terminal(),
              table.runner().clock(),
              interruptible);
      int code = Cli.run(environment, args.toArray(String[]::new));
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }
}
