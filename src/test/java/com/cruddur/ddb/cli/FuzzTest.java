package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random command lines, the same in every run: what comes of them is right or refused, never odd.
 */
class FuzzTest {
  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 2, 3, 4, 5, 6);

  private static final String[] WORDS = {
    "scan",
    "seed",
    "export",
    "import",
    "setup",
    "describe",
    "list-tables",
    "schema-load",
    "list-conversations",
    "get-conversation",
    "send-message",
    "start-conversation",
    "--limit",
    "--all",
    "--since",
    "--until",
    "--from",
    "--to",
    "--oldest-first",
    "--next-token",
    "--segments",
    "--message-uuid",
    "--users",
    "-o",
    "json",
    "--output=csv",
    "--table",
    "--region",
    "-q",
    "-v",
    "-vq",
    "--show-capacity",
    "--explain",
    "--billing",
    "provisioned",
    "--no-stream",
    "--help",
    "-V",
    "--",
    "-",
    "",
    "0",
    "-1",
    "7",
    "andrewbrown",
    "@bayko",
    "877825ee-e493-4985-b4f5-463550043614",
    "2026-03-19",
    "5ae290ed-55d1-47a0-bc6d-fe2bc2700399",
    "@/dev/null",
    "--limit=",
    "--limit=2",
    "-ojson",
    "=",
    "seed-data/users.json",
    "pom.xml",
    "/dev/null",
    "\ud83d",
    "a b",
    "$HOME",
    "*",
    "!"
  };

  @Test
  void whatASendSaysIsStoredIsReadBackAndWhatItRefusedIsNotThere() {
    Random random = new Random(20_260_319);
    MessageTable table = MessageTable.create();
    String group = table.conversation("2020-01-01T00:00:00.000000+00:00", "the first");
    List<String> sent = new ArrayList<>(List.of("the first"));
    Instant start = Instant.parse("2026-03-19T00:00:00Z");
    for (int i = 0; i < 200; i++) {
      String text = OddText.of(random);
      Instant now = start.plusMillis(i);
      DdbRunner ddb = table.runner().clock(() -> now);
      boolean piped = i % 3 == 0 && !text.contains("\ud83d") && !text.contains("\ude00");
      Result result =
          piped
              ? ddb.stdin(text).execute("send-message", group, "-", "--from", "bayko", "-o", "json")
              : ddb.execute("send-message", "--from=bayko", "-ojson", group, "--", text);
      boolean bare = text.equals("-");
      check(result, text);
      if (isMessage(text) && (piped || !bare)) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.json().get("message").asText()).isEqualTo(text.strip());
        sent.add(text.strip());
      } else {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
      }
    }
    Collections.reverse(sent);
    assertThat(sent.size()).isGreaterThan(100);
    List<JsonNode> stored = table.ddb("get-conversation", group, "--all", "-o", "json").items();
    assertThat(stored).extracting(item -> item.get("message").asText()).isEqualTo(sent);
    table.assertTrue(group, ANDREW, BAYKO);
    assertThat(table.items()).hasSize(sent.size() + 2);
    for (String format : List.of("table", "csv", "ndjson")) {
      Outcome.done(table.ddb("get-conversation", group, "--all", "-o", format));
    }
  }

  @Test
  void handlesUuidsAndTimesAreFoundOrRefusedAndNothingIsStored() {
    Random random = new Random(42);
    MessageTable table = MessageTable.create();
    String group = table.conversation("2020-01-01T00:00:00.000000+00:00", "the first");
    for (int i = 0; i < 150; i++) {
      String odd =
          i % 2 == 0 ? OddText.of(random) : mutated(random, group, BAYKO.handle(), "2026-03-19");
      String[] line =
          switch (i % 7) {
            case 0 -> new String[] {"list-conversations", "--", odd};
            case 1 -> new String[] {"get-conversation", "--", odd};
            case 2 -> new String[] {"get-conversation", group, "--since=" + odd};
            case 3 -> new String[] {"get-conversation", group, "--next-token=" + odd};
            case 4 -> new String[] {"send-message", group, "hi", "--from=" + odd};
            case 5 -> new String[] {"send-message", odd, "hi", "--from=bayko"};
            default ->
                new String[] {"send-message", group, "hi", "--from=londo", "--message-uuid=" + odd};
          };
      check(table.ddb(line), String.join(" ", line));
    }
    assertThat(table.items()).hasSize(3);
  }

  @Test
  void wordsInAnyOrderEndWithACodeOfTheListAndWithoutAStackTrace() {
    Random random = new Random(7);
    MessageTable table = MessageTable.create();
    for (int i = 0; i < 300; i++) {
      List<String> line = new ArrayList<>();
      for (int words = random.nextInt(8); words > 0; words--) {
        line.add(WORDS[random.nextInt(WORDS.length)]);
      }
      Result result = table.runner().stdin("text\n").execute(line.toArray(new String[0]));
      boolean verbose = line.stream().anyMatch(word -> word.matches("-q?v.*|-vq"));
      if (verbose) {
        assertThat(EXIT_CODES).as(line + " " + result).contains(result.exitCode());
      } else {
        check(result, String.valueOf(line));
      }
    }
  }

  private static void check(Result result, String what) {
    assertThat(EXIT_CODES).as(what + " " + result).contains(result.exitCode());
    assertThat(result.err())
        .as(what + " " + result)
        .doesNotContain("    at ", "Exception", "fault of ddb", "\u001b", "\u0000");
    if (result.exitCode() != 0) {
      assertThat(result.out()).as(what + " " + result).isEmpty();
      assertThat(result.err()).as(what + " " + result).isNotBlank();
      // A group of commands without one prints them.
      if (("\n" + result.err()).contains("\nUsage: ddb ")) {
        return;
      }
      assertThat(result.err().lines().filter(line -> !line.startsWith("capacity: ")))
          .as(what + " " + result)
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  /** The rule, spelled once more: 1 to 1,024 code points after trimming, no half pairs. */
  private static boolean isMessage(String text) {
    String trimmed = text.strip();
    long length = trimmed.codePoints().count();
    boolean whole = trimmed.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    return length >= 1 && length <= 1024 && whole;
  }

  /** One of the right values with one character changed, added or taken away. */
  private static String mutated(Random random, String... right) {
    StringBuilder text = new StringBuilder(right[random.nextInt(right.length)]);
    int place = random.nextInt(text.length());
    switch (random.nextInt(3)) {
      case 0 -> text.deleteCharAt(place);
      case 1 -> text.insert(place, OddText.piece(random));
      default -> text.setCharAt(place, (char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }
}
