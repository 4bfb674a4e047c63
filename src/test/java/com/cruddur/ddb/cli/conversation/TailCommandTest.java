package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailCommandTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void printsNewMessagesOfTheConversationAlone(boolean stream) throws Exception {
    try (MessageTable table = stream ? MessageTable.withStream() : MessageTable.withoutStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "before");
      table.put(GROUP, BAYKO, "last of all", "under no time");
      table.start(OTHER_GROUP, LONDO, BAYKO, "2026-03-19T10:00:00.000001+00:00", "other");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CompletableFuture<DdbRunner.Result> ended = new CompletableFuture<>();
      Thread tail =
          new Thread(
              () ->
                  ended.complete(
                      DdbRunner.on(table.name()).execute(out, "tail", GROUP, "-o", "ndjson")));
      tail.start();
      // However long it takes to begin, one of these comes after.
      int written = 0;
      long until = System.nanoTime() + 300_000_000_000L;
      while (!out.toString(UTF_8).contains("\n") && System.nanoTime() < until) {
        table.put(OTHER_GROUP, LONDO, time(30, written), "not this");
        table.put(GROUP, BAYKO, time(1, written), "message " + written++);
        Thread.sleep(300);
      }
      String last = "message " + written;
      table.put(GROUP, BAYKO, time(1, written), last);
      while (!out.toString(UTF_8).contains(last) && System.nanoTime() < until) {
        Thread.sleep(50);
      }

      tail.interrupt();

      DdbRunner.Result result = ended.get(300, TimeUnit.SECONDS);
      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(out.toString(UTF_8))
          .contains(last)
          .doesNotContain("before", "not this", "no time");
      assertThat(out.toString(UTF_8).lines()).doesNotHaveDuplicates();
      assertThat(result.err().contains("has no stream")).isEqualTo(!stream);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--last=2", "--since=2026-03-19T10:00:00.000001"})
  void beginsWithMessagesThatAreThereTheOldestFirst(String option) throws Exception {
    try (MessageTable table = MessageTable.withStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "before");
      table.put(GROUP, BAYKO, time(0, 1), "second");
      if (option.startsWith("--since")) {
        table.put(GROUP, BAYKO, time(0, 1) + " or so", "under no time");
      }
      table.put(GROUP, BAYKO, time(0, 2), "third");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      CompletableFuture<DdbRunner.Result> ended = new CompletableFuture<>();
      Thread tail =
          new Thread(
              () ->
                  ended.complete(
                      DdbRunner.on(table.name())
                          .execute(out, "tail", GROUP, option, "-o", "ndjson")));
      tail.start();
      long until = System.nanoTime() + 300_000_000_000L;
      while (!out.toString(UTF_8).contains("third") && System.nanoTime() < until) {
        Thread.sleep(20);
      }
      tail.interrupt();
      // The interrupt may meet a request that is under way: its code is not this test's matter.
      ended.get(300, TimeUnit.SECONDS);
      assertThat(out.toString(UTF_8))
          .containsSubsequence("second", "third")
          .doesNotContain("before");
      assertThat(out.toString(UTF_8).lines()).hasSize(2);
    }
  }

  @Test
  void aConversationThatDoesNotExistIsNotFound() {
    try (MessageTable table = MessageTable.withStream()) {
      Outcome.failed(ExitCode.NOT_FOUND, DdbRunner.on(table.name()).execute("tail", GROUP));
    }
  }

  @Test
  void somethingThatIsNoUuidIsAUsageError() {
    Outcome.failed(ExitCode.USAGE, DdbRunner.run("tail", "andrewbrown"));
  }

  private static String time(int minute, int number) {
    return String.format("2026-03-19T10:%02d:00.%06d+00:00", minute, number);
  }
}
