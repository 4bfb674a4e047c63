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
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SendMessageCommandTest {
  private static final Instant NOW = Instant.parse("2026-03-19T23:59:59.123456Z");
  private static final String AT = "2026-03-19T23:59:59.%06d+00:00";
  private final MessageTable table = MessageTable.create();
  private String group;

  @BeforeEach
  void twoConversationsOfWhichTheFirstIsOlder() {
    group = table.conversation("2026-03-19T10:00:00.000000+00:00", "the first");
    table.conversation("2026-03-19T11:00:00.000000+00:00", "another");
  }

  @Test
  void storesTheMessageAndMovesBothRowsToTheTopOfTheLists() {
    Result result = Outcome.done(send("hello", "--from", "bayko", "-o", "json"));
    JsonNode sent = result.json();
    assertThat(sent.fieldNames())
        .toIterable()
        .containsExactly(
            "message_group_uuid",
            "uuid",
            "user_uuid",
            "display_name",
            "handle",
            "message",
            "created_at");
    assertThat(sent.get("message_group_uuid").asText()).isEqualTo(group);
    assertThat(sent.get("created_at").asText()).isEqualTo(AT.formatted(123456));

    Map<String, String> stored = table.messages(group).get(1);
    assertThat(stored)
        .containsOnly(
            Map.entry("pk", "MSG#" + group),
            Map.entry("sk", AT.formatted(123456)),
            Map.entry("message_uuid", sent.get("uuid").asText()),
            Map.entry("message", "hello"),
            Map.entry("user_uuid", BAYKO.uuid()),
            Map.entry("user_display_name", "Andrew Bayko"),
            Map.entry("user_handle", "bayko"));
    table.assertTrue(group, ANDREW, BAYKO);
    for (String user : List.of("andrewbrown", "bayko")) {
      JsonNode top = table.ddb("list-conversations", user, "-o", "json").items().get(0);
      assertThat(top.get("uuid").asText()).isEqualTo(group);
      assertThat(top.get("last_message").asText()).isEqualTo("hello");
      assertThat(top.get("last_message_at").asText()).isEqualTo(AT.formatted(123456));
    }
    Map<String, String> row = table.rows(BAYKO).get(1);
    assertThat(row.get("user_uuid")).isEqualTo(ANDREW.uuid());
    assertThat(row.get("user_handle")).isEqualTo("andrewbrown");
  }

  @Test
  void printsTheMessageInEveryFormat() {
    for (String format : List.of("table", "json", "ndjson", "csv")) {
      Result result = Outcome.done(send("hello " + format, "--from", "bayko", "-o", format));
      assertThat(result.out()).contains("hello " + format, group);
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void addsNothingWhenTheSameMessageUuidIsSentAgain() {
    String uuid = MessageTable.uuid();
    Result first =
        Outcome.done(send("hi", "--from", "bayko", "--message-uuid", uuid, "-o", "json"));
    DdbRunner later = table.runner().clock(() -> NOW.plusSeconds(60));
    Result again =
        Outcome.done(
            later.execute(
                "send-message",
                group,
                "hi",
                "--from",
                "bayko",
                "--message-uuid",
                uuid,
                "-o",
                "json"));
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.err()).contains(uuid + " was sent before");
    assertThat(table.messages(group)).hasSize(2);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void refusesAnotherTextUnderAMessageUuidThatIsTaken() {
    String uuid = MessageTable.uuid();
    Outcome.done(send("hi", "--from", "bayko", "--message-uuid", uuid));

    Result other =
        Outcome.failed(
            1, send("other", "--from", "bayko", "--message-uuid", uuid.toUpperCase(Locale.ROOT)));

    assertThat(other.err()).contains("already exists with different text");
    assertThat(table.messages(group)).hasSize(2);
  }

  @Test
  void takesUuidsInCapitalsAndWritesThemInLowerCase() {
    String uuid = MessageTable.uuid().toUpperCase(Locale.ROOT);

    Result sent =
        Outcome.done(
            table.ddb(
                "send-message",
                group.toUpperCase(Locale.ROOT),
                "hi",
                "--from",
                BAYKO.uuid().toUpperCase(Locale.ROOT),
                "--message-uuid",
                uuid,
                "-o",
                "json"));

    assertThat(sent.json().get("uuid").asText()).isEqualTo(uuid.toLowerCase(Locale.ROOT));
    assertThat(table.messages(group)).hasSize(2);
  }

  @Test
  void looksForAMessageUuidInOneRequestHoweverLongTheConversation() {
    for (int i = 0; i < 600; i++) {
      table.message(group, "2026-03-19T09:00:00.%06d+00:00".formatted(i), BAYKO, "earlier");
    }
    Result sent =
        Outcome.done(
            send(
                "hi", "--from", "bayko", "--message-uuid", MessageTable.uuid(), "--show-capacity"));
    Matcher rcu = Pattern.compile("capacity: ([0-9.]+) RCU").matcher(sent.err());
    assertThat(rcu.find()).as(sent.err()).isTrue();
    assertThat(Double.parseDouble(rcu.group(1))).isLessThan(45);
  }

  @Test
  void mendsTheRowsWhenTheFirstSendDiedBeforeIt() {
    table.message(group, AT.formatted(0), BAYKO, "its sender was killed");
    String uuid = table.messages(group).get(1).get("message_uuid");
    Outcome.done(send("its sender was killed", "--from", "bayko", "--message-uuid", uuid));
    assertThat(table.messages(group)).hasSize(2);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void readsStandardInput() {
    DdbRunner ddb = runner().stdin("  line one\nline two \u00e4\ud83d\ude00\n");
    Outcome.done(ddb.execute("send-message", group, "-", "--from", "bayko"));
    assertThat(table.messages(group).get(1).get("message"))
        .isEqualTo("line one\nline two \u00e4\ud83d\ude00");
  }

  @Test
  void sendsATextThatLooksLikeAFileOfArgumentsAsItIs() {
    Outcome.done(send("@pom.xml", "--from", "bayko"));
    assertThat(table.messages(group).get(1).get("message")).isEqualTo("@pom.xml");
    Outcome.failed(3, send("hi", "--from", "@pom.xml"));
    Outcome.failed(2, DdbRunner.run("@pom.xml"));
  }

  @Test
  void refusesStandardInputThatIsNoTextOrTooMuch() {
    DdbRunner latin = runner().stdin(new byte[] {'a', (byte) 0xe4, 'b'});
    Result result = latin.execute("send-message", group, "-", "--from", "bayko");
    assertThat(Outcome.failed(2, result).err()).contains("not UTF-8", "'iconv -f latin1 ");
    for (String encoding : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      DdbRunner other = runner().stdin("plain text".getBytes(Charset.forName(encoding)));
      assertThat(
              Outcome.failed(2, other.execute("send-message", group, "-", "--from", "bayko")).err())
          .contains("not UTF-8", "'iconv -f " + encoding + " -t utf-8 FILE'");
    }
    DdbRunner marked = runner().stdin("Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_16));
    assertThat(
            Outcome.failed(2, marked.execute("send-message", group, "-", "--from", "bayko")).err())
        .contains("'iconv -f UTF-16 -t utf-8 FILE'");
    DdbRunner huge = runner().stdin("x".repeat(3_000_000));
    Outcome.failed(2, huge.execute("send-message", group, "-", "--from", "bayko"));
    DdbRunner empty = runner().stdin("");
    Outcome.failed(2, empty.execute("send-message", group, "-", "--from", "bayko"));
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void takesTextsOfUpTo1024CodePoints() {
    List<String> texts = new ArrayList<>();
    for (String letter : List.of("x", "\u6f22", "\ud83d\ude00")) {
      texts.add(0, letter);
      texts.add(0, letter.repeat(1024));
    }
    for (int i = texts.size() - 1; i >= 0; i--) {
      Outcome.done(send(" " + texts.get(i) + "\n", "--from", "bayko"));
    }
    assertThat(table.ddb("get-conversation", group, "-o", "json").items())
        .extracting(item -> item.get("message").asText())
        .startsWith(texts.toArray(new String[0]));
  }

  @Test
  void refusesTextsThatAreEmptyBlankTooLongOrHalfACharacter() {
    List<String> bad =
        List.of(
            "",
            " ",
            "\n\t \u2003",
            "x".repeat(1025),
            "\ud83d\ude00".repeat(1025),
            "a\ud83d",
            "\ude00b");
    for (String text : bad) {
      Result result = Outcome.failed(2, send(text, "--from", "bayko"));
      assertThat(result.err()).contains("the message ", "  hint: ");
    }
    assertThat(table.messages(group)).hasSize(1);
    assertThat(table.rows(BAYKO)).hasSize(2);
  }

  @Test
  void takesTheSenderByHandleAtHandleOrUuid() {
    for (String from : List.of("bayko", "@bayko", BAYKO.uuid())) {
      JsonNode sent = Outcome.done(send("hi", "--from", from, "-o", "json")).json();
      assertThat(sent.get("user_uuid").asText()).isEqualTo(BAYKO.uuid());
      assertThat(sent.get("display_name").asText()).isEqualTo("Andrew Bayko");
      assertThat(sent.get("handle").asText()).isEqualTo("bayko");
    }
  }

  @Test
  void findsAParticipantWhomNoUsersFileNames() {
    Outcome.done(send("hi", "--from", "bayko", "--users", "/does/not/exist"));
    assertThat(table.messages(group)).hasSize(2);
  }

  @Test
  void refusesASenderWhoIsUnknown() {
    Result result = Outcome.failed(3, send("hi", "--from", "nobody"));
    assertThat(result.err()).contains("user 'nobody' is neither");
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void refusesASenderWhoTakesNoPart() {
    for (String from : List.of("londo", LONDO.uuid(), MessageTable.uuid())) {
      Result result = Outcome.failed(1, send("hi", "--from", from));
      assertThat(result.err()).contains("takes no part in conversation " + group);
    }
    assertThat(table.messages(group)).hasSize(1);
    assertThat(table.rows(LONDO)).isEmpty();
  }

  @Test
  void saysThatTheConversationDoesNotExist() {
    String other = MessageTable.uuid();
    Result result =
        Outcome.failed(3, table.ddb("send-message", other, "hi", "--from", "andrewbrown"));
    assertThat(result.err()).contains("conversation " + other + " does not exist");
    assertThat(table.messages(other)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5ae290ed-55d1-47a0-bc6d-fe2bc270039", "MSG#5ae290ed"})
  void refusesWhatIsNoUuid(String bad) {
    Outcome.failed(2, table.ddb("send-message", bad, "hi", "--from", "bayko"));
    Outcome.failed(2, send("hi", "--from", "bayko", "--message-uuid", bad));
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void writesOneMicrosecondLaterWhenTheKeyIsTaken() {
    for (int i = 0; i < 5; i++) {
      JsonNode sent = Outcome.done(send("m" + i, "--from", "bayko", "-o", "json")).json();
      assertThat(sent.get("created_at").asText()).isEqualTo(AT.formatted(123456 + i));
    }
    assertThat(table.messages(group)).extracting(m -> m.get("message")).contains("m0", "m4");
    table.assertTrue(group, ANDREW, BAYKO);
  }

  @Test
  void leavesOneRowEachWhenTwoConversationsMeetOnOneMicrosecond() {
    String other = table.conversation("2026-03-19T09:00:00.000000+00:00", "a third");
    Outcome.done(send("here", "--from", "bayko"));
    Outcome.done(runner().execute("send-message", other, "there", "--from", "bayko"));
    List<JsonNode> rows = table.ddb("list-conversations", "bayko", "-o", "json").items();
    assertThat(rows).hasSize(3);
    assertThat(rows)
        .extracting(row -> row.get("last_message").asText())
        .containsExactlyInAnyOrder("here", "there", "another");
    assertThat(rows.get(0).get("last_message_at")).isEqualTo(rows.get(1).get("last_message_at"));
  }

  @Test
  void movesRowsOfOtherProgramsAndKeepsWhatTheyAdded() {
    String old = MessageTable.uuid();
    table.message(old, "2023-05-01T10:00:00+02:00", ANDREW, "from afar");
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("pk", AttributeValue.fromS("GRP#" + ANDREW.uuid()));
    row.put("sk", AttributeValue.fromS("2023-05-01T10:00:00+02:00"));
    row.put("message_group_uuid", AttributeValue.fromS(old));
    row.put("message", AttributeValue.fromS("from afar"));
    row.put("user_uuid", AttributeValue.fromS(BAYKO.uuid()));
    row.put("user_display_name", AttributeValue.fromS("Andrew Bayko"));
    row.put("user_handle", AttributeValue.fromS("bayko"));
    row.put("unread", AttributeValue.fromN("3"));
    table.put(row);
    table.row(BAYKO, old, "2023-05-01T10:00:00+02:00", ANDREW, "from afar");
    Outcome.done(runner().execute("send-message", old, "news", "--from", "andrewbrown"));
    table.assertTrue(old, ANDREW, BAYKO);
    assertThat(table.items())
        .filteredOn(item -> item.containsKey("unread"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.get("unread").n()).isEqualTo("3");
              assertThat(item.get("message").s()).isEqualTo("news");
            });
  }

  @Test
  void needsAConversationATextAndASender() {
    assertThat(Outcome.failed(2, table.ddb("send-message")).err()).contains("CONVERSATION", "TEXT");
    assertThat(Outcome.failed(2, table.ddb("send-message", group, "--from", "bayko")).err())
        .contains("TEXT");
    assertThat(Outcome.failed(2, send("hi")).err()).contains("--from");
    Outcome.failed(2, send("hi", "there", "--from", "bayko"));
    assertThat(table.messages(group)).hasSize(1);
  }

  @Test
  void saysThatTheTableIsMissing() {
    Result result = MessageTable.absent().ddb("send-message", group, "hi", "--from", "andrewbrown");
    assertThat(Outcome.failed(3, result).err()).contains("schema-load");
  }

  private DdbRunner runner() {
    return table.runner().clock(() -> NOW);
  }

  private Result send(String text, String... options) {
    List<String> args = new ArrayList<>(List.of("send-message", group, text));
    args.addAll(List.of(options));
    return runner().execute(args.toArray(new String[0]));
  }
}
