package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.ItemSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code --explain} says is held against what the same line then asks and consumes: every
 * operation is named, and the formulas, evaluated with what the table holds, are right to 5 %.
 */
class ExplainedCostTest {
  private static final String TEXT = "x".repeat(300);
  private static final int OTHERS = 20;

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();
  private final ExplainedCost cost = new ExplainedCost(table);
  private final String group = MessageTable.uuid();
  private String middle;
  private String last;

  /** A conversation of 61 messages, and one of two with somebody else twenty times. */
  private void fill() {
    for (int i = 0; i <= 60; i++) {
      String at = "2026-03-19T10:%02d:00.000000+00:00".formatted(i % 60);
      User sender = i % 2 == 0 ? ANDREW : BAYKO;
      last = table.message(group, i < 60 ? at : at.replace("T10", "T11"), sender, TEXT);
      middle = i == 30 ? last : middle;
    }
    table.row(ANDREW, group, "2026-03-19T11:00:00.000000+00:00", BAYKO, TEXT);
    table.row(BAYKO, group, "2026-03-19T11:00:00.000000+00:00", ANDREW, TEXT);
    for (int i = 0; i < OTHERS; i++) {
      String at = "2026-03-18T%02d:%02d:00.000000+00:00";
      String other = table.conversation(ANDREW, LONDO, at.formatted(10, i), TEXT);
      table.message(other, at.formatted(9, i), LONDO, TEXT);
    }
  }

  /** So that what falls to the ends of segments, which is chance, weighs little. */
  private void enlarge() {
    String filler = "y".repeat(30_000);
    for (int i = 0; i < 60; i++) {
      table.put("pk", "OTHER#" + i, "sk", "a", "filler", filler);
    }
  }

  @Test
  void readsOfConversations() {
    fill();
    double andrew = list(ANDREW);
    check(Map.of("read", 3.0), "get-conversation", group);
    check(Map.of("read", messages()), "get-conversation", group, "--all");
    check(Map.of("read", andrew), "list-conversations", "andrewbrown", "--limit", "30");
    check(Map.of("read", messages()), "find", "hello", "--in", group);
    check(Map.of("read", messages()), "stats", group);
    double others = OTHERS;
    Map<String, Double> londo = Map.of("own", list(LONDO), "read", others);
    check(londo, "find", "hello", "--from", "londo");
    check(Map.of("read", list(LONDO) + others), "export-user", "londo");
    Map<String, Double> selected = new HashMap<>(Map.of("own", 0.0, "conversations", 1.0));
    selected.putAll(Map.of("messages", messages(), "lists", lists()));
    check(selected, "export", "--conversation", group);
    check(selected, "pull", group, "--to-table", "copy-" + MessageTable.uuid());
    Map<String, Double> facts = Map.of("messages", messages(), "lists", lists());
    check(facts, "check", group);
  }

  @Test
  void readsOfWholeTables() {
    fill();
    enlarge();
    check(Map.of("read", scanned(1)), "scan", "--segments", "1");
    check(Map.of("read", scanned(3)), "export", "--segments", "3");
    Map<String, Double> sound =
        Map.of("read", scanned(32), "suspected", 0.0, "messages", 0.0, "lists", 0.0);
    check(sound, "check", "--ignore-unknown");
    for (String line : List.of("stats", "scan", "find hello", "export")) {
      check(Map.of("read", scanned(32)), line.split(" "));
    }
    check(Map.of("read", 2 * scanned(32)), "diff", table.name());
  }

  /** So few rows that each segment is one page of less than 4 KB. */
  @Test
  void readsOfTheIndex() {
    for (int i = 0; i < 5; i++) {
      table.conversation("2026-03-18T10:0" + i + ":00.000000+00:00", "hi");
    }
    check(Map.of("read", 32.0), "list-users");
  }

  @Test
  void sends() {
    fill();
    Map<String, Double> send = Map.of("moved", 2.0, "recent", messages());
    check(send, "send-message", group, TEXT, "--from", "bayko");
    String uuid = MessageTable.uuid();
    check(send, "send-message", group, TEXT, "--from", "bayko", "--message-uuid", uuid);
    check(Map.of(), "start-conversation", TEXT, "--from", "bayko", "--to", "londo");
  }

  @Test
  void moderation() {
    fill();
    Map<String, Double> found =
        new HashMap<>(Map.of("found", messages(), "latest", messages(), "lists", lists()));
    found.putAll(Map.of("last", 0.0, "moved", 0.0, "rows", 0.0));
    check(found, "redact-message", group, middle);
    check(found, "delete-message", group, middle);
    // All are within two days of it.
    check(found, "redact-message", group, "2026-03-19T10:05:00.000000+00:00");
    found.putAll(Map.of("last", 1.0, "moved", 2.0, "rows", 2.0));
    check(found, "redact-message", group, last);
    check(found, "delete-message", group, last);
    Map<String, Double> whole = new HashMap<>(Map.of("messages", messages(), "lists", lists()));
    whole.putAll(Map.of("number", 59.0, "rows", 2.0));
    check(whole, "delete-conversation", group);
  }

  @Test
  void people() {
    fill();
    Map<String, Double> londo = new HashMap<>(Map.of("own", list(LONDO), "list", list(ANDREW)));
    londo.putAll(Map.of("conversations", 0.0 + OTHERS, "messages", 1.0, "sent", 0.0 + OTHERS));
    londo.put("latest", 1.0);
    String[] rename = {"rename-user", "londo", "--display-name"};
    check(londo, rename[0], rename[1], rename[2], "A", "--messages", "none");
    check(londo, rename[0], rename[1], rename[2], "B");
  }

  /** The rows that show a text of the user's follow. */
  @ParameterizedTest
  @ValueSource(ints = {0, 7, OTHERS})
  void erasure(int last) {
    for (int i = 0; i < OTHERS; i++) {
      User earlier = i < last ? ANDREW : LONDO;
      User later = i < last ? LONDO : ANDREW;
      String at = "2026-03-18T%02d:%02d:00.000000+00:00";
      String other = table.conversation(later, earlier, at.formatted(10, i), TEXT);
      table.message(other, at.formatted(9, i), earlier, TEXT);
    }
    enlarge();
    // While it is read again and again, texts go from it one after the other.
    double list = list(ANDREW) - last * TEXT.length() / 4096.0 / 2;
    Map<String, Double> londo = new HashMap<>(Map.of("own", list(LONDO), "list", list));
    londo.putAll(Map.of("conversations", 0.0 + OTHERS, "messages", 1.0, "sent", 0.0 + OTHERS));
    londo.putAll(Map.of("last", 0.0 + last, "read", scanned(32)));
    check(londo, "forget-user", "londo");
  }

  @Test
  void repair() {
    fill();
    table.message(group, "2026-03-19T12:00:00.000000+00:00", BAYKO, TEXT);
    Map<String, Double> facts = new HashMap<>(Map.of("messages", messages(), "lists", lists()));
    facts.putAll(Map.of("repaired", 1.0, "moved", 2.0));
    check(facts, "check", group, "--repair");
    table.message(group, "2026-03-19T13:00:00.000000+00:00", BAYKO, TEXT);
    facts.putAll(Map.of("read", scanned(4), "suspected", 1.0, "messages", messages()));
    check(facts, "check", "--repair", "--segments", "4");
  }

  @Test
  void bulkWrites() throws IOException {
    fill();
    String fresh = MessageTable.uuid();
    List<String> lines = new ArrayList<>();
    for (String one : List.of(fresh, group)) {
      lines.add(
          "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"andrewbrown\"]}"
              .formatted(one));
      for (int i = 0; i < 50; i++) {
        lines.add(
            "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"%s\",\"created_at\":\"2026-03-19T10:%02d:30Z\"}"
                .formatted(one, TEXT, i));
      }
    }
    Path seed = Files.write(folder.resolve("seed.ndjson"), lines);
    Map<String, Double> seeded = new HashMap<>(Map.of("conversations", 2.0, "new", 1.0));
    seeded.putAll(Map.of("known", messages(), "written", 99.0, "moved", 0.0));
    check(seeded, "seed", seed.toString());
    Path export = folder.resolve("all.json");
    Outcome.done(table.ddb("export", "--out", export.toString()));
    double items = table.items().size();
    Map<String, Double> same = Map.of("looked", items, "written", 0.0, "rows", 0.0);
    check(same, "import", export.toString());
    Outcome.done(table.ddb("delete-conversation", group));
    check(Map.of("looked", items, "written", 111.0, "rows", 2.0), "import", export.toString());
  }

  @Test
  void followers() {
    fill();
    double conversations = 1 + OTHERS;
    Map<String, Double> batch =
        Map.of("conversations", conversations, "followed", 0.0, "moved", 0.0);
    check(batch, "trigger", "run", "--once", "--from", "trim-horizon");
    table.message(group, "2026-03-19T12:00:00.000000+00:00", BAYKO, TEXT);
    // Through another url it begins again.
    batch = Map.of("conversations", conversations, "followed", 1.0, "moved", 2.0);
    check(batch, "trigger", "run", "--once");

    Outcome.done(table.ddb("cache", "create"));
    Outcome.done(table.ddb("get-conversation", group, "--cached"));
    check(Map.of("read", 3.0), "cache", "check", group);
  }

  @Test
  void whatIsFree() {
    check(Map.of(), "describe");
    check(Map.of(), "list-tables");
    check(Map.of(), "schema-load");
    check(Map.of(), "drop", "--yes");
  }

  /** 4 KB units of a partition, as a strongly consistent query of all of it is charged. */
  private double units(String pk) {
    return Math.max(1, Math.ceil(bytes(item -> item.equals(pk)) / 4096.0));
  }

  private double messages() {
    return units("MSG#" + group);
  }

  private double list(User user) {
    return units("GRP#" + user.uuid());
  }

  private double lists() {
    return list(ANDREW) + list(BAYKO);
  }

  /** Each segment is rounded up, on average by half a unit. */
  private double scanned(int segments) {
    return Math.max(segments, bytes(pk -> true) / 4096.0 + segments / 2.0);
  }

  private long bytes(Predicate<String> pk) {
    return table.items().stream()
        .filter(item -> pk.test(item.get("pk").s()))
        .mapToLong(ItemSize::of)
        .sum();
  }

  private void check(Map<String, Double> values, String... line) {
    cost.check(values, line);
  }
}
