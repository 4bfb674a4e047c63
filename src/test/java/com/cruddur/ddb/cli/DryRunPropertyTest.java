package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * On tables in a bad state, what a dry run plans is what the run then does, and it fails where the
 * run fails: rows doubled with attributes of others, missing, behind, ahead, orphaned, without
 * names and too large to be moved; keys that do not sort; a third who writes along.
 */
class DryRunPropertyTest {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00.5Z");
  private static final User NAMELESS = new User(BAYKO.uuid(), "", "");
  private static final Pattern MESSAGE = Pattern.compile("\"message\": \"(.*)\"");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 5})
  void thePlanIsTheDifferenceThatTheRunMakes(long seed) throws IOException {
    Set<String> ended = new TreeSet<>();
    for (int command = 0; command < 11; command++) {
      Random random = new Random(seed);
      MessageTable table = MessageTable.create();
      List<String[]> conversations = fill(table, random, command != 6 && command != 7);
      String[] line =
          line(command, conversations.get(random.nextInt(conversations.size())), random);
      ended.add(line[0] + " " + compare(table, line));
    }
    // Not all of them may fail, or nothing was compared.
    assertThat(ended).filteredOn(end -> end.endsWith(" 0")).hasSizeGreaterThan(4);
  }

  @Test
  void aRowThatIsTooLargeToBeMovedFailsTheDryRunAsItFailsTheRun() {
    MessageTable table = MessageTable.create();
    String group = table.conversation("2026-03-19T10:00:00.000000+00:00", "hi");
    Map<String, AttributeValue> large = new HashMap<>();
    table.items().stream()
        .filter(item -> item.get("pk").s().equals("GRP#" + BAYKO.uuid()))
        .forEach(large::putAll);
    strings(large, "large", "x".repeat(409_280));
    table.put(large);
    String longer = "y".repeat(900);

    assertThat(compare(table, "send-message", group, longer, "--from", "bayko")).isEqualTo(5);
    table.message(group, "2026-03-19T11:00:00.000000+00:00", ANDREW, longer);
    Result dry = table.ddb("check", group, "--repair", "--dry-run", "-o", "json");
    assertThat(dry.exitCode()).isEqualTo(5);
    assertThat(dry.out()).contains("not repaired: ", "Item size has exceeded");
    assertThat(compare(table, "check", group, "--repair")).isEqualTo(5);
  }

  /**
   * Conversations in random states: the uuid of each, and of one of its messages.
   *
   * @param meet whether rows may stand in each other's way; forget-user and check work on several
   *     conversations at once, and which of them gives way is chance
   */
  private static List<String[]> fill(MessageTable table, Random random, boolean meet) {
    List<String[]> conversations = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String group = uuid(random);
      String message = null;
      int micros = meet ? 0 : i;
      for (int j = random.nextInt(4); j >= 0; j--) {
        User sender = List.of(ANDREW, BAYKO, BAYKO, LONDO).get(random.nextInt(4));
        message = table.message(group, at(random, micros), sender, "text " + j);
      }
      conversations.add(new String[] {group, message});
      rows(table, group, ANDREW, random.nextInt(4) == 0 ? NAMELESS : BAYKO, random, micros);
      rows(table, group, BAYKO, ANDREW, random, micros);
      if (random.nextInt(4) == 0) {
        rows(table, group, LONDO, ANDREW, random, micros);
      }
    }
    table.row(BAYKO, uuid(random), at(random, 9), ANDREW, "of messages that are gone");
    return conversations;
  }

  /** Of the seed too: it decides where a conversation lies in the table. */
  private static String uuid(Random random) {
    return Uuids.derived("conversation", Long.toString(random.nextLong()));
  }

  private static void rows(
      MessageTable table, String group, User owner, User other, Random random, int micros) {
    for (int rows = List.of(0, 1, 1, 1, 1, 2).get(random.nextInt(6)); rows > 0; rows--) {
      Map<String, AttributeValue> row = new HashMap<>();
      strings(
          row, "pk", "GRP#" + owner.uuid(), "sk", at(random, micros), "message_group_uuid", group);
      strings(row, "message", "m", "user_uuid", other.uuid());
      strings(row, "user_display_name", other.displayName(), "user_handle", other.handle());
      if (random.nextInt(3) == 0) {
        row.put("pinned", AttributeValue.fromBool(true));
      }
      if (random.nextInt(3) == 0) {
        strings(row, "note " + random.nextInt(3), "mine");
      }
      if (random.nextInt(10) == 0) {
        // It stands, and has room for no longer text.
        strings(row, "large", "x".repeat(409_280));
      }
      table.put(row);
    }
  }

  private static void strings(Map<String, AttributeValue> item, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
    }
  }

  /** One moment of few, so that they meet; one in six in a form that does not sort. */
  private static String at(Random random, int micros) {
    String second = "2026-03-19T10:00:0" + random.nextInt(8);
    return second + ".00000" + micros + (random.nextInt(6) == 0 ? "Z" : "+00:00");
  }

  private String[] line(int command, String[] conversation, Random random) throws IOException {
    String group = conversation[0];
    String message = conversation[1];
    String text = "z".repeat(1 + random.nextInt(900));
    return switch (command) {
      case 0 ->
          new String[] {
            "send-message", group, text, "--from", "bayko", "--message-uuid", MessageTable.uuid()
          };
      case 1 -> new String[] {"delete-message", group, message};
      case 2 -> new String[] {"redact-message", group, message, "--text", text};
      case 3 -> new String[] {"delete-conversation", group};
      case 4 -> new String[] {"rename-user", "bayko", "--display-name", text.substring(0, 1)};
      case 5 -> new String[] {"rename-user", "bayko", "--handle", "b", "--messages", "none"};
      case 6 -> new String[] {"forget-user", "bayko"};
      case 7 -> new String[] {"check", "--repair"};
      case 8 -> new String[] {"check", group, "--repair"};
      case 9 -> new String[] {"seed", seed(group, text).toString()};
      default -> new String[] {"import", items(group, random).toString(), "--overwrite"};
    };
  }

  private Path seed(String group, String text) throws IOException {
    String message =
        "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"%s\",\"created_at\":\"%s\"}";
    return Files.write(
        folder.resolve("seed.ndjson"),
        List.of(
            "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"andrewbrown\"]}"
                .formatted(group),
            message.formatted(group, text, "2026-03-19T10:00:03Z"),
            message.formatted(group, text, "2026-03-19T10:00:03Z"),
            message.formatted(group, text + "!", "2026-03-19T10:00:09Z")));
  }

  private Path items(String group, Random random) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.add(
          "{\"Item\":{\"pk\":{\"S\":\"MSG#%s\"},\"sk\":{\"S\":\"%s\"},\"message\":{\"S\":\"%d\"}}}"
              .formatted(group, at(random, 0), random.nextInt(3)));
    }
    return Files.write(folder.resolve("items.json"), lines);
  }

  /** Runs a line dry and for real; returns how both ended. */
  private static int compare(MessageTable table, String... line) {
    DdbRunner ddb = table.runner().clock(() -> NOW);
    Map<String, Map<String, AttributeValue>> before = DryRunTest.snapshot(table);
    Result dry = ddb.execute(with(line, "--dry-run", "-o", "json"));
    String told = String.join(" ", line).replaceAll("z{9,}", "z…");
    assertThat(DryRunTest.snapshot(table)).as(told).isEqualTo(before);
    Result real = ddb.execute(with(line, "-o", "json"));
    assertThat(dry.exitCode()).as("%s%n%s%n%s", told, dry, real).isEqualTo(real.exitCode());
    Set<String> done = DryRunTest.difference(before, DryRunTest.snapshot(table));
    if (dry.exitCode() != 0 && dry.exitCode() != 5) {
      assertThat(message(dry)).as(told).isEqualTo(message(real));
    } else if (line[0].equals("check") || line[0].equals("seed") || line[0].equals("import")) {
      assertThat(dry.err()).as(told).contains(DryRunTest.count(done, "put"));
      assertThat(dry.err()).as(told).contains(DryRunTest.count(done, "delete"));
      assertThat(dry.err().lines().filter(l -> l.startsWith("would ")))
          .as(told)
          .allMatch(l -> done.contains(l.substring("would ".length())));
    } else {
      assertThat(DryRunTest.changes(dry)).as("%s%n%s", told, dry).isEqualTo(done);
    }
    return dry.exitCode();
  }

  private static String message(Result result) {
    Matcher message = MESSAGE.matcher(result.err());
    return message.find() ? message.group(1) : result.err();
  }

  private static String[] with(String[] line, String... more) {
    return Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new);
  }
}
