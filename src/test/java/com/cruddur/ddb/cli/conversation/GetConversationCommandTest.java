package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetConversationCommandTest {
  private static final String AT = "2026-03-19T10:00:%02d.000000+00:00";
  private final MessageTable table = MessageTable.create();
  private final String group = MessageTable.uuid();

  @Test
  void printsTheFieldsOfTheSqlInEveryFormat() {
    String uuid = table.message(group, "2026-03-19T10:00:00.000000+00:00", ANDREW, "hi, \"you\"");
    String expected =
        "{\"uuid\":\"%s\",\"user_uuid\":\"%s\",\"display_name\":\"Andrew Brown\","
            + "\"handle\":\"andrewbrown\",\"message\":\"hi, \\\"you\\\"\","
            + "\"created_at\":\"2026-03-19T10:00:00.000000+00:00\"}";
    expected = expected.formatted(uuid, ANDREW.uuid());
    Result json = Outcome.done(get("-o", "json"));
    assertThat(json.items()).hasSize(1);
    assertThat(json.items().get(0)).hasToString(expected);
    assertThat(json.json().get("next_token").isNull()).isTrue();
    assertThat(get("-o", "ndjson").out()).isEqualTo(expected + "\n");
    assertThat(get("-o", "csv").out())
        .isEqualTo(
            "uuid,user_uuid,display_name,handle,message,created_at\n"
                + uuid
                + ","
                + ANDREW.uuid()
                + ",Andrew Brown,andrewbrown,\"hi, \"\"you\"\"\",2026-03-19T10:00:00.000000+00:00\n");
    List<String> text = get().out().lines().toList();
    assertThat(text.get(0).split(" +")).containsExactly("created_at", "handle", "uuid", "message");
    assertThat(text.get(2)).contains("andrewbrown", "hi, \"you\"", uuid);
  }

  @Test
  void putsTheNewestFirstWhateverFormItsTimeHas() {
    table.message(group, "2023-05-01T10:00:00", ANDREW, "b");
    table.message(group, "2023-05-01T10:00:00.123456", BAYKO, "c");
    table.message(group, "2023-05-01T10:00:00+02:00", ANDREW, "a");
    table.message(group, "2023-05-01T10:00:01Z", ANDREW, "d");
    table.message(group, "2023-05-01T10:00:02.000000+00:00", ANDREW, "e");
    assertThat(texts(get("-o", "json"))).containsExactly("e", "d", "c", "b", "a");
    assertThat(texts(get("--oldest-first", "-o", "json"))).containsExactly("a", "b", "c", "d", "e");
    assertThat(get("--oldest-first", "-o", "json").items())
        .extracting(item -> item.get("created_at").asText())
        .containsExactly(
            "2023-05-01T08:00:00.000000+00:00",
            "2023-05-01T10:00:00.000000+00:00",
            "2023-05-01T10:00:00.123456+00:00",
            "2023-05-01T10:00:01.000000+00:00",
            "2023-05-01T10:00:02.000000+00:00");
  }

  @ParameterizedTest
  @CsvSource({
    "'--since 2023-05-01T10:00:00', 'c b a'",
    "'--since 2023-05-01T10:00:00.000001', 'c b'",
    "'--until 2023-05-01T10:00:00', 'a'",
    "'--until 2023-05-01T10:00:00.5Z', 'b a'",
    "'--since 2023-05-01T10:00:00.5 --until 2023-05-01T10:00:00.5', 'b'",
    "'--since 2023-05-01T12:00:00.5+02:00 --until 2023-05-01T12:00:01+02:00', 'c b'",
    "'--since 2023-05-01 --until 2023-05-02', 'c b a'",
    "'--since 2023-05-02', ''",
    "'--until 2023-04-30', ''",
    "'--until 2023-05-01', 'c b a'",
    "'--since 2023-05-01T10:00:00.5 --oldest-first', 'b c'",
    "'--until 2023-05-01T10:00 --limit 1', 'a'",
  })
  void keepsToTheBoundsBothEndsIncluded(String options, String expected) {
    table.message(group, "2023-05-01T10:00:00", ANDREW, "a");
    table.message(group, "2023-05-01T10:00:00.500000+00:00", ANDREW, "b");
    table.message(group, "2023-05-01T10:00:01.000000+00:00", ANDREW, "c");
    List<String> args = new ArrayList<>(List.of(options.split(" ")));
    args.addAll(List.of("-o", "json"));
    assertThat(String.join(" ", texts(get(args.toArray(new String[0]))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--since tomorrow",
        "--since 2023-13-01",
        "--since 2023-02-30",
        "--until 10:00",
        "--since=",
        "--until 2023-05-01T25:00:00",
        "--since 2023-05-02 --until 2023-05-01",
        "--limit 0",
        "--limit -1",
        "--limit x",
        "--next-token ???",
        "another"
      })
  void refusesBadOptions(String options) {
    table.message(group, "2023-05-01T10:00:00", ANDREW, "a");
    Outcome.failed(2, get(options.split(" ")));
  }

  @Test
  void goesOnWhereTheTokenSaysInBothDirections() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      table.message(group, AT.formatted(i), i % 2 == 0 ? ANDREW : BAYKO, "m" + i);
      texts.add("m" + i);
    }
    assertThat(pages("--limit", "5", "--oldest-first")).isEqualTo(texts);
    assertThat(texts(get("--all", "--oldest-first", "--limit", "4", "-o", "json")))
        .isEqualTo(texts);
    assertThat(pages("--limit", "5", "--oldest-first", "--since", "2026-03-19T10:00:03"))
        .isEqualTo(texts.subList(3, 23));
    List<String> newestFirst = IntStream.range(0, 23).mapToObj(i -> texts.get(22 - i)).toList();
    assertThat(pages("--limit", "4")).isEqualTo(newestFirst);
    assertThat(pages()).isEqualTo(newestFirst);
    assertThat(texts(get("--all", "-o", "json"))).isEqualTo(newestFirst);
    assertThat(texts(get("-o", "json"))).isEqualTo(newestFirst.subList(0, 20));
  }

  @Test
  void printsAConversationOfMoreThanAMegabyte() {
    String text = "x".repeat(1000);
    String filler = "x".repeat(120_000);
    for (int i = 0; i < 30; i++) {
      table.put("pk", "MSG#" + group, "sk", AT.formatted(i), "message", i + text, "filler", filler);
    }
    List<String> all = texts(get("--all", "-o", "json"));
    assertThat(all).hasSize(30).doesNotHaveDuplicates();
    assertThat(all.get(0)).startsWith("29x");
    assertThat(texts(get("--limit", "25", "-o", "json"))).isEqualTo(all.subList(0, 25));
    assertThat(get("--all", "-o", "ndjson").out().lines()).hasSize(30);
  }

  @Test
  void refusesATokenOfAnotherConversation() {
    table.message(group, AT.formatted(1), ANDREW, "a");
    table.message(group, AT.formatted(2), ANDREW, "b");
    String token = get("--limit", "1", "-o", "json").json().get("next_token").asText();
    String other = MessageTable.uuid();
    table.message(other, AT.formatted(1), ANDREW, "a");
    Result result = Outcome.failed(2, table.ddb("get-conversation", other, "--next-token", token));
    assertThat(result.err()).contains("the token is one of another list");
  }

  @Test
  void aLimitThatEndsAtTheEndGivesNoToken() {
    for (int i = 1; i <= 4; i++) {
      table.message(group, AT.formatted(i), ANDREW, "m" + i);
    }
    for (String options :
        List.of(
            "--limit 4",
            "--limit 4 --cached",
            "--limit 4 --cached",
            "--limit 4 --oldest-first",
            "--limit 2 --since 2026-03-19T10:00:03",
            "--limit 2 --until 2026-03-19T10:00:02 --oldest-first",
            "--limit 2147483647")) {
      Result result = Outcome.done(get((options + " -o json").split(" ")));
      assertThat(result.json().get("next_token").isNull()).as(options).isTrue();
    }
    Result most = Outcome.done(get("--limit", "3", "-o", "json"));
    String token = most.json().get("next_token").asText();
    Result rest = Outcome.done(get("--limit", "1", "--next-token", token, "-o", "json"));
    assertThat(texts(rest)).containsExactly("m1");
    assertThat(rest.json().get("next_token").isNull()).isTrue();
  }

  @Test
  void refusesATokenOfTheOtherDirectionAndOfAnotherStretchOfTime() {
    for (int i = 1; i <= 4; i++) {
      table.message(group, AT.formatted(i), ANDREW, "m" + i);
    }
    String token = get("--limit", "1", "-o", "json").json().get("next_token").asText();
    String oldest =
        get("--limit", "1", "--oldest-first", "-o", "json").json().get("next_token").asText();

    refused("newest first", "--oldest-first", "--next-token", token);
    refused("oldest first", "--next-token", oldest);
    refused("stretch of time", "--until", "2026-03-19T10:00:02", "--next-token", token);
    refused("stretch of time", "--since", "2026-03-20", "--next-token", token);
  }

  private void refused(String why, String... options) {
    String err = Outcome.failed(2, get(options)).err();
    assertThat(err.lines()).hasSize(2);
    assertThat(err).contains("the token is one of", why, "Use ");
  }

  @Test
  void saysThatAConversationDoesNotExist() {
    Result result = Outcome.failed(3, get());
    assertThat(result.err()).contains("conversation " + group + " does not exist");
  }

  @Test
  void saysThatAUuidIsNone() {
    for (String bad : List.of("", "x", group.substring(1), group + "0", "MSG#" + group)) {
      Result result = Outcome.failed(2, table.ddb("get-conversation", bad));
      assertThat(result.err()).contains("is not a uuid");
    }
  }

  @Test
  void ofAConversationWithoutMessagesInTheBoundsIsAnEmptyList() {
    table.message(group, AT.formatted(1), ANDREW, "a");
    Result result = Outcome.done(get("--since", "2027-01-01", "-o", "json"));
    assertThat(result.items()).isEmpty();
    assertThat(result.json().get("next_token").isNull()).isTrue();
  }

  @Test
  void readsItemsWithMissingAttributes() {
    table.put("pk", "MSG#" + group, "sk", "not a time", "message", "lost");
    table.put("pk", "MSG#" + group, "sk", AT.formatted(1));
    assertThat(Outcome.done(get("-o", "json")).items())
        .extracting(item -> item.get("message").asText(), item -> item.get("created_at").asText())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("", "2026-03-19T10:00:01.000000+00:00"),
            org.assertj.core.groups.Tuple.tuple("lost", "not a time"));
    Outcome.done(get());
    Outcome.done(get("-o", "csv"));
  }

  private Result get(String... options) {
    List<String> args = new ArrayList<>(List.of("get-conversation", group));
    args.addAll(List.of(options));
    return table.ddb(args.toArray(new String[0]));
  }

  /** The texts of every page, one command line after the other. */
  private List<String> pages(String... options) {
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      List<String> args = new ArrayList<>(List.of(options));
      args.addAll(List.of("-o", "json"));
      if (token != null) {
        args.addAll(List.of("--next-token", token));
      }
      Result page = Outcome.done(get(args.toArray(new String[0])));
      seen.addAll(texts(page));
      token = page.json().get("next_token").asText(null);
    } while (token != null);
    return seen;
  }

  private static List<String> texts(Result result) {
    return Outcome.done(result).items().stream().map(item -> item.get("message").asText()).toList();
  }
}
