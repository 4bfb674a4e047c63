package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartConversationCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-19T23:59:59.5Z");
  private final MessageTable table = MessageTable.create();

  @Test
  void storesTheFirstMessageAndBothRows() {
    JsonNode started = Outcome.done(start("Hello!", "andrewbrown", "bayko")).json();
    String group = started.get("message_group_uuid").asText();
    assertThat(started.get("created_at").asText()).isEqualTo("2026-03-19T23:59:59.500000+00:00");
    assertThat(started.get("handle").asText()).isEqualTo("andrewbrown");
    assertThat(table.messages(group)).hasSize(1);
    assertThat(table.rows(ANDREW)).hasSize(1);
    assertThat(table.rows(ANDREW).get(0).get("user_handle")).isEqualTo("bayko");
    assertThat(table.rows(BAYKO).get(0).get("user_handle")).isEqualTo("andrewbrown");
    table.assertTrue(group, ANDREW, BAYKO);
    assertThat(table.ddb("get-conversation", group, "-o", "json").items()).hasSize(1);
    Outcome.done(table.ddb("send-message", group, "Hi.", "--from", "bayko"));
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void leavesARowForEachWhenStartedTwiceAtOneMoment() {
    Outcome.done(start("one", "andrewbrown", "bayko"));
    Outcome.done(start("two", "andrewbrown", "bayko"));
    Outcome.done(start("three", "londo", ANDREW.uuid()));
    assertThat(table.rows(ANDREW)).hasSize(3);
    assertThat(table.rows(BAYKO)).hasSize(2);
    assertThat(table.rows(LONDO)).hasSize(1);
  }

  @Test
  void readsStandardInput() {
    DdbRunner ddb = table.runner().stdin("from a pipe\n");
    Result result =
        ddb.execute("start-conversation", "-", "--from", "@londo", "--to", "bayko", "-o", "json");
    assertThat(Outcome.done(result).json().get("message").asText()).isEqualTo("from a pipe");
  }

  @Test
  void refusesUnknownUsersOneUserAndBadTextsAndStoresNothing() {
    assertThat(Outcome.failed(3, start("hi", "nobody", "bayko", "table")).err()).contains("nobody");
    assertThat(Outcome.failed(3, start("hi", "bayko", "nobody", "table")).err()).contains("nobody");
    Outcome.failed(3, start("hi", "bayko", MessageTable.uuid(), "table"));
    assertThat(Outcome.failed(2, start("hi", "bayko", "bayko", "table")).err())
        .contains("two users");
    Outcome.failed(2, start("hi", "bayko", BAYKO.uuid(), "table"));
    for (String text : List.of("", "  ", "x".repeat(1025), "\ud83d")) {
      Outcome.failed(2, start(text, "bayko", "londo", "table"));
    }
    Outcome.failed(2, table.ddb("start-conversation", "hi", "--from", "bayko"));
    Outcome.failed(2, table.ddb("start-conversation", "--from", "bayko", "--to", "londo"));
    assertThat(table.items()).isEmpty();
  }

  @Test
  void saysThatTheTableIsMissing() {
    Result result =
        MessageTable.absent()
            .ddb("start-conversation", "hi", "--from", "bayko", "--to", "andrewbrown");
    assertThat(Outcome.failed(3, result).err()).contains("schema-load");
  }

  private Result start(String text, String from, String to) {
    return start(text, from, to, "json");
  }

  private Result start(String text, String from, String to, String format) {
    return table
        .runner()
        .clock(() -> NOW)
        .execute("start-conversation", text, "--from", from, "--to", to, "-o", format);
  }
}
