package com.cruddur.ddb.cli.people;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * {@code list-users}, {@code rename-user}, {@code forget-user}, {@code export-user}, {@code find}.
 */
class PeopleCommandsTest {
  private static final String AT = "2026-03-19T10:00:00.000000+00:00";
  private static final String LATER = "2026-03-19T11:00:00.000000+00:00";
  private final MessageTable table = MessageTable.create();
  private final String withBayko = table.conversation(ANDREW, BAYKO, AT, "Grüße from Andrew");
  private final String withLondo = table.conversation(LONDO, ANDREW, LATER, "hello Andrew");

  @Test
  void usersAreListedByHandle() {
    List<JsonNode> users = Outcome.done(table.ddb("list-users", "-o", "json")).items();
    assertThat(users).extracting(user -> user.get("handle").asText()).isSorted().hasSize(3);
    JsonNode andrew = users.get(0);
    assertThat(andrew.get("uuid").asText()).isEqualTo(ANDREW.uuid());
    assertThat(andrew.get("conversations").asInt()).isEqualTo(2);
    assertThat(andrew.get("last_message_at").asText()).isEqualTo(LATER);
  }

  @Test
  void whoHasNoConversationHasNoLastMessage() {
    table.row(ANDREW, MessageTable.uuid(), LATER, new User(MessageTable.uuid(), "N", "named"), "x");
    JsonNode named =
        Outcome.done(table.ddb("list-users", "-o", "json")).items().stream()
            .filter(user -> user.get("handle").asText().equals("named"))
            .findFirst()
            .orElseThrow();
    assertThat(named.get("conversations").asInt()).isZero();
    assertThat(named.get("last_message_at").isNull()).isTrue();
  }

  @Test
  void aRowOfNobodyIsNoUserAndNoSenderMovesIt() {
    User nobody = new User("", "", "");
    table.row(nobody, withBayko, AT, ANDREW, "nobody's");
    Result listed = Outcome.done(table.ddb("list-users", "-o", "json"));
    assertThat(listed.items()).hasSize(3);
    assertThat(listed.err()).contains("warning: 1 row of nobody: see 'ddb check");

    Outcome.done(table.ddb("send-message", withBayko, "hi", "--from", "bayko"));

    assertThat(table.rows(nobody)).singleElement().extracting("sk").isEqualTo(AT);
    assertThat(table.ddb("check").out()).contains("a conversation row of nobody");
    Outcome.done(table.ddb("delete-conversation", withBayko));
    assertThat(table.rows(nobody)).isEmpty();
  }

  @Test
  void aUserIsRenamedByHandle() {
    Result done =
        table.ddb("rename-user", "andrewbrown", "--display-name", "A. Brown", "-o", "json");
    assertThat(Outcome.done(done).json().get("rows_changed").asInt()).isEqualTo(2);
    assertThat(done.json().get("messages_changed").asInt()).isEqualTo(1);
    assertThat(done.err()).contains("change the users file too", "andrewbrown (Andrew Brown)");
    assertThat(table.rows(BAYKO).get(0)).containsEntry("user_display_name", "A. Brown");
    assertThat(table.rows(LONDO).get(0)).containsEntry("user_handle", ANDREW.handle());
    assertThat(table.messages(withBayko).get(0)).containsEntry("user_display_name", "A. Brown");
    Outcome.done(table.ddb("check"));
    Result back = table.ddb("rename-user", "andrewbrown", "--display-name", "Andrew Brown");
    assertThat(Outcome.done(back).err()).doesNotContain("users file");
  }

  @Test
  void aUuidInCapitalsIsTheSameUserAndTheSameNameChangesNothing() {
    String capitals = BAYKO.uuid().toUpperCase(Locale.ROOT);
    List<?> before = table.items();
    Result same = table.ddb("rename-user", capitals, "--handle", "bayko", "-o", "json");
    assertThat(Outcome.done(same).json().get("rows_changed").asInt()).isZero();
    assertThat(table.items()).isEqualTo(before);
    Outcome.done(table.ddb("rename-user", capitals, "--handle", "Bayko"));
    assertThat(table.rows(ANDREW).get(0)).containsEntry("user_handle", "Bayko");
    Outcome.done(table.ddb("export-user", capitals));
    Outcome.done(table.ddb("forget-user", capitals));
    assertThat(table.items().toString()).doesNotContainIgnoringCase(BAYKO.uuid());
  }

  @Test
  void aDryRunOfRenamingAndForgettingChangesNothing() {
    List<?> before = table.items();
    Result renamed = table.ddb("rename-user", "londo", "--handle", "mollari", "--dry-run");
    Outcome.done(renamed);
    Outcome.done(table.ddb("forget-user", "londo", "--dry-run"));
    assertThat(table.items()).isEqualTo(before);
  }

  @Test
  void aDryRunListsEachChangeOnceInTheFormThatWasAskedFor() {
    for (int i = 0; i < 30; i++) {
      table.message(withLondo, LATER.replace(":00.", ":%02d.".formatted(i + 1)), LONDO, "more");
    }
    Outcome.done(table.ddb("check", "--repair"));
    String[] rename = {"rename-user", "londo", "--handle", "mollari", "--dry-run", "-o", "table"};

    Result shown = Outcome.done(table.ddb(rename));
    assertThat(shown.out()).contains("messages_changed").doesNotContain("MSG#");
    assertThat(shown.err().lines().filter(line -> line.startsWith("would put "))).hasSize(20);
    assertThat(shown.err()).contains("… and 12 more\n", "it would put 32 items");

    rename[6] = "csv";
    List<String> rows = Outcome.done(table.ddb(rename)).out().lines().toList();
    assertThat(rows).hasSize(33).first().isEqualTo("action,pk,sk,what");
    assertThat(rows.get(1)).matches("put,(MSG|GRP)#[0-9a-f-]{36},2026-03-19T11:.*,");

    rename[6] = "ndjson";
    String document = Outcome.done(table.ddb(rename)).out();
    assertThat(document)
        .startsWith("{\"dry_run\":true,")
        .contains("\"changes\":[{")
        .hasLineCount(1);
  }

  @Test
  void aForgottenUserIsFoundByNoSearchAndOthersKeepTheirConversation() {
    Result done = Outcome.done(table.ddb("forget-user", "bayko", "-o", "json"));
    assertThat(done.json().get("items_that_name_the_user").asInt()).isZero();
    assertThat(done.json().get("rows_deleted").asInt()).isEqualTo(1);
    assertThat(done.err()).contains("not searched: backups");
    assertThat(table.items().toString()).doesNotContain(BAYKO.uuid(), BAYKO.handle());
    assertThat(table.rows(ANDREW)).hasSize(2);
    assertThat(table.ddb("list-users", "-o", "json").items()).hasSize(2);
    Outcome.done(table.ddb("check"));
    Outcome.failed(3, table.ddb("export-user", BAYKO.uuid()));
    Result again = Outcome.done(table.ddb("forget-user", "bayko", "-o", "json"));
    assertThat(again.json().get("conversations").asInt()).isZero();
    assertThat(again.err()).contains("an earlier run has erased the user");
  }

  @Test
  void whoElseNamesAForgottenUserIsListed() {
    table.message(withBayko, LATER, ANDREW, "bayko, are you there?");
    Outcome.done(table.ddb("check", "--repair"));
    Result done = table.ddb("forget-user", "bayko", "-o", "json");
    assertThat(done.exitCode()).as(done.toString()).isEqualTo(5);
    assertThat(done.out()).contains("MSG#" + withBayko, "\"attribute\": \"message\"");
  }

  @Test
  void aUserWithoutARowIsForgottenByTheSearch() {
    table.message(withLondo, "2026-03-19T12:00:00.000000+00:00", BAYKO, "I was here");
    Result done = table.ddb("forget-user", "bayko", "-o", "json");
    assertThat(done.json().get("conversations").asInt()).as(done.toString()).isEqualTo(2);
    assertThat(table.items().toString()).doesNotContain(BAYKO.uuid(), "I was here");
  }

  @Test
  void allOfOneUserIsOneDocument() {
    JsonNode all = Outcome.done(table.ddb("export-user", "andrewbrown")).json();
    assertThat(all.get("user_uuid").asText()).isEqualTo(ANDREW.uuid());
    assertThat(all.get("conversations")).hasSize(2);
    JsonNode latest = all.get("conversations").get(0);
    assertThat(latest.get("uuid").asText()).isEqualTo(withLondo);
    assertThat(latest.get("messages").get(0).get("direction").asText()).isEqualTo("received");
    assertThat(all.get("names").get(0).get("handle").asText()).isEqualTo(ANDREW.handle());
  }

  @Test
  void messagesOfOneUserAreRowsToo() {
    List<String> csv =
        Outcome.done(table.ddb("export-user", "andrewbrown", "-o", "csv")).out().lines().toList();
    assertThat(csv).hasSize(3);
    assertThat(csv.get(0)).startsWith("message_group_uuid,uuid,").endsWith(",direction");
    assertThat(csv.get(1)).contains(withLondo).endsWith(",received");
    assertThat(csv.get(2)).contains(withBayko).endsWith(",sent");
    List<String> ndjson =
        Outcome.done(table.ddb("export-user", "andrewbrown", "-o", "ndjson"))
            .out()
            .lines()
            .toList();
    assertThat(ndjson).hasSize(2).first().asString().contains("\"direction\":\"received\"");
    Result people = Outcome.done(table.ddb("export-user", "andrewbrown", "-o", "table"));
    assertThat(people.out()).contains("received", "sent", withLondo);
    assertThat(people.err()).contains("2 conversations, 2 messages");
    Result json = Outcome.done(table.ddb("export-user", "andrewbrown", "-o", "json"));
    assertThat(json.out()).isEqualTo(table.ddb("export-user", "andrewbrown").out());
  }

  @Test
  void neitherTableNorCacheNorExportShowsAForgottenUser() {
    DdbRunner cached = table.runner().env("MOMENTO_CACHE_NAME", "cache-" + MessageTable.uuid());
    Outcome.done(cached.execute("cache", "create"));
    String[][] pages = {
      {"list-conversations", "andrewbrown", "--cached", "-o", "json"},
      {"list-conversations", "bayko", "--cached", "-o", "json"},
      {"get-conversation", withBayko, "--cached", "-o", "json"}
    };
    for (String[] page : pages) {
      assertThat(Outcome.done(cached.execute(page)).out()).contains("\"items\": [\n");
    }

    Outcome.done(cached.execute("forget-user", "bayko"));

    String[] traces = {BAYKO.uuid(), BAYKO.handle(), BAYKO.displayName()};
    assertThat(table.items().toString()).doesNotContain(traces);
    for (String[] page : pages) {
      Result read = cached.execute(page);
      assertThat(read.out()).doesNotContain(traces);
    }
    Result other = Outcome.done(table.ddb("export-user", "andrewbrown"));
    assertThat(other.out()).doesNotContain(traces);
    assertThat(table.ddb("find", BAYKO.handle(), "-o", "json").items()).isEmpty();
  }

  @Test
  void messagesAreFoundInTheTableInAConversationAndOfAUser() {
    assertThat(found("find", "GRÜSSE")).containsExactly(withBayko);
    assertThat(found("find", "andrew")).containsExactlyInAnyOrder(withBayko, withLondo);
    assertThat(found("find", "andrew", "--in", withLondo)).containsExactly(withLondo);
    assertThat(found("find", "andrew", "--from", "londo")).containsExactly(withLondo);
    assertThat(found("find", "andrew", "--until", AT)).containsExactly(withBayko);
    assertThat(found("find", "andrew", "--exact")).isEmpty();
    assertThat(table.ddb("find", "hello").err()).contains("1 message");
  }

  private List<String> found(String... line) {
    String[] json = List.of(line).toArray(new String[line.length + 2]);
    json[line.length] = "-o";
    json[line.length + 1] = "json";
    return Outcome.done(table.ddb(json)).items().stream()
        .map(message -> message.get("message_group_uuid").asText())
        .toList();
  }

  @Test
  void theHandleOfAStandInIsNobodysToTake() {
    Outcome.done(table.ddb("forget-user", "bayko"));
    String standIn = table.rows(ANDREW).get(0).get("user_handle");
    assertThat(standIn).startsWith("forgotten-");
    List<?> before = table.items();
    for (String handle : List.of(standIn, "@" + standIn, standIn.toUpperCase(Locale.ROOT))) {
      Result taken = table.ddb("rename-user", "londo", "--handle", handle);
      assertThat(Outcome.failed(2, taken).err()).containsIgnoringCase(standIn);
    }
    assertThat(table.items()).isEqualTo(before);
  }

  @Test
  void badInputIsNamedAndChangesNothing() {
    List<?> before = table.items();
    assertThat(Outcome.failed(2, table.ddb("rename-user", "bayko")).err()).contains("--handle");
    for (String handle : List.of("londo", "@Londo", "LONDO")) {
      Result taken = table.ddb("rename-user", "bayko", "--handle", handle);
      assertThat(Outcome.failed(2, taken).err()).contains(LONDO.uuid());
    }
    Outcome.failed(2, table.ddb("rename-user", "bayko", "--handle", "a b"));
    Result control = table.ddb("rename-user", "bayko", "--display-name", "a\u0007");
    assertThat(Outcome.failed(2, control).err()).contains("control character");
    for (String name : List.of("x".repeat(2000), "a\u0007", "a\nb", "a\u202eb", " ")) {
      Outcome.failed(2, table.ddb("rename-user", "bayko", "--display-name", name));
      Outcome.failed(2, table.ddb("rename-user", "bayko", "--handle", name));
    }
    String standIn = "forgotten-0123456789ab";
    Outcome.failed(2, table.ddb("rename-user", "bayko", "--handle", standIn));
    String nobody = MessageTable.uuid();
    Outcome.failed(3, table.ddb("export-user", nobody));
    Outcome.failed(3, table.ddb("rename-user", nobody, "--handle", "x"));
    Outcome.failed(3, table.ddb("find", "x", "--from", "nobody-here"));
    Outcome.failed(3, table.ddb("delete-message", withBayko, nobody, "--yes"));
    Outcome.failed(3, table.ddb("redact-message", withBayko, nobody, "--yes"));
    Outcome.failed(3, table.ddb("delete-message", nobody, nobody, "--yes"));
    Outcome.failed(3, table.ddb("redact-message", nobody, nobody, "--yes"));
    String ofLondo = table.messages(withLondo).get(0).get("message_uuid");
    Outcome.failed(3, table.ddb("delete-message", withBayko, ofLondo, "--yes"));
    Outcome.failed(3, table.ddb("redact-message", withBayko, ofLondo, "--yes"));
    Outcome.failed(3, table.ddb("delete-conversation", nobody, "--yes"));
    Outcome.failed(1, table.ddb("send-message", withBayko, "hi", "--from", "londo"));
    Outcome.failed(3, table.ddb("rename-user", "nightowl", "--display-name", "Owl"));
    Outcome.failed(3, table.ddb("forget-user", "nightowl"));
    Outcome.failed(3, table.ddb("export-user", "nightowl"));
    Outcome.failed(2, table.ddb("find", " "));
    Outcome.failed(2, table.ddb("find", "x", "--in", "y"));
    Outcome.failed(3, table.ddb("forget-user", MessageTable.uuid()));
    Outcome.failed(3, table.ddb("rename-user", "nobody-here", "--handle", "x"));
    assertThat(table.items()).isEqualTo(before);
  }
}
