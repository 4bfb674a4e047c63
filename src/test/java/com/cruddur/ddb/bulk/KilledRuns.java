package com.cruddur.ddb.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.bulk.imports.ImportSource;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.ItemJson;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bulk commands that are ended by {@code kill -9} and run again, and what must come of them: the
 * same as of one run. Each is a process of its own that is killed, once or twice; the last run is
 * in this process.
 */
public final class KilledRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONVERSATIONS = 20;
  private static final String TEXT = "as long as people write when they have something to say ";

  private final Path folder;
  private final int messages;
  private final Path input;
  private MessageTable whole;

  /**
   * Runs over so many messages.
   *
   * @param folder an empty one
   */
  public KilledRuns(Path folder, int messages) throws IOException {
    this.folder = folder;
    this.messages = messages;
    this.input = folder.resolve("input.ndjson");
    Files.write(input, lines());
  }

  /** With lines that come before what they name, and lines that can never be loaded. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i <= CONVERSATIONS; i++) {
      lines.add(
          "{\"type\":\"user\",\"uuid\":\"%s\",\"display_name\":\"User %d\",\"handle\":\"user%d\"}"
              .formatted(Uuids.derived("user", "" + i), i, i));
    }
    lines.add(message(0, CONVERSATIONS - 1));
    for (int i = 0; i < CONVERSATIONS - 1; i++) {
      lines.add(conversation(i));
    }
    for (int i = 1; i < messages; i++) {
      lines.add(message(i, i % (CONVERSATIONS - 1)));
      if (i % 500 == 0) {
        lines.add("{\"type\":\"message\",\"broken " + i);
      }
      if (i == messages / 2) {
        lines.add(conversation(CONVERSATIONS - 1));
      }
    }
    return lines;
  }

  private static String group(int number) {
    return Uuids.derived("conversation", "" + number);
  }

  private static String conversation(int number) {
    return "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"user%d\",\"user%d\"]}"
        .formatted(group(number), number, number + 1);
  }

  private static String message(int number, int conversation) {
    return "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"user%d\",\"message\":\"%d %s\",\"created_at\":\"%s\"}"
        .formatted(
            group(conversation),
            conversation + number % 2,
            number,
            TEXT.repeat(16),
            Timestamps.format(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(number)));
  }

  /** The table that one run makes. */
  private MessageTable whole() throws IOException {
    if (whole == null) {
      whole = MessageTable.withoutStream();
      Path rejects = folder.resolve("whole.rejects");
      DdbRunner.Result result =
          DdbRunner.on(whole.name())
              .execute("seed", input.toString(), "--rejects", rejects.toString(), "-q");
      assertThat(result.exitCode()).as("%s", result).isEqualTo(5);
    }
    return whole;
  }

  /** What became of a run: how many of its kills it went on from. */
  public record Done(int kills, int resumed) {}

  /** A seed that is killed at these moments after its start, in milliseconds. */
  public Done seed(long... kills) throws IOException {
    whole();
    MessageTable table = MessageTable.withoutStream();
    Path rejects = folder.resolve(table.name() + ".rejects");
    String[] command = {"seed", input.toString(), "--rejects", rejects.toString(), "-o", "json"};
    DdbRunner.Result last = run(table, kills, command);
    assertThat(last.exitCode()).as("%s", last).isEqualTo(5);
    assertThat(byKey(table)).isEqualTo(byKey(whole()));
    assertThat(Files.readAllLines(rejects))
        .containsExactlyElementsOf(Files.readAllLines(folder.resolve("whole.rejects")));
    JsonNode counts = account(last);
    assertThat(counts.at("/message/read").asInt()).isEqualTo(messages);
    assertThat(counts.at("/user/read").asInt()).isEqualTo(CONVERSATIONS + 1);
    assertThat(counts.at("/conversation/read").asInt()).isEqualTo(CONVERSATIONS);
    assertThat(counts.at("/unreadable/rejected").asInt()).isEqualTo((messages - 1) / 500);
    return done(last, kills);
  }

  /** An import that is killed. */
  public Done importing(long... kills) throws IOException {
    Path export = exported();
    MessageTable table = MessageTable.withoutStream();
    DdbRunner.Result last = run(table, kills, "import", export.toString(), "-o", "json");
    assertThat(last.exitCode()).as("%s", last).isZero();
    assertThat(byKey(table)).isEqualTo(byKey(whole()));
    JsonNode counts = account(last);
    assertThat(counts.at("/message/read").asInt()).isEqualTo(messages);
    assertThat(counts.at("/row/read").asInt()).isEqualTo(2 * CONVERSATIONS);
    return done(last, kills);
  }

  private Path exported() throws IOException {
    Path export = folder.resolve("export");
    if (!Files.exists(export)) {
      DdbRunner.Result result =
          DdbRunner.on(whole().name()).execute("export", "--out", export.toString(), "-q");
      assertThat(result.exitCode()).as("%s", result).isZero();
    }
    return export;
  }

  /** An export, of so many read units a second, that is killed. */
  public Done export(int units, long... kills) throws IOException {
    Path out = folder.resolve("export-" + TestStack.newTableName());
    String[] command = {
      "export", "--out", out.toString(), "--segments", "2", "--max-rcu", "" + units, "-o", "json"
    };
    DdbRunner.Result last = run(whole(), kills, command);
    assertThat(last.exitCode()).as("%s", last).isZero();
    Map<String, JsonNode> items = new TreeMap<>();
    Path root = Path.of(last.items().get(0).get("path").asText());
    try (Stream<Path> files = Files.list(root.resolve("data"))) {
      for (Path file : files.toList()) {
        read(file, items);
      }
    }
    List<Map<String, AttributeValue>> expected = whole().items();
    assertThat(items).hasSize(expected.size());
    assertThat(ImportSource.at(root).items()).isEqualTo(expected.size());
    return done(last, kills);
  }

  /** A pull of the whole table, read with so many units a second, that is killed. */
  public Done pull(int units, long... kills) throws IOException {
    List<Path> before = pulls();
    MessageTable table = MessageTable.absent();
    DdbRunner.Result last =
        run(
            whole(),
            kills,
            "pull",
            "--all",
            "--endpoint-url",
            TestStack.endpoint(),
            "--to-table",
            table.name(),
            "--max-rcu",
            "" + units,
            "-o",
            "json");
    assertThat(last.exitCode()).as("%s", last).isZero();
    assertThat(byKey(table)).isEqualTo(byKey(whole()));
    assertThat(account(last).at("/message/read").asInt()).isEqualTo(messages);
    assertThat(pulls()).as("what was read is left behind").isEqualTo(before);
    return done(last, kills);
  }

  /** What pulls of this process, or killed ones, have kept. */
  private static List<Path> pulls() throws IOException {
    Path kept = Path.of(TestStack.environment().get("XDG_STATE_HOME"), "ddb", "pull");
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    try (Stream<Path> pulls = Files.list(kept)) {
      return pulls.sorted().toList();
    }
  }

  /** A comparison of the table with its export, which keeps nothing when it is killed. */
  public Done diff(int units, long... kills) throws IOException {
    DdbRunner.Result last =
        run(whole(), kills, "diff", exported().toString(), "--max-rcu", "" + units, "-o", "json");
    assertThat(last.exitCode()).as("%s", last).isZero();
    assertThat(last.items()).isEmpty();
    int items = messages + 2 * CONVERSATIONS;
    assertThat(last.err()).contains("compared %d items with %d".formatted(items, items));
    return done(last, kills);
  }

  /** An import of changes, with older ones behind newer ones and deletions, that is killed. */
  public Done incremental(long... kills) throws IOException {
    Path changes = folder.resolve("changes.json");
    if (!Files.exists(changes)) {
      Files.write(changes, changes());
    }
    MessageTable table = MessageTable.withoutStream();
    DdbRunner.Result last = run(table, kills, "import", changes.toString(), "-o", "json");
    assertThat(last.exitCode()).as("%s", last).isZero();
    assertThat(byKey(table)).isEqualTo(byKey(whole()));
    return done(last, kills);
  }

  private List<String> changes() throws IOException {
    List<String> lines = new ArrayList<>();
    int micros = 1_000_000;
    for (Map<String, AttributeValue> item : whole().items()) {
      micros += 10;
      lines.add(change(micros, item, item));
      if (micros % 70 == 0) {
        Map<String, AttributeValue> older = new HashMap<>(item);
        older.put("message", AttributeValue.fromS("older"));
        lines.add(change(micros - 5, item, older));
      }
      if (micros % 110 == 0) {
        Map<String, AttributeValue> gone = new HashMap<>(item);
        gone.put("sk", AttributeValue.fromS("gone " + micros));
        lines.add(change(micros + 1, gone, null));
        lines.add(change(micros, gone, gone));
      }
    }
    return lines;
  }

  private static String change(
      int micros, Map<String, AttributeValue> key, Map<String, AttributeValue> image) {
    Map<String, AttributeValue> keys = Map.of("pk", key.get("pk"), "sk", key.get("sk"));
    String now = image == null ? "" : ",\"NewImage\":" + json(image);
    return "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"%d\"}},\"Keys\":%s%s}"
        .formatted(micros, json(keys), now);
  }

  private static String json(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ItemJson.FACTORY.createGenerator(text)) {
      ItemJson.write(json, item);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void read(Path file, Map<String, JsonNode> items) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode item = JSON.readTree(line).get("Item");
        String key = item.at("/pk/S").asText() + " " + item.at("/sk/S").asText();
        assertThat(items.put(key, item)).as("twice in the export: %s", key).isNull();
      }
    }
  }

  private DdbRunner.Result run(MessageTable table, long[] kills, String... command)
      throws IOException {
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    for (long kill : kills) {
      try (DdbProcess process = DdbProcess.start(environment, command)) {
        Thread.sleep(kill);
        process.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
    DdbRunner.Result last = DdbRunner.on(table.name()).execute(command);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith(".")))
          .as("checkpoints left behind")
          .isEmpty();
    }
    return last;
  }

  private static Done done(DdbRunner.Result last, long[] kills) {
    boolean resumed = last.err().contains("resuming w");
    return new Done(kills.length, resumed ? 1 : 0);
  }

  private static JsonNode account(DdbRunner.Result result) {
    com.fasterxml.jackson.databind.node.ObjectNode kinds = JSON.createObjectNode();
    for (JsonNode counts : result.items()) {
      kinds.set(counts.get("kind").asText(), counts);
      assertThat(counts.get("read").asLong())
          .isEqualTo(
              counts.get("written").asLong()
                  + counts.get("unchanged").asLong()
                  + counts.get("rejected").asLong());
    }
    return kinds;
  }

  private static Map<String, Map<String, AttributeValue>> byKey(MessageTable table) {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    table.items().forEach(item -> items.put(item.get("pk").s() + " " + item.get("sk").s(), item));
    return items;
  }
}
