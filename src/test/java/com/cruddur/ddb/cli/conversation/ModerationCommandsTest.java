package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.cli.Outcome;
import com.cruddur.ddb.dynamo.Items;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code delete-message}, {@code redact-message} and {@code delete-conversation}. */
class ModerationCommandsTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private final MessageTable table = MessageTable.create();
  private String group;
  private String newest;

  @BeforeEach
  void twoMessages() {
    group = table.conversation(ANDREW, BAYKO, AT, "hello");
    Result sent = table.ddb("send-message", group, "rude words", "--from", "bayko", "-o", "json");
    newest = Outcome.done(sent).json().get("uuid").asText();
  }

  @Test
  void aDeletedMessageIsGoneFromTheConversationAndFromBothLists() {
    JsonNode deleted =
        Outcome.done(table.ddb("delete-message", group, newest, "-o", "json")).json();

    assertThat(deleted.get("result").asText()).isEqualTo("deleted");
    assertThat(deleted.get("handle").asText()).isEqualTo("bayko");
    assertThat(deleted.get("rows_changed").asInt()).isEqualTo(2);
    assertThat(deleted.has("message")).isFalse();
    assertThat(table.messages(group)).hasSize(1);
    assertThat(table.rows(ANDREW).get(0)).containsEntry("message", "hello").containsEntry("sk", AT);
    table.assertTrue(group, ANDREW, BAYKO);
    Outcome.done(table.ddb("check"));
    Result again = Outcome.failed(3, table.ddb("delete-message", group, newest));
    assertThat(again.err()).contains("conversation " + group + " has no message " + newest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a number", "empty", "missing"})
  void aMessageWithoutAUuidIsNamedByItsSortKey(String uuid) {
    String at = "2026-03-19T11:00:00Z";
    Map<String, AttributeValue> item =
        new HashMap<>(Items.item(new Message(group, at, "", "foreign", BAYKO)));
    switch (uuid) {
      case "a number" -> item.put("message_uuid", AttributeValue.fromN("17"));
      case "empty" -> item.put("message_uuid", AttributeValue.fromS(""));
      default -> item.remove("message_uuid");
    }
    table.put(item);
    for (String planned : List.of("redact-message", "delete-message")) {
      Result plan = Outcome.done(table.ddb(planned, group, at, "--dry-run", "-o", "json"));
      assertThat(plan.out()).contains("MSG#" + group, at);
    }
    Outcome.done(table.ddb("rename-user", "bayko", "--handle", "baykon"));
    assertThat(table.messages(group).get(1)).containsEntry("user_handle", "baykon");
    Outcome.done(table.ddb("redact-message", group, at));
    assertThat(table.messages(group).get(1)).containsEntry("message", "[redacted]");
    Result deleted = Outcome.done(table.ddb("delete-message", group, at, "-o", "json"));
    assertThat(deleted.json().get("result").asText()).isEqualTo("deleted");
    assertThat(table.messages(group)).hasSize(2);
    Result again = Outcome.failed(3, table.ddb("delete-message", group, at));
    assertThat(again.err()).contains("has no message " + at);
    Outcome.failed(2, table.ddb("delete-message", group, "17"));
  }

  @Test
  void aMessageIsNamedByTheTimeThatReadersAreShownHoweverItsKeySpellsIt() {
    List<String> keys =
        List.of(
            "2026-03-18T11:00:00Z",
            "2026-03-18T13:30:00.5+02:00",
            "2026-03-18T12:00:00+00:00",
            "2026-03-18 23:59:59.25",
            "2026-03-19T03:00:00+18:00",
            "2026-03-17T07:00:00-18:00");
    for (String key : keys) {
      table.put(Items.item(new Message(group, key, "", "foreign", BAYKO)));
    }
    List<String> shown =
        table.ddb("get-conversation", group, "--limit", "100", "-o", "json").items().stream()
            .filter(message -> message.get("message").asText().equals("foreign"))
            .map(message -> message.get("created_at").asText())
            .toList();
    assertThat(shown).hasSize(6).doesNotContainAnyElementsOf(keys);
    for (String time : shown) {
      Outcome.done(table.ddb("redact-message", group, time, "--dry-run"));
      JsonNode deleted = table.ddb("delete-message", group, time, "-o", "json").json();
      assertThat(deleted.get("created_at").asText()).isEqualTo(time);
    }
    assertThat(table.messages(group)).noneMatch(m -> m.get("message").equals("foreign")).hasSize(2);
    Outcome.failed(3, table.ddb("delete-message", group, shown.get(0)));
  }

  @Test
  void ofTwoMessagesOfOneMomentNeitherIsTakenUnlessItsKeyIsNamed() {
    List<String> keys = List.of("2026-03-18T11:00:00Z", "2026-03-18T13:00:00+02:00");
    for (String key : keys) {
      table.put(Items.item(new Message(group, key, "", "foreign", BAYKO)));
    }
    int before = table.messages(group).size();
    String shown = "2026-03-18T11:00:00.000000+00:00";
    Result refused = Outcome.failed(2, table.ddb("delete-message", group, shown));
    assertThat(refused.err()).contains("2 messages of conversation " + group).contains(keys);
    assertThat(table.messages(group)).hasSize(before);
    Outcome.done(table.ddb("delete-message", group, keys.get(1)));
    Outcome.done(table.ddb("delete-message", group, shown));
    assertThat(table.messages(group)).hasSize(before - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AB0F8D2A-449A-4B1C-8A05-3F4A8F1F2C11", "11111111-1111-4111-8111-111111111111"})
  void aDryRunFindsTheUuidThatTheRunFinds(String stored) {
    String at = "2026-03-18T11:00:00.000000+00:00";
    table.put(Items.item(new Message(group, at, stored, "foreign", BAYKO)));
    String asked = stored.toLowerCase(Locale.ROOT);
    Result plan =
        Outcome.done(table.ddb("delete-message", group, asked, "--dry-run", "-o", "json"));
    assertThat(plan.out()).contains("MSG#" + group, at);
    Outcome.done(table.ddb("redact-message", group, asked, "--dry-run"));
    JsonNode deleted = Outcome.done(table.ddb("delete-message", group, asked, "-o", "json")).json();
    assertThat(deleted.get("created_at").asText()).isEqualTo(at);
  }

  @Test
  void rowsThatFollowADeletionGoToTheNewestByMomentHoweverItsKeySpellsIt() {
    String gone = "2026-03-21T00:00:00.000000+00:00";
    String old = table.conversation(ANDREW, BAYKO, gone, "hello");
    table.delete(new Message(old, gone, "", "", ANDREW));
    for (String key : List.of("2026-03-20T11:00:18+02:00", "2026-03-20T10:00:00Z")) {
      table.put(Items.item(new Message(old, key, "", key, BAYKO)));
    }
    Result done = Outcome.done(table.ddb("delete-message", old, "2026-03-21T00:00:00Z"));
    assertThat(done.err()).contains("it was gone already or never was");
    assertThat(table.list(BAYKO))
        .filteredOn(row -> row.groupUuid().equals(old))
        .extracting(ConversationRow::message)
        .containsExactly("2026-03-20T10:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-21T00:00:00Z", "00000000-0000-4000-8000-000000000000"})
  void aMessageThatNeverWasIsNotFoundBesideRowsThatAreBehindOrAhead(String never) {
    table.message(group, "2027-03-20T10:00:00.000000+00:00", BAYKO, "rows are behind this");
    List<?> before = table.items();
    Outcome.failed(3, table.ddb("delete-message", group, never, "--dry-run"));
    Outcome.failed(3, table.ddb("delete-message", group, never));
    assertThat(table.items()).isEqualTo(before);
    String ahead = table.conversation(ANDREW, BAYKO, AT, "hello");
    table.row(BAYKO, ahead, "2026-03-22T00:00:00.000000+00:00", ANDREW, "as a seed wrote it");
    if (never.startsWith("2026")) {
      Outcome.failed(3, table.ddb("delete-message", ahead, never));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete-message", "redact-message"})
  void ofTwoMessagesNeitherIsTakenUnlessOneIsMeantForSure(String command) {
    String shown = "2026-03-18T11:00:00.000000+00:00";
    String other = "2026-03-18T13:00:00+02:00";
    String uuid = MessageTable.uuid();
    String twin = "2026-03-18T12:00:00.000000+00:00";
    table.put(Items.item(new Message(group, shown, uuid, "foreign", BAYKO)));
    table.put(Items.item(new Message(group, other, "", "foreign", BAYKO)));
    for (String dry : List.of("--dry-run", "-q")) {
      Result refused = Outcome.failed(2, table.ddb(command, group, shown, dry));
      assertThat(refused.err()).contains("2 messages", shown + " (uuid " + uuid, other + " (no");
      Outcome.done(table.ddb(command, group, other, "--dry-run"));
      Outcome.done(table.ddb(command, group, uuid, "--dry-run"));
    }
    table.put(
        Items.item(new Message(group, twin, uuid.toUpperCase(Locale.ROOT), "foreign", BAYKO)));
    for (String dry : List.of("--dry-run", "-q")) {
      Result refused = Outcome.failed(2, table.ddb(command, group, uuid, dry));
      assertThat(refused.err()).contains("have the uuid " + uuid, "by its key: ", shown, twin);
      assertThat(refused.err()).as("what cures no doubled uuid").doesNotContain("--repair");
    }
    Outcome.done(table.ddb(command, group, twin));
    assertThat(table.partition("MSG#" + group).toString().split("foreign")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday, I think", "17", "2026-13-45T00:00:00Z"})
  void aMessageWithoutAUuidWhoseKeyIsNoTimeIsNamedByItsKey(String key) {
    table.put(Items.item(new Message(group, key, "", "foreign", BAYKO)));
    Outcome.done(table.ddb("redact-message", group, key, "--dry-run"));
    Outcome.done(table.ddb("redact-message", group, key));
    assertThat(table.partition("MSG#" + group).toString()).doesNotContain("foreign");
    Outcome.done(table.ddb("delete-message", group, key));
    assertThat(table.messages(group)).hasSize(2);
    Result again = Outcome.failed(2, table.ddb("delete-message", group, key));
    assertThat(again.err()).contains("no uuid, no time and no key", "created_at");
    Outcome.failed(2, table.ddb("delete-message", group, ""));
    Outcome.failed(2, table.ddb("delete-message", group, "x".repeat(2000)));
    assertThat(table.messages(group)).hasSize(2);
  }

  @Test
  void rowsBesideARedactionGoToTheNewestByMoment() {
    String old = table.conversation(ANDREW, BAYKO, AT, "hello");
    for (String key : List.of("2026-03-20T11:00:18+02:00", "2026-03-20T10:00:00Z")) {
      table.put(Items.item(new Message(old, key, "", key, BAYKO)));
    }
    Outcome.done(table.ddb("redact-message", old, AT));
    assertThat(table.list(BAYKO))
        .filteredOn(row -> row.groupUuid().equals(old))
        .extracting(ConversationRow::message)
        .containsExactly("2026-03-20T10:00:00Z");
  }

  @Test
  void withTheLastMessageTheConversationLeavesTheLists() {
    String first = table.messages(group).get(0).get("message_uuid");
    Outcome.done(table.ddb("delete-message", group, newest));
    Result last = Outcome.done(table.ddb("delete-message", group, first, "-o", "json"));
    assertThat(last.json().get("rows_deleted").asInt()).isEqualTo(2);
    assertThat(table.items()).isEmpty();
  }

  @Test
  void aRedactedMessageKeepsItsPlaceAndTheListsFollow() {
    Result redacted =
        table.ddb("redact-message", group, newest, "--text", "Removed.", "-o", "json");
    assertThat(Outcome.done(redacted).json().get("result").asText()).isEqualTo("redacted");
    assertThat(table.rows(BAYKO).get(0)).containsEntry("message", "Removed.");
    table.assertTrue(group, ANDREW, BAYKO);
    Result again = table.ddb("redact-message", group, newest, "--text", "Removed.", "-o", "json");
    assertThat(Outcome.done(again).json().get("result").asText()).isEqualTo("unchanged");
    Outcome.done(table.ddb("redact-message", group, newest));
    assertThat(table.rows(BAYKO).get(0)).containsEntry("message", "[redacted]");
  }

  @Test
  void aDeletedConversationLeavesNothing() {
    JsonNode deleted = Outcome.done(table.ddb("delete-conversation", group, "-o", "json")).json();
    assertThat(deleted.get("messages_deleted").asInt()).isEqualTo(2);
    assertThat(deleted.get("rows_deleted").asInt()).isEqualTo(2);
    assertThat(table.items()).isEmpty();
    Outcome.failed(3, table.ddb("delete-conversation", group));
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete-message", "redact-message", "delete-conversation"})
  void aDryRunChangesNothing(String command) {
    Result dry =
        command.equals("delete-conversation")
            ? table.ddb(command, group, "--dry-run")
            : table.ddb(command, group, newest, "--dry-run");
    Outcome.done(dry);
    assertThat(table.messages(group)).hasSize(2);
    assertThat(table.rows(ANDREW).get(0)).containsEntry("message", "rude words");
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void cachedPagesOfWhatIsGoneAreDropped() {
    List.of(ANDREW.uuid(), BAYKO.uuid())
        .forEach(user -> table.ddb("list-conversations", user, "--cached"));
    table.ddb("get-conversation", group, "--cached");
    Outcome.done(table.ddb("delete-message", group, newest));
    assertThat(table.ddb("list-conversations", ANDREW.uuid(), "--cached").out()).contains("hello");
    Result page = table.ddb("get-conversation", group, "--cached");
    assertThat(page.out()).contains("hello").doesNotContain("rude");
  }

  @Test
  void badInputIsNamedAndChangesNothing() {
    String other = table.conversation("2026-03-19T11:00:00.000000+00:00", "elsewhere");
    Result foreign = Outcome.failed(3, table.ddb("redact-message", other, newest));
    assertThat(foreign.err()).contains(other, newest);
    assertThat(Outcome.failed(2, table.ddb("delete-message", group, "x")).err()).contains("'x'");
    assertThat(Outcome.failed(2, table.ddb("delete-message", group)).err()).contains("MESSAGE");
    Outcome.failed(2, table.ddb("redact-message", group, newest, "--text", " "));
    Outcome.failed(3, table.ddb("delete-conversation", MessageTable.uuid()));
    assertThat(table.messages(group)).hasSize(2);
  }
}
