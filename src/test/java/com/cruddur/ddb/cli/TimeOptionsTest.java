package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people say them, in {@code --since} and {@code --until}. */
class TimeOptionsTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-20T12:00:00Z"));

  private static final MessageTable TABLE = MessageTable.create();
  private static final String GROUP = conversation();

  private static String conversation() {
    String group = TABLE.conversation(ANDREW, BAYKO, "2026-03-01T00:00:00.000000+00:00", "march");
    TABLE.message(group, "2026-03-19T00:00:00.000000+00:00", ANDREW, "first of the 19th");
    TABLE.message(group, "2026-03-19T23:59:59.999999+00:00", ANDREW, "last of the 19th");
    TABLE.message(group, "2026-03-20T00:00:00.000000+00:00", ANDREW, "first of the 20th");
    TABLE.message(group, "2026-03-20T11:00:00.000000+00:00", ANDREW, "an hour ago");
    return group;
  }

  private static List<String> texts(String... options) {
    DdbRunner ddb = TABLE.runner().clock(NOON);
    String[] line = new String[options.length + 5];
    System.arraycopy(
        new String[] {"get-conversation", GROUP, "-o", "json", "--oldest-first"}, 0, line, 0, 5);
    System.arraycopy(options, 0, line, 5, options.length);
    return Outcome.done(ddb.execute(line)).items().stream()
        .map((JsonNode message) -> message.get("message").asText())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1h, an hour ago",
    "3600s, an hour ago",
    "12h, first of the 20th",
    "today, first of the 20th",
    "yesterday, first of the 19th",
    "2026-03-19, first of the 19th",
    "2w, first of the 19th",
    "60d, march",
    "2026-03-20T11:00, an hour ago"
  })
  void aBeginningIsTheFirstMomentThatIsMeant(String since, String first) {
    assertThat(texts("--since", since)).first().isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, last of the 19th",
    "2026-03-19, last of the 19th",
    "today, an hour ago",
    "now, an hour ago",
    "1d, first of the 19th",
    "2026-03-01, march"
  })
  void anEndIsTheLastMomentThatIsMeant(String until, String last) {
    assertThat(texts("--until", until)).last().isEqualTo(last);
  }

  @Test
  void aDayIsAllOfIt() {
    assertThat(texts("--since", "2026-03-19", "--until", "2026-03-19"))
        .containsExactly("first of the 19th", "last of the 19th");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tomorrow", "7", "7x", "-7d", "2026-02-30", "2026-3-1", "99999999999d", ""})
  void anythingElseIsNamed(String time) {
    Result result = TABLE.ddb("get-conversation", GROUP, "--since=" + time);
    Outcome.failed(2, result);
    assertThat(result.err()).contains("is not a valid time").contains("7d", "yesterday");
  }
}
