package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A dry run leaves everything as it is, and what it tells is what the run then does: each test runs
 * the same line dry, looks that nothing changed, runs it for real, and compares.
 */
class DryRunTest {
  private static final String THEN = "2026-03-19T10:00:00.000000+00:00";
  private static final String LATER = "2026-03-19T11:00:00.000000+00:00";

  @TempDir private Path folder;
  private final MessageTable table = MessageTable.create();

  @Test
  void aRepairOfADoubledRowWithAttributesOfOthersIsPlannedToo() {
    String latest = "2026-03-19T10:00:00.000000+00:00";
    String group = table.conversation(ANDREW, BAYKO, latest, "hello");
    table.put(
        "pk",
        "GRP#" + ANDREW.uuid(),
        "sk",
        "2026-03-19T09:00:00.000000+00:00",
        "message_group_uuid",
        group,
        "message",
        "older",
        "user_uuid",
        BAYKO.uuid(),
        "user_display_name",
        BAYKO.displayName(),
        "user_handle",
        BAYKO.handle(),
        "pinned",
        "yes");
    List<?> before = table.items();

    Result planned = table.ddb("check", group, "--repair", "--dry-run");

    assertThat(planned.exitCode()).as(planned.toString()).isIn(0, 5);
    assertThat(planned.out() + planned.err()).contains("would be repaired");
    assertThat(table.items()).isEqualTo(before);
    Outcome.done(table.ddb("check", group, "--repair"));
    assertThat(table.rows(ANDREW)).singleElement().asString().contains("pinned");
  }

  @Test
  void aMessageIsNotSentButTold() {
    String group = table.conversation(THEN, "hello");
    DdbRunner ddb = table.runner().clock(() -> Instant.parse("2026-03-19T12:00:00.5Z"));
    String[] line = {
      "send-message", group, "news", "--from", "bayko", "--message-uuid", MessageTable.uuid()
    };
    Result dry = dryThenReal(ddb, 0, line);
    assertThat(dry.json().get("dry_run").asBoolean()).isTrue();
    assertThat(dry.json().get("message").asText()).isEqualTo("news");
    assertThat(dry.err())
        .isEqualTo(
            "dry run, nothing was written; it would put 3 items (1 message, 2 rows), delete 2 items"
                + " (2 rows)\n");
    // Sent before: nothing would change.
    assertThat(changes(dryThenReal(ddb, 0, line))).isEmpty();
  }

  @Test
  void aConversationIsNotStarted() {
    String[] line = {"start-conversation", "hi", "--from", "bayko", "--to", "londo"};
    Result dry = Outcome.done(table.ddb(dry(line)));
    assertThat(table.items()).isEmpty();
    assertThat(changes(dry)).hasSize(3).allMatch(change -> change.startsWith("put "));
    assertThat(
            table.ddb(dry("start-conversation", "hi", "--from", "x", "--to", "londo")).exitCode())
        .isEqualTo(3);
  }

  @Test
  void aSeedTellsWhatItWouldWriteLeaveAndReject() throws Exception {
    String standing = MessageTable.uuid();
    String fresh = MessageTable.uuid();
    String twin = MessageTable.uuid();
    String live = Instant.now().toString();
    List<String> lines = new ArrayList<>();
    for (String group : List.of(standing, fresh)) {
      lines.add(
          "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"andrewbrown\"]}"
              .formatted(group));
      lines.add(message(group, "2026-03-19T10:00:00", "one", MessageTable.uuid()));
      lines.add(message(group, "2026-03-19T10:00:00", "two on the same moment", null));
      lines.add(message(group, "2026-03-19T10:05:00", "again", twin));
      lines.add(message(group, "2026-03-19T10:05:00", "again, with another text", twin));
      live = Instant.parse(live).plusSeconds(1).toString();
      lines.add(message(group, live, "of this moment", null));
      lines.add(message(group, "no time", "never", null));
      lines.add("{broken");
    }
    lines.add(message(MessageTable.uuid(), live, "of nobody", null));
    Path first = Files.write(folder.resolve("first.ndjson"), lines.subList(0, 3));
    Outcome.done(table.ddb("seed", first.toString()));
    Path file = Files.write(folder.resolve("all.ndjson"), lines);

    Result dry = dryThenReal(table.runner(), 5, "seed", file.toString());
    assertThat(dry.err())
        .contains("would put MSG#" + fresh + " 2026-03-19T10:00:00.000000+00:00")
        .contains("all.ndjson:7: ")
        .contains("dry run, nothing was written; it would put ");
    // The same again, and over two rounds of what was only planned.
    Files.write(folder.resolve("again.ndjson"), lines.subList(8, 13));
    dryThenReal(
        table.runner(), 5, "seed", file.toString(), folder.resolve("again.ndjson").toString());
    dryThenReal(table.runner(), 0, "seed");
  }

  @Test
  void aCheckpointIsNeitherReadNorWritten() throws Exception {
    Path checkpoint = Files.writeString(folder.resolve("checkpoint"), "somebody's");
    String[] line = {"seed", "seed-data/conversations.json", "--checkpoint=" + checkpoint};
    dryThenReal(table.runner(), 0, line[0], line[1]);
    Result dry = Outcome.done(table.ddb(dry(line)));
    assertThat(checkpoint).hasContent("somebody's");
    assertThat(dry.err()).doesNotContain("checkpoint");
  }

  @Test
  void aGeneratedFileIsNotWritten() {
    Path file = folder.resolve("made.ndjson");
    String[] line = {"seed", "--generate", "--messages=20", "--conversations=2", "--users=3"};
    Result dry =
        Outcome.done(
            table.ddb(
                Stream.concat(Stream.of(line), Stream.of("--out=" + file, "--dry-run"))
                    .toArray(String[]::new)));
    assertThat(file).doesNotExist();
    assertThat(dry.err()).endsWith("it would write file " + file + "\n");
    dryThenReal(table.runner(), 0, line);
  }

  @Test
  void anExportWritesNoFile() {
    Path out = folder.resolve("out");
    Result dry = Outcome.done(table.ddb("export", "--out", out.toString(), "--dry-run"));
    String told = "dry run, nothing was written; it would export table " + table.name() + " to ";
    assertThat(dry.err()).isEqualTo(told + out + "\n");
    Result json = table.ddb("export", "--out", out.toString(), "--dry-run", "-o", "json");
    assertThat(json.json().get("dry_run").asBoolean()).isTrue();
    assertThat(json.json().get("changes").get(0).get("what").asText()).endsWith(" to " + out);
    assertThat(out).doesNotExist();
    Result piped = Outcome.done(table.ddb("export", "--dry-run", "-o", "json"));
    assertThat(piped.out()).as("where the items would be").isEmpty();
    assertThat(piped.err()).isEqualTo(told + "standard output\n");
    Outcome.failed(3, MessageTable.absent().ddb("export", "--dry-run"));
  }

  @Test
  void anImportFromS3IsNotStarted() {
    MessageTable absent = MessageTable.absent();
    String[] line =
        dry("import", "--from-s3", "s3://bucket/x", "--endpoint-url", TestStack.endpoint());
    Result dry = Outcome.done(absent.ddb(line));
    assertThat(dry.err())
        .contains("About to make the table from s3://bucket/x")
        .endsWith("it would make table " + absent.name() + " from s3://bucket/x\n");
    assertThat(absent.exists()).isFalse();
    assertThat(table.ddb(line).exitCode()).isEqualTo(1);
  }

  @Test
  void anImportTellsWhatItWouldWriteLeaveAndReject() throws Exception {
    table.put("pk", "MSG#1", "sk", "a", "message", "the same");
    table.put("pk", "MSG#1", "sk", "b", "message", "another");
    Path file =
        Files.write(
            folder.resolve("items.json"),
            List.of(
                item("a", "the same"),
                item("b", "ours"),
                item("c", "new"),
                item("c", "new"),
                item("c", "new and different"),
                "{\"Item\":{\"pk\":{\"S\":\"\"}}}"));
    String account = dryThenReal(table.runner(), 5, "import", file.toString()).out();
    assertThat(account).contains("\"read\": 5,\n      \"written\": 1,\n      \"unchanged\": 2");
    dryThenReal(table.runner(), 5, "import", file.toString(), "--overwrite");
    // Into an empty table, where only keys that came before are looked up.
    dryThenReal(MessageTable.create(), MessageTable.create(), 5, "import", file.toString());
  }

  private static String item(String sk, String text) {
    return "{\"Item\":{\"pk\":{\"S\":\"MSG#1\"},\"sk\":{\"S\":\"%s\"},\"message\":{\"S\":\"%s\"}}}"
        .formatted(sk, text);
  }

  @Test
  void aRepairTellsWhatItWouldMend() {
    String stale = table.conversation(THEN, "hello");
    table.message(stale, LATER, BAYKO, "newer");
    String doubled = table.conversation("2026-03-18T10:00:00.000000+00:00", "twice");
    table.row(ANDREW, doubled, "2026-03-17T10:00:00.000000+00:00", BAYKO, "old");
    String odd = table.conversation("2026-03-16T10:00:00Z", "odd");
    table.put("pk", "GRP#" + BAYKO.uuid(), "sk", "orphan", "message_group_uuid", odd + "x");
    Result dry = dryThenReal(table.runner(), 0, "check", "--repair");
    assertThat(dry.out()).contains("\"outcome\": \"would be repaired\"", "\"kind\": \"stale\"");
    assertThat(dry.err()).contains("would delete GRP#", "dry run, nothing was written");
    table.assertTrue(stale, ANDREW, BAYKO);
  }

  @Test
  void aTriggerTellsWhichRowsItWouldMoveAndKeepsItsPlace() {
    String group = table.conversation(THEN, "hello");
    table.message(group, LATER, BAYKO, "newer");
    Result dry = dryThenReal(table.runner(), 0, "trigger", "run", "--once");
    assertThat(changes(dry)).hasSize(4);
    // The real run has kept its place, so there is nothing left.
    assertThat(changes(dryThenReal(table.runner(), 0, "trigger", "run", "--once"))).isEmpty();
  }

  @Test
  void aTableIsNeitherMadeNorDropped() {
    MessageTable absent = MessageTable.absent();
    Result made = Outcome.done(absent.ddb(dry("schema-load")));
    assertThat(absent.exists()).isFalse();
    assertThat(made.json().get("result").asText()).isEqualTo("created");
    assertThat(made.err())
        .isEqualTo("dry run, nothing was written; it would create table " + absent.name() + "\n");
    assertThat(Outcome.done(table.ddb(dry("schema-load"))).err())
        .isEqualTo("dry run: nothing would change\n");
    assertThat(table.ddb(dry("schema-load", "--no-stream")).exitCode()).isEqualTo(1);

    table.conversation(THEN, "hello");
    Result dropped = Outcome.done(table.ddb(dry("drop")));
    assertThat(dropped.err())
        .contains("About to delete the table", "items        about 3")
        .endsWith("it would delete table " + table.name() + "\n")
        .doesNotContain("Go on?");
    assertThat(table.items()).hasSize(3);
    assertThat(absent.ddb(dry("drop")).exitCode()).isEqualTo(3);
  }

  @Test
  void aSetupMakesNothing() {
    MessageTable absent = MessageTable.absent();
    String cache = "dry-" + MessageTable.uuid();
    DdbRunner ddb = absent.runner().env("MOMENTO_CACHE_NAME", cache);
    Result dry = Outcome.done(ddb.execute(dry("setup")));
    assertThat(absent.exists()).isFalse();
    assertThat(ddb.execute("cache", "list").out()).doesNotContain(cache);
    assertThat(dry.err())
        .contains("it would create table " + absent.name(), "create cache " + cache);
    Result real = Outcome.done(ddb.execute("setup", "-o", "json"));
    assertThat(dry.out()).isEqualTo(real.out());
    assertThat(dry.err()).contains("put " + absent.items().size() + " items");
  }

  @Test
  void aCacheStaysAsItIs() {
    String cache = "dry-" + MessageTable.uuid();
    DdbRunner ddb = table.runner().env("MOMENTO_CACHE_NAME", cache);
    assertThat(plan(ddb, 0, "cache", "create")).isEqualTo("create cache " + cache);
    plan(ddb, 3, "cache", "set", "k", "v");
    plan(ddb, 3, "cache", "flush");
    plan(ddb, 3, "cache", "delete");
    assertThat(ddb.execute("cache", "list").out()).doesNotContain(cache);
    Outcome.done(ddb.execute("cache", "create"));
    assertThat(plan(ddb, 0, "cache", "create")).isNull();

    Outcome.done(ddb.execute("cache", "set", "number", "41"));
    assertThat(plan(ddb, 0, "cache", "set", "number", "abc", "--ttl", "7"))
        .isEqualTo("set item 'number' of cache " + cache + " to 3 bytes for 7 s");
    assertThat(plan(ddb, 0, "cache", "increment", "number", "--ttl=9"))
        .isEqualTo("set item 'number' of cache " + cache + " to 42 for 9 s");
    assertThat(plan(ddb, 0, "cache", "increment", "none")).contains(" to 1 for ");
    assertThat(plan(ddb, 0, "cache", "evict", "number")).startsWith("evict item 'number'");
    assertThat(plan(ddb, 0, "cache", "evict", "none")).isNull();
    assertThat(plan(ddb, 0, "cache", "ttl", "number", "--set", "5")).contains("live for 5 s");
    assertThat(ddb.execute(dry("cache", "ttl", "none", "--set", "5")).exitCode()).isEqualTo(3);
    assertThat(plan(ddb, 0, "cache", "flush")).isEqualTo("delete all items of cache " + cache);
    assertThat(plan(ddb, 0, "cache", "delete")).isEqualTo("delete cache " + cache);
    assertThat(ddb.execute("cache", "get", "number").out()).isEqualTo("41");
    assertThat(ddb.execute("cache", "get", "none").exitCode()).isEqualTo(3);
    Outcome.done(ddb.execute("cache", "set", "text", "abc"));
    plan(ddb, 2, "cache", "increment", "text");
    Outcome.done(ddb.execute("cache", "delete", "--yes"));
  }

  /** The one change that is told; null for none. */
  private static String plan(DdbRunner ddb, int exitCode, String... line) {
    Result result = ddb.execute(dry(line));
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    if (exitCode != 0) {
      return null;
    }
    List<JsonNode> changes = List.copyOf(result.json().get("changes").valueStream().toList());
    return changes.isEmpty()
        ? null
        : changes.get(0).get("action").asText() + " " + changes.get(0).get("what").asText();
  }

  @Test
  void aCachedPageIsNotDroppedByWhatDoesNotHappen() {
    String group = table.conversation(THEN, "hello");
    Outcome.done(table.ddb("cache", "create"));
    Outcome.done(table.ddb("get-conversation", group, "--cached"));
    Outcome.done(table.ddb(dry("send-message", group, "x", "--from", "bayko")));
    assertThat(table.ddb("cache", "check", group).out()).contains("same");
  }

  @Test
  void theLocalStackKeepsItsTables() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path tables = Files.createDirectory(data.resolve("dynamodb"));
    Path file = Files.writeString(tables.resolve("1.log"), "tables");
    Result dry =
        Outcome.done(
            DdbRunner.fresh()
                .env("XDG_STATE_HOME", folder.resolve("state").toString())
                .env("DDB_LOCAL_PORT", "1")
                .execute(dry("local", "reset", "--data-dir", data.toString())));
    assertThat(file).exists();
    assertThat(dry.err()).isEqualTo("dry run, nothing was written; it would delete " + file + "\n");
  }

  @Test
  void everyCommandThatWritesCanBeRunDryAndNoOther() {
    Set<String> dry = new TreeSet<>();
    walk("", GoldenHelpTest.commandLine(), dry);
    assertThat(dry)
        .contains(
            "cache create",
            "cache delete",
            "cache evict",
            "cache flush",
            "cache increment",
            "cache set",
            "cache ttl",
            "check",
            "drop",
            "export",
            "import",
            "local reset",
            "schema-load",
            "seed",
            "send-message",
            "setup",
            "start-conversation",
            "delete-message",
            "redact-message",
            "delete-conversation",
            "rename-user",
            "forget-user",
            "trigger run")
        .doesNotContain("scan", "list-conversations", "get-conversation", "tail", "describe");
    Outcome.failed(2, table.ddb("scan", "--dry-run"));
  }

  private static void walk(String words, CommandLine command, Set<String> found) {
    if (command.getCommandSpec().findOption("--dry-run") != null) {
      found.add(words);
    }
    command.getSubcommands().forEach((name, sub) -> walk((words + " " + name).strip(), sub, found));
  }

  // Helpers

  private static String message(String group, String at, String text, String uuid) {
    return "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"%s\",\"created_at\":\"%s\"%s}"
        .formatted(group, text, at, uuid == null ? "" : ",\"message_uuid\":\"" + uuid + "\"");
  }

  private static String[] dry(String... line) {
    return Stream.concat(Stream.of(line), Stream.of("--dry-run", "-o", "json"))
        .toArray(String[]::new);
  }

  private Result dryThenReal(DdbRunner ddb, int exitCode, String... line) {
    return compare(table, ddb, table, ddb, exitCode, line);
  }

  private static Result dryThenReal(
      MessageTable one, MessageTable other, int exitCode, String... line) {
    return compare(one, one.runner(), other, other.runner(), exitCode, line);
  }

  private static String told(JsonNode item, String outcome) {
    return item.toString()
        .replace("\"outcome\":\"" + outcome + "\"", "\"outcome\":\"as it should\"");
  }

  private static Result compare(
      MessageTable dryTable,
      DdbRunner dryRunner,
      MessageTable realTable,
      DdbRunner realRunner,
      int exitCode,
      String... line) {
    Map<String, Map<String, AttributeValue>> before = snapshot(dryTable);
    Result dry = dryRunner.execute(dry(line));
    assertThat(dry.exitCode()).as(dry.toString()).isEqualTo(exitCode);
    assertThat(snapshot(dryTable)).isEqualTo(before);
    Result real =
        realRunner.execute(
            Stream.concat(Stream.of(line), Stream.of("-o", "json")).toArray(String[]::new));
    assertThat(real.exitCode()).as(real.toString()).isEqualTo(exitCode);
    Set<String> done = difference(before, snapshot(realTable));
    if (dry.json().has("changes")) {
      assertThat(changes(dry)).isEqualTo(done);
    } else {
      // A dry run says what would be done.
      assertThat(dry.items().stream().map(item -> told(item, "would be repaired")))
          .hasSameElementsAs(real.items().stream().map(item -> told(item, "repaired")).toList());
      assertThat(dry.err().lines().filter(l -> l.startsWith("would ")).toList())
          .allMatch(told -> done.contains(told.substring("would ".length())));
      assertThat(dry.err()).contains(count(done, "put"), count(done, "delete"));
    }
    return dry;
  }

  static String count(Set<String> done, String action) {
    long number = done.stream().filter(change -> change.startsWith(action)).count();
    return number == 0 ? "dry run" : action + " " + number + (number == 1 ? " item " : " items ");
  }

  static Set<String> changes(Result dry) {
    return dry.json()
        .get("changes")
        .valueStream()
        .map(
            c -> c.get("action").asText() + " " + c.get("pk").asText() + " " + c.get("sk").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Map<String, Map<String, AttributeValue>> snapshot(MessageTable of) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    of.items().forEach(item -> items.put(item.get("pk").s() + " " + item.get("sk").s(), item));
    return items;
  }

  static Set<String> difference(
      Map<String, Map<String, AttributeValue>> before,
      Map<String, Map<String, AttributeValue>> after) {
    Set<String> changes = new TreeSet<>();
    after.forEach(
        (key, item) -> {
          if (!item.equals(before.get(key))) {
            changes.add("put " + key);
          }
        });
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(key -> changes.add("delete " + key));
    return changes;
  }
}
