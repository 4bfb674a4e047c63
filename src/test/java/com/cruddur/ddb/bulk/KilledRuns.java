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
import com.fasterxml.jackson.core.JsonParser;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bulk commands that are ended by a signal and run again, and what must come of them: the same as
 * of one run. Each is a process of its own; the last run after a signal is in this process.
 */
public final class KilledRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONVERSATIONS = 20;
  private static final int KILLED = 137;
  private static final int INTERRUPTED = 130;
  private static final String TEXT = "as long as people write when they have something to say ";

  private final Path folder;
  private final int messages;
  private final Path input;
  private String signal = "KILL";
  private MessageTable whole;
  private Map<String, Map<String, AttributeValue>> expected;

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

  /** The signal that ends runs from now on: {@code KILL}, as at first, or {@code INT}. */
  public void endBy(String name) {
    signal = name;
  }

  /**
   * What became of a command.
   *
   * @param kills how many of its processes were at work when the signal came
   * @param resumed after how many of them the next one went on from a checkpoint
   * @param millis how long the last run took
   */
  public record Done(DdbRunner.Result last, int kills, int resumed, long millis) {}

  /**
   * A seed, of so many write units a second, that is killed at these moments after its start, in
   * milliseconds.
   */
  public Done seed(int units, long... kills) throws IOException {
    whole();
    try (MessageTable table = MessageTable.withoutStream()) {
      Path rejects = folder.resolve(table.name() + ".rejects");
      Done done =
          run(
              table,
              kills,
              "seed",
              input.toString(),
              "--rejects",
              rejects.toString(),
              "--max-wcu",
              "" + units,
              "-o",
              "json");
      assertThat(done.last.exitCode()).as("%s", done.last).isEqualTo(5);
      assertIsWhole(table);
      assertThat(Files.readAllLines(rejects))
          .containsExactlyElementsOf(Files.readAllLines(folder.resolve("whole.rejects")));
      JsonNode counts = account(done.last);
      assertThat(counts.at("/message/read").asInt()).isEqualTo(messages);
      assertThat(counts.at("/user/read").asInt()).isEqualTo(CONVERSATIONS + 1);
      assertThat(counts.at("/conversation/read").asInt()).isEqualTo(CONVERSATIONS);
      assertThat(counts.at("/unreadable/rejected").asInt()).isEqualTo((messages - 1) / 500);
      return done;
    }
  }

  /** An import, of so many write units a second, that is killed. */
  public Done importing(int units, long... kills) throws IOException {
    Path export = exported();
    try (MessageTable table = MessageTable.withoutStream()) {
      Done done = run(table, kills, imports(export, units));
      assertThat(done.last.exitCode()).as("%s", done.last).isZero();
      assertIsWhole(table);
      JsonNode counts = account(done.last);
      assertThat(counts.at("/message/read").asInt()).isEqualTo(messages);
      assertThat(counts.at("/row/read").asInt()).isEqualTo(2 * CONVERSATIONS);
      return done;
    }
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
    Done done = run(whole(), kills, command);
    assertThat(done.last.exitCode()).as("%s", done.last).isZero();
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    Path root = Path.of(done.last.items().get(0).get("path").asText());
    try (Stream<Path> files = Files.list(root.resolve("data"))) {
      for (Path file : files.toList()) {
        read(file, items);
      }
    }
    assertSame(items);
    assertThat(ImportSource.at(root).items()).isEqualTo(items.size());
    return done;
  }

  /** A pull of the whole table, read with so many units a second, that is killed. */
  public Done pull(int units, long... kills) throws IOException {
    List<Path> before = pulls();
    try (MessageTable table = MessageTable.absent()) {
      Done done =
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
      assertThat(done.last.exitCode()).as("%s", done.last).isZero();
      assertIsWhole(table);
      assertThat(account(done.last).at("/message/read").asInt()).isEqualTo(messages);
      assertThat(pulls()).as("what was read is left behind").isEqualTo(before);
      return done;
    }
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
    Done done =
        run(whole(), kills, "diff", exported().toString(), "--max-rcu", "" + units, "-o", "json");
    assertThat(done.last.exitCode()).as("%s", done.last).isZero();
    assertThat(done.last.items()).isEmpty();
    int items = messages + 2 * CONVERSATIONS;
    assertThat(done.last.err()).contains("compared %d items with %d".formatted(items, items));
    return done;
  }

  private static String[] imports(Path path, int units) {
    return new String[] {"import", path.toString(), "--max-wcu", "" + units, "-o", "json"};
  }

  /** An import of changes, with older ones behind newer ones and deletions, that is killed. */
  public Done incremental(int units, long... kills) throws IOException {
    Path changes = folder.resolve("changes.json");
    if (!Files.exists(changes)) {
      Files.write(changes, changes());
    }
    try (MessageTable table = MessageTable.withoutStream()) {
      Done done = run(table, kills, imports(changes, units));
      assertThat(done.last.exitCode()).as("%s", done.last).isZero();
      assertIsWhole(table);
      return done;
    }
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

  private static void read(Path file, Map<String, Map<String, AttributeValue>> items)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try (JsonParser json = JSON.readTree(line).get("Item").traverse()) {
          json.nextToken();
          Map<String, AttributeValue> item = ItemJson.read(json);
          assertThat(items.put(key(item), item)).as("twice: %s", key(item)).isNull();
        }
      }
    }
  }

  private Done run(MessageTable table, long[] kills, String... command) throws IOException {
    Map<String, String> environment = new HashMap<>(TestStack.environment());
    environment.put("DDB_MESSAGE_TABLE", table.name());
    int killed = 0;
    int resumed = 0;
    for (long kill : kills) {
      DdbRunner.Result ended = ended(environment, kill, command);
      resumed += killed > 0 && hasResumed(ended) ? 1 : 0;
      if (ended.exitCode() != (signal.equals("KILL") ? KILLED : INTERRUPTED)) {
        assertThat(ended.exitCode()).as("the signal came too late: %s", ended).isIn(0, 5);
        break;
      }
      killed++;
    }
    long start = System.nanoTime();
    DdbRunner.Result last =
        kills.length == 0
            ? DdbProcess.start(environment, command).await()
            : DdbRunner.on(table.name()).execute(command);
    long millis = (System.nanoTime() - start) / 1_000_000;
    resumed += killed > 0 && hasResumed(last) ? 1 : 0;
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith(".")))
          .as("checkpoints left behind")
          .isEmpty();
    }
    return new Done(last, killed, resumed, millis);
  }

  private DdbRunner.Result ended(Map<String, String> environment, long after, String... command) {
    try (DdbProcess process = DdbProcess.start(environment, command)) {
      Thread.sleep(after);
      process.signal(signal);
      return process.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static boolean hasResumed(DdbRunner.Result result) {
    return result.err().contains("resuming w");
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

  private void assertIsWhole(MessageTable table) throws IOException {
    assertSame(byKey(table));
  }

  /** Names the keys: all items would be more than can be read. */
  private void assertSame(Map<String, Map<String, AttributeValue>> items) throws IOException {
    if (expected == null) {
      expected = byKey(whole());
    }
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(items.keySet());
    keys.removeIf(key -> Objects.equals(items.get(key), expected.get(key)));
    assertThat(keys)
        .as("%d items, %d expected; missing, too many or different", items.size(), expected.size())
        .isEmpty();
  }

  private static Map<String, Map<String, AttributeValue>> byKey(MessageTable table) {
    Map<String, Map<String, AttributeValue>> items = new HashMap<>();
    table.items().forEach(item -> items.put(key(item), item));
    return items;
  }

  private static String key(Map<String, AttributeValue> item) {
    return item.get("pk").s() + " " + item.get("sk").s();
  }
}
