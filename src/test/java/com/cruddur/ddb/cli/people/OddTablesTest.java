package com.cruddur.ddb.cli.people;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What other programs wrote is kept, found, and erased where it is the user's. */
class OddTablesTest {
  private static final String FIRST = "2026-03-19T10:00:00.000000+00:00";
  private static final String SECOND = "2026-03-19T11:00:00.000000+00:00";
  private static final String THIRD = "2026-03-19T12:00:00.000000+00:00";
  private static final AttributeValue FOREIGN =
      AttributeValue.fromM(Map.of("kept", AttributeValue.fromN("7")));

  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();
  private final String messages = "MSG#" + group;
  private final String andrews = "GRP#" + ANDREW.uuid();
  private final String baykos = "GRP#" + BAYKO.uuid();
  private String newest;

  /** What is odd about a conversation in which Bayko has written the last two of three messages. */
  enum Odd {
    NOTHING(t -> {}),
    MESSAGE_HANDLE_IS_A_NUMBER(t -> t.set(t.messages, THIRD, "user_handle", number())),
    MESSAGE_IS_A_LIST(
        t -> t.set(t.messages, THIRD, "message", AttributeValue.fromL(List.of(text("two hello"))))),
    ROW_NAME_IS_NULL(
        t -> t.set(t.andrews, THIRD, "user_display_name", AttributeValue.fromNul(true))),
    KEY_WITH_AN_OFFSET_BEHIND(
        t -> t.set(t.messages, THIRD, "sk", text("2026-03-19T14:00:00.000000+02:00"))),
    KEY_WITH_AN_OFFSET_BEFORE(
        t -> t.set(t.messages, THIRD, "sk", text("2026-03-19T07:00:00.000000-05:00"))),
    KEY_WITH_Z(t -> t.set(t.messages, THIRD, "sk", text("2026-03-19T12:00:00Z"))),
    SENDER_IN_CAPITALS(t -> t.set(t.messages, THIRD, "user_uuid", capitals(BAYKO.uuid()))),
    ROW_NAMES_IN_CAPITALS(t -> t.set(t.andrews, THIRD, "user_uuid", capitals(BAYKO.uuid()))),
    MESSAGE_UUID_IN_CAPITALS(t -> t.set(t.messages, THIRD, "message_uuid", capitals(t.newest))),
    OWN_ROW_DOUBLED(t -> t.table.row(BAYKO, t.group, SECOND, ANDREW, "hello two")),
    OWN_ROW_MISSING(t -> t.edit(t.baykos, THIRD, Map::clear)),
    OWN_ROW_WITHOUT_A_TIME(t -> t.set(t.baykos, THIRD, "sk", text("last tuesday"))),
    OWN_ROW_BEHIND(t -> t.set(t.baykos, THIRD, "sk", text(FIRST.replace("10:00", "10:30")))),
    OWN_ROW_NAMES_IN_CAPITALS(t -> t.set(t.baykos, THIRD, "user_uuid", capitals(ANDREW.uuid()))),
    OTHERS_ROW_DOUBLED(t -> t.table.row(ANDREW, t.group, SECOND, BAYKO, "hello two")),
    OTHERS_ROW_MISSING(t -> t.edit(t.andrews, THIRD, Map::clear)),
    OTHERS_ROW_WITHOUT_A_TIME(t -> t.set(t.andrews, THIRD, "sk", text("last tuesday"))),
    OTHERS_ROW_AHEAD(t -> t.set(t.andrews, THIRD, "sk", text(THIRD.replace("2026", "2036")))),
    OTHERS_ROW_BEHIND(t -> t.set(t.andrews, THIRD, "sk", text(FIRST.replace("10:00", "10:30")))),
    OTHERS_ROW_WITH_A_TIE_BREAK(
        t -> t.set(t.andrews, THIRD, "sk", text(THIRD.replace("+", "123+")))),
    OTHERS_ROW_NEAR_THE_LIMIT(t -> t.set(t.andrews, THIRD, "blob", text("z".repeat(408_800)))),
    A_THIRD_PARTICIPANT(t -> t.table.row(LONDO, t.group, THIRD, BAYKO, "hello three")),
    AN_EARLIER_NAME(t -> t.set(t.messages, SECOND, "user_handle", text("oldbayko"))),
    ONLY_ROWS(t -> List.of(FIRST, SECOND, THIRD).forEach(at -> t.edit(t.messages, at, Map::clear)));

    // Lambdas that hold nothing; Consumer itself does not say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Consumer<OddTablesTest> making;

    Odd(Consumer<OddTablesTest> making) {
      this.making = making;
    }
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number() {
    return AttributeValue.fromN("42");
  }

  private static AttributeValue capitals(String text) {
    return text(text.toUpperCase(Locale.ROOT));
  }

  private void set(String pk, String sk, String name, AttributeValue value) {
    edit(pk, sk, item -> item.put(name, value));
  }

  /** As another program: under another key afterwards, or gone when nothing is left. */
  private void edit(String pk, String sk, Consumer<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> key = Map.of("pk", text(pk), "sk", text(sk));
    Map<String, AttributeValue> item =
        new HashMap<>(
            MessageTable.client().getItem(r -> r.tableName(table.name()).key(key)).item());
    change.accept(item);
    MessageTable.client().deleteItem(r -> r.tableName(table.name()).key(key));
    if (!item.isEmpty()) {
      table.put(item);
    }
  }

  private void fill(Odd odd) {
    table.message(group, FIRST, ANDREW, "hello one");
    table.message(group, SECOND, BAYKO, "hello two");
    newest = table.message(group, THIRD, BAYKO, "hello three");
    table.row(ANDREW, group, THIRD, BAYKO, "hello three");
    table.row(BAYKO, group, THIRD, ANDREW, "hello three");
    List.of(messages, andrews).forEach(pk -> set(pk, THIRD, "foreign", FOREIGN));
    odd.making.accept(this);
  }

  private long foreign() {
    return table.items().stream().filter(item -> FOREIGN.equals(item.get("foreign"))).count();
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenUserIsNowhereAndTheOtherKeepsTheConversation(Odd odd) {
    fill(odd);
    long kept = foreign();

    Result done = Outcome.done(table.ddb("forget-user", "bayko", "-o", "json"));

    assertThat(table.items().toString())
        .doesNotContainIgnoringCase(BAYKO.uuid())
        .doesNotContain("bayko", "Bayko", "hello two", "hello three", "two hello");
    assertThat(done.json().get("items_that_name_the_user").asInt()).isZero();
    assertThat(table.rows(ANDREW)).isNotEmpty();
    assertThat(table.rows(ANDREW).get(0).get("user_handle")).startsWith("forgotten-");
    assertThat(foreign()).isEqualTo(kept);
    Result again = Outcome.done(table.ddb("forget-user", BAYKO.uuid(), "-o", "json"));
    assertThat(again.json().get("messages_redacted").asInt()).isZero();
  }

  // By the user's own rows the command finds the conversations.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWN_ROW_MISSING")
  void aRenamedUserHasTheOldNameNowhere(Odd odd) {
    fill(odd);
    long kept = foreign();

    Outcome.done(table.ddb("rename-user", "bayko", "--handle", "newt", "--display-name", "Newt"));

    assertThat(table.items().toString()).doesNotContain("bayko", "Bayko");
    assertThat(foreign()).isEqualTo(kept);
    List<JsonNode> users = Outcome.done(table.ddb("list-users", "-o", "json")).items();
    assertThat(users).filteredOn(user -> user.get("uuid").asText().equals(BAYKO.uuid())).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ONLY_ROWS", "OTHERS_ROW_AHEAD"})
  void aModeratedMessageIsInNoList(Odd odd) {
    fill(odd);
    long kept = foreign();

    Outcome.done(table.ddb("redact-message", group, newest));

    assertThat(table.items().toString()).doesNotContain("hello three", "two hello");
    assertThat(foreign()).isGreaterThanOrEqualTo(kept);

    Outcome.done(table.ddb("delete-message", group, newest));

    assertThat(table.rows(ANDREW)).singleElement().extracting("message").isEqualTo("hello two");
    assertThat(table.messages(group)).hasSize(2);
    Outcome.done(table.ddb("delete-conversation", group));
    assertThat(table.items()).isEmpty();
  }
}
