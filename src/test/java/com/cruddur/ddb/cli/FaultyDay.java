package com.cruddur.ddb.cli;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.LONDO;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.SeedLines;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.User;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Commands of all kinds, one after the other, of whose requests three in ten meet a fault. What a
 * command says is held against the table, read without the proxy: one that said 0 did what it said;
 * one that failed left nothing by half that it does not name.
 */
public final class FaultyDay implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant SEEDED = Instant.parse("2022-01-01T00:00:00Z");
  private static final List<User> USERS = List.of(ANDREW, BAYKO, LONDO);

  /** Of a hundred requests. The last two are not tried again. */
  private static final Map<Fault, Integer> RATES =
      Map.of(
          Fault.THROTTLE, 7,
          Fault.ERROR_500, 7,
          Fault.CUT_BEFORE, 4,
          Fault.CUT_AFTER, 4,
          Fault.CUT_MIDDLE, 2,
          Fault.TRUNCATE, 2,
          Fault.HANG_AFTER, 1,
          Fault.HANG_BEFORE, 1,
          Fault.EXPIRED, 1,
          Fault.GARBAGE, 1);

  private static final List<String> MAY_BE_DONE =
      List.of(
          "Part of it may be done: look", "the message is stored", "run the same command again");

  private final Random random;
  private final Path folder;
  private final MessageTable table = MessageTable.create();
  private final FaultyProxy proxy;
  private final List<String> groups = new ArrayList<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private final Map<String, Integer> failed = new TreeMap<>();
  private int number;

  /**
   * A day of its own.
   *
   * @param folder an empty one
   */
  public FaultyDay(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    this.proxy = new FaultyProxy(TestStack.endpoint(), FaultyProxy.rates(seed, Fault.NONE, RATES));
    for (int i = 0; i < 3; i++) {
      groups.add(
          table.conversation("2020-01-0%dT00:00:00.000000+00:00".formatted(i + 1), "the first"));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Runs a command that is drawn by chance, and looks at what came of it. */
  public void next() throws IOException {
    number++;
    List<Step> steps =
        List.of(
            this::send,
            this::send,
            this::sendOnce,
            this::start,
            this::read,
            this::list,
            this::scan,
            this::check,
            this::repair,
            this::exportAndImport,
            this::seed,
            this::makeAndDrop,
            this::describe);
    steps.get(random.nextInt(steps.size())).run();
  }

  /** How many of each command said 0, and how many did not. */
  public String told() {
    return "done " + done + ", failed " + failed + ", faults " + proxy.faults.get();
  }

  public int failures() {
    return failed.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Result run(MessageTable on, String... args) {
    String[] line =
        Stream.concat(
                Stream.of(args), Stream.of("--endpoint-url", proxy.endpoint(), "--timeout=1.5"))
            .toArray(String[]::new);
    Result result = on.runner().execute(line);
    (result.exitCode() == 0 ? done : failed).merge(args[0], 1, Integer::sum);
    assertThat(result.err())
        .as("%s: %s", List.of(args), result)
        .doesNotContain("Exception:", "unexpected", "fault of ddb", "    at ");
    assertThat(result.exitCode()).as("%s: %s", List.of(args), result).isIn(0, 1, 5, 6);
    return result;
  }

  private String group() {
    return groups.get(random.nextInt(groups.size()));
  }

  private void send() {
    sent(group(), "message " + number);
  }

  /** With the same identity until it is sent. */
  private void sendOnce() {
    String group = group();
    String uuid = MessageTable.uuid();
    for (int i = 0; i < 3; i++) {
      sent(group, "once " + number, "--message-uuid", uuid);
    }
  }

  private void sent(String group, String text, String... more) {
    String[] line =
        Stream.concat(Stream.of("send-message", group, text, "--from", "bayko"), Stream.of(more))
            .toArray(String[]::new);
    Result result = run(table, line);
    long stored = table.messages(group).stream().filter(m -> text.equals(m.get("message"))).count();
    assertThat(stored).as("%s: %s", text, result).isLessThan(2);
    if (result.exitCode() == 0) {
      assertThat(stored).as("%s: %s", text, result).isEqualTo(1);
      table.assertTrue(group, ANDREW, BAYKO);
    } else if (stored == 1 && more.length == 0) {
      assertNamed(result);
    }
    Outcome.done(table.ddb("check", group, "--repair"));
  }

  private static void assertNamed(Result result) {
    assertThat(MAY_BE_DONE).as("%s", result).anyMatch(result.err()::contains);
  }

  private void start() {
    String text = "start " + number;
    Result result =
        run(table, "start-conversation", text, "--from", "bayko", "--to", "londo", "-o", "json");
    List<Map<String, String>> rows =
        Stream.of(BAYKO, LONDO)
            .flatMap(user -> table.rows(user).stream())
            .filter(row -> text.equals(row.get("message")))
            .toList();
    assertThat(rows.size()).as("%s", result).isIn(0, 2);
    if (result.exitCode() == 0) {
      assertThat(rows).as("%s", result).hasSize(2);
      table.assertTrue(result.json().get("message_group_uuid").asText(), BAYKO, LONDO);
    } else if (!rows.isEmpty()) {
      assertNamed(result);
    }
  }

  private void read() {
    String group = group();
    Result result = run(table, "get-conversation", group, "--all", "-o", "json");
    if (result.exitCode() == 0) {
      assertThat(result.items())
          .extracting(item -> item.get("message").asText())
          .containsExactlyElementsOf(
              table.messages(group).stream()
                  .sorted(Comparator.comparing((Map<String, String> m) -> m.get("sk")).reversed())
                  .map(m -> m.get("message"))
                  .toList());
    }
  }

  private void list() {
    User user = USERS.get(random.nextInt(USERS.size()));
    Result result = run(table, "list-conversations", user.uuid(), "--all", "-o", "json");
    if (result.exitCode() == 0) {
      assertThat(result.items())
          .extracting(item -> item.get("uuid").asText())
          .containsExactlyInAnyOrderElementsOf(
              table.rows(user).stream().map(row -> row.get("message_group_uuid")).toList());
    }
  }

  private void scan() throws IOException {
    Result result = run(table, "scan", "--segments", "3", "-o", "ndjson");
    if (result.exitCode() == 0) {
      List<String> keys = new ArrayList<>();
      for (String line : result.out().lines().toList()) {
        JsonNode item = JSON.readTree(line);
        keys.add(item.get("pk").asText() + item.get("sk").asText());
      }
      assertThat(keys).containsExactlyInAnyOrderElementsOf(keys(table));
    }
  }

  private static List<String> keys(MessageTable table) {
    return table.items().stream().map(item -> item.get("pk").s() + item.get("sk").s()).toList();
  }

  private void check() {
    Result result = run(table, "check");
    if (result.exitCode() == 0) {
      groups.forEach(group -> table.assertTrue(group, ANDREW, BAYKO));
    }
  }

  /** A message of another program's leaves the rows behind. */
  private void repair() {
    String group = group();
    table.message(group, "2021-01-01T00:00:00.%06d+00:00".formatted(number), ANDREW, "behind");
    Result result = run(table, "check", group, "--repair");
    if (result.exitCode() == 0) {
      table.assertTrue(group, ANDREW, BAYKO);
    }
    Outcome.done(table.ddb("check", "--repair"));
  }

  private void exportAndImport() {
    Path out = folder.resolve("export-" + number);
    String[] export = {"export", "--out", out.toString(), "-o", "json"};
    untilDone(table, export);
    MessageTable copy = MessageTable.create();
    untilDone(copy, "import", out.toString(), "-q");
    assertThat(copy.items()).hasSameElementsAs(table.items());
    assertThat(out.resolve(".ddb-export")).doesNotExist();
    Outcome.done(copy.ddb("drop", "--yes"));
  }

  /** As the hint says: again, until it says 0. */
  private void untilDone(MessageTable on, String... line) {
    for (Result result = run(on, line); result.exitCode() != 0; result = run(on, line)) {
      assertThat(result.exitCode()).as("%s", result).isIn(1, 6);
    }
  }

  private void seed() throws IOException {
    String group = MessageTable.uuid();
    Path file =
        SeedLines.write(
            folder.resolve("seed-" + number + ".ndjson"),
            group,
            SEEDED.plusSeconds(60L * number),
            40);
    untilDone(table, "seed", file.toString(), "--users", "seed-data/users.json");
    assertThat(table.messages(group)).hasSize(40);
    table.assertTrue(group, ANDREW, BAYKO);
  }

  private void makeAndDrop() {
    MessageTable fresh = MessageTable.absent();
    Result made = run(fresh, "schema-load");
    if (made.exitCode() == 0) {
      assertThat(fresh.exists()).isTrue();
    } else if (fresh.exists()) {
      assertNamed(made);
    }
    if (!fresh.exists()) {
      return;
    }
    Result dropped = run(fresh, "drop", "--yes");
    if (dropped.exitCode() == 0) {
      assertThat(fresh.exists()).isFalse();
    } else if (!fresh.exists()) {
      assertNamed(dropped);
    }
  }

  private void describe() {
    Result result = run(table, "describe", "-o", "json");
    if (result.exitCode() == 0) {
      assertThat(result.out()).contains(table.name(), "message-group-sk-index");
    }
  }

  @Override
  public void close() {
    proxy.close();
    Outcome.done(table.ddb("drop", "--yes"));
  }
}
