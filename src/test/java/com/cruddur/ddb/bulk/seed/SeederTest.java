package com.cruddur.ddb.bulk.seed;

import static com.cruddur.ddb.bulk.seed.SeedFixture.ANDREW;
import static com.cruddur.ddb.bulk.seed.SeedFixture.BAYKO;
import static com.cruddur.ddb.bulk.seed.SeedFixture.GROUP;
import static com.cruddur.ddb.bulk.seed.SeedFixture.OTHER_GROUP;
import static com.cruddur.ddb.bulk.seed.SeedFixture.USERS_JSON;
import static com.cruddur.ddb.bulk.seed.SeedFixture.WORF;
import static com.cruddur.ddb.bulk.seed.SeedFixture.conversation;
import static com.cruddur.ddb.bulk.seed.SeedFixture.document;
import static com.cruddur.ddb.bulk.seed.SeedFixture.file;
import static com.cruddur.ddb.bulk.seed.SeedFixture.gzip;
import static com.cruddur.ddb.bulk.seed.SeedFixture.message;
import static com.cruddur.ddb.bulk.seed.SeedFixture.stdin;
import static com.cruddur.ddb.bulk.seed.SeedFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedAccount.Counts;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.seed.SeedFixture.KilledException;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ForwardingStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class SeederTest {
  private static final String T0 = "2024-01-05T10:00:00.000000+00:00";
  private static final String T1 = "2024-01-05T10:01:00.000000+00:00";
  private static final String UUID_1 = "11111111-1111-4111-8111-111111111111";
  private static final String UUID_2 = "22222222-2222-4222-8222-222222222222";
  private static final String TRANSCRIPT = "andrewbrown: hi\n\n@bayko: hello\nandrewbrown:  bye\n";
  private static final String TWO_MESSAGES =
      document(
          conversation(
              GROUP,
              "andrewbrown",
              "bayko",
              message("andrewbrown", "one", T0),
              message("bayko", "two", T1)));

  private final SeedFixture fixture = new SeedFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Counts counts(long written, long unchanged, long rejected) {
    return new Counts(written + unchanged + rejected, written, unchanged, rejected);
  }

  private void assertCounts(SeedAccount account, String kind, Counts counts) {
    assertThat(account.kinds().get(kind))
        .as("%s, rejects %s", kind, fixture.rejects)
        .isEqualTo(counts);
    assertThat(account.balanced()).isTrue();
  }

  private void assertTwoMessages() {
    assertThat(fixture.messages(GROUP))
        .containsExactly(T0 + " andrewbrown: one", T1 + " bayko: two");
    assertRowsAt(T1, "two");
  }

  private void assertRowsAt(String time, String text) {
    for (var owner : List.of(ANDREW, BAYKO)) {
      ConversationRow row = fixture.onlyRow(owner, GROUP);
      assertThat(row.lastMessageAt()).isEqualTo(time);
      assertThat(row.message()).isEqualTo(text);
      assertThat(row.other()).isEqualTo(owner.equals(ANDREW) ? BAYKO : ANDREW);
    }
  }

  @Test
  void aJsonDocumentIsLoadedWithRowsAtTheNewestMessage() {
    SeedAccount account = fixture.seed("a.json", TWO_MESSAGES);
    assertTwoMessages();
    assertThat(account.kinds().keySet()).containsExactly("user", "conversation", "message");
    assertThat(fixture.changed).containsExactly("MSG#" + GROUP);
    assertCounts(account, "user", counts(0, 3, 0));
    assertCounts(account, "conversation", counts(1, 0, 0));
    assertCounts(account, "message", counts(2, 0, 0));
  }

  @Test
  void usersMayStandAfterTheConversations() {
    String conversation =
        conversation(
            GROUP,
            "andrewbrown",
            "bayko",
            message("andrewbrown", "one", T0),
            message("bayko", "two", T1));
    String document = "{\"conversations\":[" + conversation + "]," + USERS_JSON + "}";
    fixture.seed("a.json", document);
    assertTwoMessages();
    SeedAccount again = fixture.seed(stdin(document.getBytes(StandardCharsets.UTF_8)));
    assertCounts(again, "user", counts(0, 3, 0));
    assertCounts(again, "message", counts(0, 2, 0));
  }

  @Test
  void messagesMayStandBeforeTheHeadOfTheirConversation() {
    String messages = message("andrewbrown", "one", T0) + "," + message("bayko", "two", T1);
    fixture.seed(
        "a.json",
        "{%s,\"conversations\":[{\"messages\":[%s],\"participants\":[\"bayko\",\"andrewbrown\"],\"message_group_uuid\":\"%s\"}]}"
            .formatted(USERS_JSON, messages, GROUP));
    assertTwoMessages();
  }

  @Test
  void gzipByteOrderMarkAndWindowsLineEndsAreTakenAsTheyCome() {
    String windows = "\uFEFF" + ndjson().replace("\n", "\r\n");
    SeedAccount account = fixture.seed(stdin(gzip(windows)));
    assertTwoMessages();
    assertCounts(account, "message", counts(2, 0, 0));
  }

  private static String ndjson() {
    return typed("user", user(ANDREW))
        + typed("user", user(BAYKO))
        + typed("user", user(WORF))
        + ndjsonConversation(GROUP, "andrewbrown", "bayko")
        + ndjsonMessage(GROUP, message("andrewbrown", "one", T0))
        + ndjsonMessage(GROUP, message(BAYKO.uuid(), "two", T1));
  }

  private static String typed(String type, String json) {
    return json.replaceFirst("\\{", "{\"type\":\"" + type + "\",").replace("\n", "") + "\n";
  }

  private static String ndjsonConversation(String group, String one, String other) {
    return typed("conversation", conversation(group, one, other));
  }

  private static String ndjsonMessage(String group, String message) {
    return typed(
        "message", message.replaceFirst("\\{", "{\"message_group_uuid\":\"" + group + "\","));
  }

  @Test
  void interleavedLinesOfTwoConversationsAreLoaded() {
    StringBuilder lines = new StringBuilder(ndjson());
    lines.append(ndjsonConversation(OTHER_GROUP, "worf", "@andrewbrown"));
    for (int i = 0; i < 1200; i++) {
      String at = Timestamps.format(Instant.parse("2024-02-01T00:00:00Z").plusSeconds(i / 2));
      String group = i % 2 == 0 ? GROUP : OTHER_GROUP;
      lines.append(ndjsonMessage(group, message("andrewbrown", "m" + i, at)));
    }
    SeedAccount account = fixture.seed("a.ndjson", lines.toString());
    assertCounts(account, "message", counts(1202, 0, 0));
    assertCounts(account, "conversation", counts(2, 0, 0));
    assertThat(fixture.texts(OTHER_GROUP)).hasSize(600).endsWith("m1199");
    // Andrew's two rows meet on one microsecond.
    assertThat(fixture.onlyRow(BAYKO, GROUP).message()).isEqualTo("m1198");
    assertThat(fixture.onlyRow(ANDREW, GROUP).message()).isEqualTo("m1198");
    assertThat(fixture.onlyRow(WORF, OTHER_GROUP).message()).isEqualTo("m1199");
  }

  @Test
  void linesMayComeInAnyOrder() {
    List<String> lines = new ArrayList<>(ndjson().lines().toList());
    java.util.Collections.reverse(lines);
    SeedAccount account = fixture.seed("a.ndjson", String.join("\n", lines));
    assertTwoMessages();
    assertCounts(account, "message", counts(2, 0, 0));
    assertCounts(account, "conversation", counts(1, 0, 0));
  }

  @Test
  void usersConversationsAndMessagesMayStandInFilesOfTheirOwn() {
    List<String> lines = ndjson().lines().toList();
    SeedAccount account =
        fixture.seed(
            file("1-messages", String.join("\n", lines.subList(4, 6))),
            file("2-conversations", lines.get(3)),
            file("3-users", String.join("\n", lines.subList(0, 3))));
    assertTwoMessages();
    assertCounts(account, "message", counts(2, 0, 0));
  }

  @Test
  void aBrokenLineIsOneRejectAndTheRestGoesOn() {
    String[] lines = ndjson().split("\n");
    lines[4] = lines[4].substring(0, 40);
    SeedAccount account = fixture.seed("a.ndjson", String.join("\n", lines));
    assertThat(fixture.texts(GROUP)).containsExactly("two");
    assertThat(fixture.rejects)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.file()).isEqualTo("a.ndjson");
              assertThat(r.line()).isEqualTo(5);
              assertThat(r.reason()).startsWith("broken JSON at column ");
            });
    assertCounts(account, "unreadable", counts(0, 0, 1));
  }

  @Test
  void ofABrokenDocumentWhatStandsBeforeTheBreakIsLoaded() {
    int end = TWO_MESSAGES.indexOf("\"two\"");
    SeedAccount account = fixture.seed("a.json", TWO_MESSAGES.substring(0, end));
    assertThat(fixture.texts(GROUP)).containsExactly("one");
    assertThat(fixture.rejects)
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.reason())
                    .matches("broken JSON at line 4, column \\d+: .*nothing after it was read")
                    .doesNotContain("Source"));
    assertCounts(account, "unreadable", counts(0, 0, 1));
  }

  @Test
  void ofATruncatedGzipWhatStandsBeforeTheBreakIsLoaded() {
    byte[] gzip = gzip(ndjson());
    SeedAccount account = fixture.seed(stdin(Arrays.copyOf(gzip, gzip.length - 6)));
    assertTwoMessages();
    assertCounts(account, "unreadable", counts(0, 0, 1));
  }

  @Test
  void ofAGzipCutInTheMiddleEveryWholeLineIsRead() throws IOException {
    String users =
        IntStream.range(0, 9_000)
            .mapToObj(n -> Uuids.derived("user", "" + n))
            .map(
                uuid ->
                    "{\"type\":\"user\",\"uuid\":\"%1$s\",\"display_name\":\"x\",\"handle\":\"u%1$s\"}\n"
                        .formatted(uuid))
            .collect(Collectors.joining());
    byte[] whole = gzip(users);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    long lines = linesBeforeTheBreak(cut);
    SeedAccount account = fixture.seed(stdin(cut));
    assertThat(lines).isGreaterThan(1_000);
    assertCounts(account, "user", counts(0, lines, 0));
    assertThat(fixture.rejects)
        .singleElement()
        .satisfies(r -> assertThat(r.line()).isEqualTo(lines + 1));
  }

  private static long linesBeforeTheBreak(byte[] cut) throws IOException {
    long lines = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(cut))) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        lines += b == '\n' ? 1 : 0;
      }
    } catch (EOFException e) {
      return lines;
    }
    throw new IllegalStateException("it is not cut");
  }

  @Test
  void aUserWhomTheTableCallsOtherwiseIsToldWithWhatRenames() {
    fixture.seed("a.json", TWO_MESSAGES);
    assertThat(fixture.notes).isEmpty();
    String renamed = "{" + USERS_JSON.replace("Andrew Bayko", "A. O'Bayko") + "}";
    String told =
        "user %s is Andrew Bayko (@bayko) in the table and stays so; 'ddb rename-user %s --display-name 'A. O'\\''Bayko'' changes it everywhere"
            .formatted(BAYKO.uuid(), BAYKO.uuid());
    fixture.seed("users.json", renamed);
    assertThat(fixture.notes).containsExactly(told);
    fixture.notes.clear();
    fixture.seed("b.json", TWO_MESSAGES.replace("Andrew Bayko", "A. O'Bayko"));
    assertThat(fixture.notes).containsExactly(told);
    assertRowsAt(T1, "two");
  }

  @Test
  void aRowOfNobodyGivesNobodyANameAndANamelessRowIsCalledSo() {
    fixture.seed("a.json", TWO_MESSAGES);
    User nameless = new User(BAYKO.uuid(), "", "");
    put(new ConversationRow("", GROUP, T1, "two", nameless, Map.of()));
    fixture.seed("b.json", TWO_MESSAGES);
    assertThat(fixture.notes).isEmpty();
    put(new ConversationRow(ANDREW.uuid(), GROUP, T1, "two", nameless, Map.of()));
    fixture.seed("c.json", TWO_MESSAGES);
    assertThat(fixture.notes)
        .singleElement()
        .asString()
        .startsWith("user " + BAYKO.uuid() + " has no name in the table and stays so;");
  }

  private void put(ConversationRow row) {
    fixture.client.putItem(request -> request.tableName(fixture.table).item(Items.item(row)));
  }

  /** Exports of other chats have whole seconds. */
  @Test
  void manyMessagesOfOneMomentAreNotReadAgainForEachThatComes() {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      messages.add(message("bayko", "same moment " + i, i % 1_000 == 999 ? T1 : T0));
    }
    String document =
        document(conversation(GROUP, "andrewbrown", "bayko", messages.toArray(String[]::new)));
    AtomicInteger queries = new AtomicInteger();
    SeedAccount account =
        fixture.seed(fixture.counting(queries), fixture.store, file("a.json", document));
    assertCounts(account, "message", counts(4_000, 0, 0));
    assertThat(fixture.messages(GROUP)).hasSize(4_000).doesNotHaveDuplicates();
    assertThat(queries).hasValueLessThan(8);
    SeedAccount again = fixture.seed("a.json", document);
    assertCounts(again, "message", counts(0, 4_000, 0));
  }

  @Test
  void theIndexOfATableThatWasEmptyIsNotAskedForConversationsWithoutMessages() {
    List<String> asked = new CopyOnWriteArrayList<>();
    ConversationStore store =
        new ForwardingStore(fixture.store) {
          @Override
          public List<ConversationRow> indexedRows(String groupUuid) {
            asked.add(groupUuid);
            return super.indexedRows(groupUuid);
          }
        };
    String one = conversation(GROUP, "andrewbrown", "bayko", message("bayko", "Hello", T0));
    fixture.seed(fixture.client, store, file("a.json", document(one)));
    assertThat(asked).isEmpty();

    String more = conversation(OTHER_GROUP, "andrewbrown", "worf", message("worf", "Hello", T0));
    fixture.seed(fixture.client, store, file("b.json", document(one, more)));
    assertThat(asked).contains(GROUP, OTHER_GROUP);
  }

  @Test
  void loadingTwiceChangesNothing() {
    String document =
        document(
            conversation(
                GROUP,
                "andrewbrown",
                "bayko",
                message("andrewbrown", "one", T0),
                message("bayko", "two", T0),
                message("bayko", "three", T0)),
            conversation(
                OTHER_GROUP,
                "worf",
                "bayko",
                message("worf", "x", "2024-01-05T10:00:00Z", UUID_1)));
    fixture.seed("a.json", document);
    Map<String, Map<String, AttributeValue>> before = fixture.everything();
    SeedAccount again = fixture.seed("a.json", document);
    assertThat(fixture.everything()).isEqualTo(before).hasSize(4 + 4);
    assertCounts(again, "conversation", counts(0, 2, 0));
    assertCounts(again, "message", counts(0, 4, 0));
    assertThat(fixture.rejects).isEmpty();
  }

  @Test
  void aTranscriptEndsAtTheGivenMomentOneMinuteApart() {
    SeedAccount account =
        fixture.seed(
            file("users.json", "[" + user(ANDREW) + "," + user(BAYKO) + "]"),
            file("t.txt", TRANSCRIPT));
    String group = groupOf(ANDREW.uuid());
    assertThat(fixture.messages(group))
        .containsExactly(
            "2024-03-01T11:58:00.000000+00:00 andrewbrown: hi",
            "2024-03-01T11:59:00.000000+00:00 bayko: hello",
            "2024-03-01T12:00:00.000000+00:00 andrewbrown: bye");
    assertCounts(account, "message", counts(3, 0, 0));
    assertCounts(account, "conversation", counts(1, 0, 0));
  }

  private String groupOf(String userUuid) {
    return fixture.everything().values().stream()
        .filter(item -> item.get("pk").s().equals("GRP#" + userUuid))
        .map(item -> item.get("message_group_uuid").s())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTranscriptLoadedAgainAtAnotherHourChangesNothing() {
    SeedInput users = file("users.json", "{" + USERS_JSON + "}");
    fixture.seed(file("t.txt", TRANSCRIPT), users);
    Map<String, Map<String, AttributeValue>> before = fixture.everything();
    fixture.until = SeedFixture.UNTIL.plus(Duration.ofDays(3));
    SeedAccount again = fixture.seed(users, stdin(TRANSCRIPT.getBytes(StandardCharsets.UTF_8)));
    assertThat(fixture.everything()).isEqualTo(before);
    assertCounts(again, "message", counts(0, 3, 0));
    assertCounts(again, "conversation", counts(0, 1, 0));
  }

  @Test
  void aTranscriptEndingNowIsPutOneByOneAndLoadedAgainChangesNothing() {
    SeedInput users = file("users.json", "{" + USERS_JSON + "}");
    fixture.until = Instant.now();
    fixture.seed(users, file("t.txt", TRANSCRIPT));
    fixture.until = Instant.now().plusSeconds(90);
    SeedAccount again = fixture.seed(users, file("t.txt", TRANSCRIPT));
    assertCounts(again, "message", counts(0, 3, 0));
    assertThat(fixture.everything()).hasSize(5);
  }

  @Test
  void anEndThatATranscriptDoesNotTakeIsTold() {
    SeedInput users = file("users.json", "{" + USERS_JSON + "}");
    fixture.asked = true;
    fixture.seed(users, file("t.txt", TRANSCRIPT));
    assertThat(fixture.notes).isEmpty();
    fixture.until = fixture.until.plusSeconds(60);
    fixture.seed(users, file("t.txt", TRANSCRIPT));
    assertThat(fixture.notes)
        .singleElement(STRING)
        .startsWith("t.txt is loaded already and keeps its times")
        .endsWith("--until changes nothing");
    fixture.notes.clear();
    fixture.seed(users);
    assertThat(fixture.notes).containsExactly("--until dates transcripts; none is among the input");
  }

  @Test
  void linesOfATranscriptThatAreNoneAreRejectedByNumber() {
    SeedAccount account =
        fixture.seed(
            file("users.json", "{" + USERS_JSON + "}"),
            file("t.txt", "andrewbrown: hi\nno colon here\nnobody: hm\nbayko:\nbayko: yes\n"));
    assertThat(fixture.rejects)
        .containsExactly(
            new Reject("t.txt", 2, "the line is not 'handle: text'", "no colon here"),
            new Reject("t.txt", 3, "user 'nobody' is unknown", "nobody: hm"),
            new Reject("t.txt", 4, "the message is empty", "bayko:"));
    assertCounts(account, "message", counts(2, 0, 3));
  }

  @Test
  void aTranscriptOfThreeIsRejectedWithAllItsMessages() {
    SeedAccount account =
        fixture.seed(
            file("users.json", "{" + USERS_JSON + "}"),
            file("t.txt", "andrewbrown: a\nbayko: b\nworf: c\n"));
    assertCounts(account, "conversation", counts(0, 0, 1));
    assertCounts(account, "message", counts(0, 0, 3));
    assertThat(fixture.everything()).isEmpty();
  }

  @Test
  void anotherMessageOnATakenKeyIsWrittenOneMicrosecondLater() {
    fixture.seed("a.json", TWO_MESSAGES);
    String more =
        document(
            conversation(
                GROUP,
                "andrewbrown",
                "bayko",
                message("bayko", "me too", T0),
                message("bayko", "and me", T0)));
    fixture.seed("b.json", more);
    List<String> after =
        List.of(
            T0 + " andrewbrown: one",
            "2024-01-05T10:00:00.000001+00:00 bayko: me too",
            "2024-01-05T10:00:00.000002+00:00 bayko: and me",
            T1 + " bayko: two");
    assertThat(fixture.messages(GROUP)).isEqualTo(after);
    assertCounts(fixture.seed("b.json", more), "message", counts(0, 2, 0));
    assertCounts(fixture.seed("a.json", TWO_MESSAGES), "message", counts(0, 2, 0));
    assertThat(fixture.messages(GROUP)).isEqualTo(after);
  }

  @Test
  void aThousandMessagesOfOneMomentFindThousandMicroseconds() {
    String[] messages =
        IntStream.range(0, 1300)
            .mapToObj(i -> message("bayko", "m" + i, T0))
            .toArray(String[]::new);
    String document = document(conversation(GROUP, "andrewbrown", "bayko", messages));
    assertCounts(fixture.seed("a.json", document), "message", counts(1300, 0, 0));
    assertCounts(fixture.seed("a.json", document), "message", counts(0, 1300, 0));
    assertThat(fixture.texts(GROUP)).hasSize(1300);
    assertRowsAt("2024-01-05T10:00:00.001299+00:00", "m1299");
  }

  @Test
  void oneUuidWithTwoTextsIsRejected() {
    SeedAccount account =
        fixture.seed(
            "a.json",
            document(
                conversation(
                    GROUP,
                    "andrewbrown",
                    "bayko",
                    message("bayko", "a", T0, UUID_1),
                    message("bayko", "a", T0, UUID_1),
                    message("bayko", "b", T0, UUID_1),
                    message("bayko", "b", T1, UUID_2))));
    assertCounts(account, "message", counts(2, 1, 1));
    assertThat(fixture.rejects)
        .singleElement()
        .satisfies(
            r ->
                assertThat(r.reason())
                    .isEqualTo("message " + UUID_1 + " already exists with different text"));
    assertThat(fixture.texts(GROUP)).containsExactly("a", "b");
    assertCounts(
        fixture.seed(
            "b.json",
            document(
                conversation(GROUP, "bayko", "andrewbrown", message("bayko", "c", T1, UUID_2)))),
        "message",
        counts(0, 0, 1));
    assertThat(fixture.texts(GROUP)).containsExactly("a", "b");
  }

  @Test
  void whatIsWrongWithAMessageIsSaid() {
    String long1025 = "x".repeat(1025);
    SeedAccount account =
        fixture.seed(
            "a.json",
            document(
                conversation(
                    GROUP,
                    "andrewbrown",
                    "bayko",
                    message("bayko", "fine", T0),
                    message("worf", "x", T0),
                    message("q", "x", T0),
                    message("bayko", long1025, T0),
                    message("bayko", "  ", T0),
                    message("bayko", "\\ud800", T0),
                    message("bayko", "x", "yesterday"),
                    message("bayko", "x", T0, "no-uuid"),
                    "{\"from\":\"bayko\",\"message\":\"x\"}",
                    "{\"from\":\"bayko\",\"message\":7,\"created_at\":\"" + T0 + "\"}",
                    "7")));
    assertThat(fixture.rejects)
        .extracting(Reject::reason)
        .containsExactly(
            "sender 'worf' takes no part in the conversation",
            "sender 'q' is unknown",
            "the message has 1025 characters, the limit is 1,024",
            "the message is empty",
            "the message holds half of a surrogate pair",
            "created_at 'yesterday' is not a valid time",
            "message_uuid 'no-uuid' is not a uuid",
            "created_at is missing",
            "message is not a string",
            "it is not a JSON object");
    assertThat(fixture.rejects.get(0).line()).isEqualTo(4);
    assertCounts(account, "message", counts(1, 0, 10));
    assertThat(fixture.texts(GROUP)).containsExactly("fine");
  }

  @Test
  void aMessageOf1024CodePointsBeyondTheFirstPlaneIsLoaded() {
    String text = "\uD83D\uDE00".repeat(1024);
    fixture.seed(
        "a.json",
        document(conversation(GROUP, "andrewbrown", "bayko", message("bayko", text, T0))));
    assertThat(fixture.texts(GROUP)).containsExactly(text);
  }

  @Test
  void aConversationWithoutTwoKnownUsersIsRejectedWithItsMessages() {
    SeedAccount account =
        fixture.seed(
            "a.json",
            document(
                conversation(GROUP, "andrewbrown", "nobody", message("andrewbrown", "a", T0)),
                conversation(GROUP, "andrewbrown", "@andrewbrown", message("andrewbrown", "a", T0)),
                conversation("x", "andrewbrown", "bayko", message("andrewbrown", "a", T0)),
                conversation(OTHER_GROUP, "andrewbrown", "bayko")));
    assertThat(fixture.rejects)
        .extracting(Reject::reason)
        .containsExactly(
            "participant 'nobody' is unknown",
            "/conversations/0/messages/0: its conversation (line 3) was rejected: participant"
                + " 'nobody' is unknown",
            "a conversation has two different participants, not [andrewbrown, @andrewbrown]",
            "/conversations/1/messages/0: its conversation (line 4) was rejected: a conversation"
                + " has two different participants, not [andrewbrown, @andrewbrown]",
            "message_group_uuid 'x' is not a uuid",
            "/conversations/2/messages/0: its conversation (line 5) was rejected:"
                + " message_group_uuid 'x' is not a uuid",
            "it has no message that was accepted, and no rows in the table");
    assertCounts(account, "conversation", counts(0, 0, 4));
    assertCounts(account, "message", counts(0, 0, 3));
    assertThat(fixture.everything()).isEmpty();
  }

  @Test
  void usersThatContradictEachOtherAreRejected() {
    SeedAccount account =
        fixture.seed(
            "users.ndjson",
            typed("user", user(ANDREW))
                + typed("user", user(ANDREW))
                + typed("user", user(ANDREW).replace("andrewbrown", "andy"))
                + typed("user", user(BAYKO).replace("\"bayko\"", "\"andrewbrown\""))
                + typed("user", "{\"uuid\":\"7\",\"handle\":\"x\"}")
                + typed("user", "{\"uuid\":\"" + UUID_1 + "\"}"));
    assertCounts(account, "user", counts(0, 2, 4));
  }

  @Test
  void lateMessagesOfAConversationThatStandsInTheTableNeedNoRecord() {
    fixture.seed("a.json", TWO_MESSAGES);
    SeedAccount account =
        fixture.seed(
            "more.ndjson",
            ndjsonMessage(GROUP, message("bayko", "three", "2024-01-05T10:02:00Z"))
                + ndjsonMessage(OTHER_GROUP, message("bayko", "lost", T0))
                + ndjsonMessage("x", message("bayko", "lost", T0)));
    assertCounts(account, "message", counts(1, 0, 2));
    assertCounts(account, "conversation", counts(0, 0, 0));
    assertThat(fixture.rejects)
        .extracting(Reject::reason)
        .containsExactly(
            "message_group_uuid 'x' is not a uuid",
            "conversation " + OTHER_GROUP + " is neither in the input nor in the table");
    assertRowsAt("2024-01-05T10:02:00.000000+00:00", "three");
  }

  @Test
  void rowsOfALiveTableThatAreAheadStay() {
    fixture.seed("a.json", TWO_MESSAGES);
    String later = "2024-05-05T10:00:00.000000+00:00";
    fixture.store.putMessage(new Message(GROUP, later, UUID_1, "live", ANDREW));
    new Reconciler(fixture.store, attempt -> {}).reconcile(GROUP);
    SeedAccount account =
        fixture.seed(
            "b.json",
            document(
                conversation(
                    GROUP,
                    "andrewbrown",
                    "bayko",
                    message("bayko", "old", "2024-01-01T00:00:00Z"))));
    assertRowsAt(later, "live");
    assertCounts(account, "conversation", counts(0, 1, 0));
    assertCounts(account, "message", counts(1, 0, 0));
    assertThat(fixture.texts(GROUP)).containsExactly("old", "one", "two", "live");
  }

  @Test
  void aConversationThatStandsWithOtherParticipantsIsRejected() {
    fixture.seed("a.json", TWO_MESSAGES);
    Map<String, Map<String, AttributeValue>> before = fixture.everything();
    SeedAccount account =
        fixture.seed(
            "b.json",
            document(conversation(GROUP, "andrewbrown", "worf", message("worf", "mine", T0))));
    assertThat(fixture.everything()).isEqualTo(before);
    assertCounts(account, "conversation", counts(0, 0, 1));
    assertCounts(account, "message", counts(0, 0, 1));
    assertThat(fixture.rejects.get(0).reason())
        .contains("is in the table with another participant");
  }

  @Test
  void twoRecordsOfOneConversationAreLoadedAsOne() {
    SeedAccount account =
        fixture.seed(
            "a.json",
            document(
                conversation(GROUP, "andrewbrown", "bayko", message("andrewbrown", "one", T0)),
                conversation(GROUP, "bayko", "andrewbrown", message("bayko", "two", T1)),
                conversation(GROUP, "bayko", "worf", message("bayko", "no", T1))));
    assertTwoMessages();
    assertCounts(account, "conversation", counts(1, 1, 1));
    assertCounts(account, "message", counts(2, 0, 1));
  }

  @Test
  void twoConversationsOfAUserMeetOnOneMicrosecond() {
    String document =
        document(
            conversation(GROUP, "andrewbrown", "bayko", message("bayko", "a", T0)),
            conversation(OTHER_GROUP, "andrewbrown", "worf", message("worf", "b", T0)));
    fixture.seed("a.json", document);
    assertThat(fixture.onlyRow(ANDREW, GROUP).message()).isEqualTo("a");
    assertThat(fixture.onlyRow(ANDREW, OTHER_GROUP).message()).isEqualTo("b");
    assertThat(fixture.everything()).hasSize(6);
    SeedAccount again = fixture.seed("a.json", document);
    assertCounts(again, "conversation", counts(0, 2, 0));
    assertThat(fixture.everything()).hasSize(6);
  }

  @Test
  void keysInAnotherFormAreNotTakenTwice() {
    fixture.seed("a.json", TWO_MESSAGES);
    fixture.store.putMessage(new Message(GROUP, "2024-01-05T10:00:30", UUID_1, "theirs", ANDREW));
    String more =
        document(
            conversation(
                GROUP,
                "andrewbrown",
                "bayko",
                message("andrewbrown", "theirs", "2024-01-05T10:00:30Z", UUID_1),
                message("bayko", "ours", "2024-01-05T10:00:30Z")));
    assertCounts(fixture.seed("b.json", more), "message", counts(1, 1, 0));
    assertThat(fixture.messages(GROUP)).contains("2024-01-05T10:00:30.000001+00:00 bayko: ours");
  }

  @Test
  void aRunThatIsKilledAtAnyWriteIsMendedByTheNext() {
    List<String> conversations = new ArrayList<>();
    for (String group : List.of(GROUP, OTHER_GROUP)) {
      String[] messages =
          IntStream.range(0, 60)
              .mapToObj(
                  i ->
                      message(
                          "andrewbrown",
                          group.charAt(0) + "m" + i,
                          "2024-01-05T10:%02d:00Z".formatted(i / 2)))
              .toArray(String[]::new);
      conversations.add(
          conversation(group, "andrewbrown", group.equals(GROUP) ? "bayko" : "worf", messages));
    }
    String document = document(conversations.toArray(String[]::new));
    fixture.seed("a.json", document);
    List<List<String>> whole = List.of(fixture.texts(GROUP), fixture.texts(OTHER_GROUP));
    for (int write = 1; write <= 12; write++) {
      try (SeedFixture killed = new SeedFixture()) {
        DynamoDbClient dying = killed.dyingAtWrite(write);
        if (write < 10) {
          assertThatThrownBy(
                  () ->
                      killed.seed(
                          dying,
                          new DynamoDbConversationStore(dying, killed.table),
                          file("a.json", document)))
              .isInstanceOf(KilledException.class);
        }
        SeedAccount account = killed.seed("a.json", document);
        assertThat(account.balanced()).isTrue();
        assertThat(account.rejected()).isZero();
        assertThat(List.of(killed.texts(GROUP), killed.texts(OTHER_GROUP))).isEqualTo(whole);
        assertThat(killed.everything()).hasSize(120 + 4);
        assertThat(killed.onlyRow(BAYKO, GROUP).message()).isEqualTo("5m59");
        assertThat(killed.onlyRow(ANDREW, OTHER_GROUP).message()).isEqualTo("8m59");
      }
    }
  }

  @Test
  void theAccountOfRandomInputsIsAlwaysBalancedAndTrue() {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder();
      int count = 200;
      for (int i = 0; i < count; i++) {
        lines.append(randomLine(random));
      }
      SeedAccount account = fixture.seed("random.ndjson", lines.toString());
      assertThat(account.balanced()).as("seed %d: %s", seed, account).isTrue();
      long read = account.kinds().values().stream().mapToLong(Counts::read).sum();
      assertThat(read).isEqualTo(count);
      assertThat(account.rejected()).isEqualTo(fixture.rejects.size());
      Map<String, Map<String, AttributeValue>> before = fixture.everything();
      fixture.rejects.clear();
      SeedAccount again = fixture.seed("random.ndjson", lines.toString());
      assertThat(fixture.everything()).as("seed %d", seed).isEqualTo(before);
      assertThat(again.kinds().get("message").written()).isZero();
      fixture.rejects.clear();
    }
  }

  private static String randomLine(Random random) {
    String group = random.nextBoolean() ? GROUP : random.nextBoolean() ? OTHER_GROUP : UUID_1;
    String from = List.of("andrewbrown", "bayko", "worf", "q").get(random.nextInt(4));
    String at = "2024-01-05T10:00:0" + random.nextInt(4) + "Z";
    String text = "t" + random.nextInt(5);
    return switch (random.nextInt(10)) {
      case 0 -> typed("user", user(List.of(ANDREW, BAYKO, WORF).get(random.nextInt(3))));
      case 1 -> ndjsonConversation(group, from, "bayko");
      case 2 ->
          ndjsonMessage(group, message(from, text, at)).substring(random.nextInt(1, 60)).strip()
              + "\n";
      case 3 ->
          ndjsonMessage(group, message(from, text, at, random.nextBoolean() ? UUID_1 : UUID_2));
      default -> ndjsonMessage(group, message(from, text, at));
    };
  }
}
