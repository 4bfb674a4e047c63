package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uuids are compared without case, whoever wrote them, and however they are typed. */
class CapitalsTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String LATER = "2026-03-19T11:00:00.000000+00:00";
  private final MessageTable table = MessageTable.create();

  @TempDir private Path folder;

  /** Every command about a conversation, GROUP and MESSAGE in the place of uuids. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get-conversation GROUP",
        "check GROUP",
        "stats GROUP",
        "find hello --in GROUP",
        "send-message GROUP hi --from bayko",
        "redact-message GROUP MESSAGE",
        "delete-message GROUP MESSAGE",
        "delete-conversation GROUP",
        "export --conversation GROUP --out -",
        "list-conversations USER",
        "export-user USER",
        "rename-user USER --handle other",
        "find hello --from USER",
        "forget-user USER"
      })
  void everyCommandFindsWhatIsTypedInCapitals(String line) {
    String group = table.conversation(AT, "hello");
    String uuid = table.message(group, LATER, ANDREW, "hello again");
    Outcome.done(table.ddb("check", group, "--repair"));

    Result result = run(line, group, uuid, ANDREW.uuid());

    assertFound(line, result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get-conversation GROUP",
        "stats GROUP",
        "find hello --in GROUP",
        "send-message GROUP hi --from bayko",
        "redact-message GROUP MESSAGE",
        "delete-message GROUP MESSAGE",
        "delete-conversation GROUP",
        "list-conversations USER",
        "export-user USER",
        "rename-user USER --handle other",
        "find hello --from USER",
        "forget-user USER"
      })
  void everyCommandFindsWhatAnotherProgramWroteInCapitals(String line) {
    User capitals = inCapitals(ANDREW);
    String group = MessageTable.uuid().toUpperCase(Locale.ROOT);
    String uuid = table.message(group, AT, capitals, "hello");
    table.message(group, LATER, BAYKO, "hello again");
    table.row(capitals, group, LATER, BAYKO, "hello again");
    table.row(BAYKO, group, LATER, capitals, "hello again");

    Result result = run(line, group, uuid, capitals.uuid());

    assertFound(line, result);
    assertThat(table.partition("MSG#" + group.toLowerCase(Locale.ROOT))).isEmpty();
    assertThat(table.rows(ANDREW)).isEmpty();
    Result check = table.ddb("check", "-o", "json");
    assertThat(check.items())
        .as(check.toString())
        .allMatch(finding -> finding.get("kind").asText().equals("capitals"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list-conversations andrewbrown",
        "list-conversations andrewbrown --cached",
        "export-user @andrewbrown",
        "rename-user andrewbrown --handle other",
        "find hello --from andrewbrown",
        "forget-user andrewbrown",
        "export --user andrewbrown --out -"
      })
  void aListInCapitalsIsFoundByHandle(String line) {
    User capitals = inCapitals(ANDREW);
    String group = table.conversation(capitals, BAYKO, AT, "hello");

    Result dryRun = line.matches("(rename|forget).*") ? run(line + " --dry-run", "", "", "") : null;
    Result result = run(line, group, "", "");

    assertFound(line, result);
    if (dryRun != null) {
      assertThat(dryRun.exitCode()).isZero();
      assertThat(table.partition("MSG#" + group).toString())
          .doesNotContain(line.startsWith("forget") ? "hello" : "andrewbrown");
    }
  }

  @Test
  void pagesOfAListInCapitalsGoOn() {
    User capitals = inCapitals(ANDREW);
    table.conversation(capitals, BAYKO, AT, "hello");
    table.conversation(capitals, BAYKO, LATER, "hello again");
    String[] first = {"list-conversations", "andrewbrown", "--limit", "1", "-o", "json"};
    String token = table.ddb(first).json().get("next_token").asText();
    Result second = table.ddb("list-conversations", "andrewbrown", "--next-token", token);
    assertThat(Outcome.done(second).out()).contains("hello").doesNotContain("again");
    Outcome.failed(2, table.ddb("list-conversations", "bayko", "--next-token", token));
  }

  /** As a list printed it, which shows a uuid as it stands. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "ndjson"})
  void aSeedAddsToTheConversationThatStandsInCapitals(String format) throws IOException {
    String group = MessageTable.uuid().toUpperCase(Locale.ROOT);
    String uuid = MessageTable.uuid().toUpperCase(Locale.ROOT);
    table.put(
        "pk",
        "MSG#" + group,
        "sk",
        AT,
        "message_uuid",
        uuid,
        "message",
        "hello",
        "user_uuid",
        ANDREW.uuid());
    table.row(ANDREW, group, AT, BAYKO, "hello");
    table.row(BAYKO, group, AT, ANDREW, "hello");
    String message = "\"from\":\"%s\",\"message\":\"%s\",\"created_at\":\"%s\"";
    String first =
        message.formatted("andrewbrown", "hello", AT) + ",\"message_uuid\":\"" + uuid + "\"";
    String second = message.formatted("bayko", "hello again", LATER);
    String head =
        "\"message_group_uuid\":\"" + group + "\",\"participants\":[\"andrewbrown\",\"bayko\"]";
    String small = "\"message_group_uuid\":\"" + group.toLowerCase(Locale.ROOT) + "\"";
    String input =
        format.equals("json")
            ? "{\"conversations\":[{%s,\"messages\":[{%s},{%s,%s}]}]}"
                .formatted(head, first, small, second)
            : "{\"type\":\"conversation\",%s}\n{\"type\":\"message\",%s,%s}\n{\"type\":\"message\",%s,%s}\n"
                .formatted(head, small, first, small, second);
    Path file = Files.writeString(folder.resolve("seed." + format), input);

    for (int run = 0; run < 2; run++) {
      Outcome.done(table.ddb("seed", file.toString(), "--restart"));

      assertThat(table.partition("MSG#" + group)).hasSize(2);
      assertThat(table.partition("MSG#" + group.toLowerCase(Locale.ROOT))).isEmpty();
      assertThat(table.rows(BAYKO)).singleElement().asString().contains("hello again", group);
    }
  }

  /** A second row, in lower case, would hide whatever else the user's list in capitals holds. */
  @ParameterizedTest
  @ValueSource(strings = {"andrewbrown", "877825ee-e493-4985-b4f5-463550043614"})
  void aSeedMakesNoSecondRowBesideOneInCapitals(String from) throws IOException {
    User andrew = inCapitals(ANDREW);
    User bayko = inCapitals(BAYKO);
    String group = table.conversation(andrew, bayko, AT, "hello");
    table.conversation(andrew, bayko, LATER, "another");
    String message =
        "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"%s\",\"message\":\"%s\",\"created_at\":\"%s\"}\n";
    String conversation =
        "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"andrewbrown\",\"bayko\"]}\n"
            .formatted(group);
    String first = message.formatted(group, from, "seeded", "2026-03-19T12:00:00Z");
    String second = message.formatted(group, from, "seeded last", "2026-03-20T11:00:00Z");
    Path file = folder.resolve("seed.ndjson");

    for (String input : List.of(first, conversation + first + second)) {
      Files.writeString(file, input);
      Outcome.done(table.ddb("seed", file.toString()));
    }

    for (User user : List.of(ANDREW, BAYKO)) {
      assertThat(table.rows(user)).isEmpty();
      assertThat(table.rows(inCapitals(user)).toString()).contains("seeded last", "another");
      Result list = Outcome.done(table.ddb("list-conversations", user.handle()));
      assertThat(list.out()).contains("seeded last", "another");
    }
  }

  private static User inCapitals(User user) {
    return new User(user.uuid().toUpperCase(Locale.ROOT), user.displayName(), user.handle());
  }

  private static void assertFound(String line, Result result) {
    assertThat(result.exitCode()).as(result.toString()).isZero();
    if (line.matches("(get|list|find|export).*")) {
      assertThat(result.out()).contains("hello");
    }
  }

  private Result run(String line, String group, String message, String user) {
    List<String> words =
        List.of(line.split(" ")).stream()
            .map(
                word ->
                    switch (word) {
                      case "GROUP" -> group.toUpperCase(Locale.ROOT);
                      case "MESSAGE" -> message.toUpperCase(Locale.ROOT);
                      case "USER" -> user.toUpperCase(Locale.ROOT);
                      default -> word;
                    })
            .toList();
    return table.ddb(words.toArray(new String[0]));
  }
}
